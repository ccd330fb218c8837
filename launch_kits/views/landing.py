"""The state of a launch in words, for every place that people read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.plan import State
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.text import quoted, shares_in_words
from launch_kits.workdays.in_words import count, listed

__all__ = [
    "MEANINGS",
    "STATES",
    "LaunchPast",
    "LaunchWords",
    "behind_by",
    "causes",
    "days_ahead",
    "in_words",
    "landing_after",
    "launched_in_list",
    "past_of",
    "state_in_list",
    "state_shown",
]

#: the words for the state of a launch
STATES = {
    State.ON_TRACK: "on track",
    State.SHORT_OF_PEOPLE: "short of people",
    State.AT_RISK: "at risk",
    State.LATE: "late",
    State.DONE: "done",
    State.CANCELLED: "cancelled",
}
#: the word for a running launch that has taken place
LAUNCHED = "launched"
#: the shares that are named
NAMED = 3
#: figure → its meaning, the same wherever it is explained
MEANINGS = {
    "Behind": (
        "the working days from the launch day to the day on which the launch lands."
    ),
    "Lands on": (
        "the first day to which the launch would have to move so that every open task can make "
        "its due day."
    ),
    "Because of": (
        "the tasks that move it, late or slow since the plan was made; their days add up."
    ),
}


@dataclass(frozen=True, slots=True)
class LaunchPast:
    """How a launch went that took place or has ended."""

    #: ``launched``, ``done`` or ``cancelled``
    state: str
    #: the day on which it took place; None if it never did
    launched_on: date | None
    #: the working days by which that was late
    late_by: int
    #: the launch's own day on which it ended; None if it still runs
    ended_on: date | None

    def said(self, day: Callable[[date], str]) -> str:
        """Say on which day it took place and ended; ``day`` writes a day."""
        launched = ""
        if self.launched_on is not None:
            late = count(self.late_by, "working day")
            launched = launched_in_list(self.launched_on, day=day)
            launched += f", {late} late" if self.late_by else ""
        if self.state == LAUNCHED:
            return launched
        ended = f"{self.state} on {day(self.ended_on)}" if self.ended_on else self.state
        return f"{ended}; {launched}" if launched else ended


@dataclass(frozen=True, slots=True)
class LaunchWords:
    """How a launch goes, in words that are true on the day they are read."""

    #: ``at risk``; after its launch ``launched``, ``done`` or ``cancelled``
    state: str
    #: ``lands on Tue 2 Mar``; after its launch ``launched on Tue 2 Mar``
    said: str
    #: ``95% ready``; after its launch ``95% done``
    progress: str
    #: ``ready to go``, ``3 open``; after its launch no words about a go
    gates: str
    #: the day on which it took place; None before that, and if it never did
    launched_on: date | None = None
    #: whether it has ended
    over: bool = False
    #: where it lands as things stand, and because of what, if that is not its launch day
    landing: str | None = None

    @property
    def past(self) -> bool:
        """Whether words about a launch to come no longer fit."""
        return self.over or self.launched_on is not None


def behind_by(view: LaunchView) -> int:
    """The working days from the launch day to the landing.

    The days of its causes add up to them. Returns 0 if no day of the next 500 holds: no figure
    says that.
    """
    lands_on = view.lands_on or view.launch_on
    return max(0, view.plan.given.calendar.count(view.launch_on, lands_on))


def causes(
    view: LaunchView, *, title: Callable[[str], str] = str
) -> Sequence[tuple[str, int]]:
    """Name the causes of a later landing, each with its working days, the most first.

    A share without a task is that of the plan itself: people are away who were not, it was accepted
    as late, or other changes came after it was made. A task that makes its due day is no cause if
    it would not matter without the days away of people: they are. A task that is done is said to
    be. ``title`` writes the title of a task. The days add up to the slip.
    """
    days: dict[str, int] = {}
    for share, cause in zip(view.plan.causes, _causes(view, title), strict=True):
        days[cause] = days.get(cause, 0) + share.days
    return sorted(days.items(), key=lambda one: -one[1])


def _causes(view: LaunchView, title: Callable[[str], str]) -> Iterator[str]:
    """Yield the cause of each share, in their order."""
    kept = (task for task in view.tasks if task.status is not TaskStatus.DROPPED)
    late = any(task.finish > task.due for task in kept)
    plan = "a plan that was accepted as late" if late else "changes made since the plan"
    if away := view.plan.away.in_plan:
        days = _days_away(view, away)
        plan = f"{plan}, with {days}" if late else days
    tasks = {task.key: task for task in view.tasks}
    for share in view.plan.causes:
        yield _of_task(view, tasks[share.task], title) if share.task else plan


def _of_task(view: LaunchView, task: TaskView, title: Callable[[str], str]) -> str:
    """Name a task as a cause: whether it is done, and whether its owner is away."""
    away = view.plan.away.by_facts
    in_time = view.plan.makes_due(task.key)
    if in_time and task.key not in view.plan.due_set:
        done = "done in time" if task.done_on else "in time"
        named = f"{title(task.title)} ({done}, but later than planned)"
        return _days_away(view, away) if away else named
    state = "done" if in_time else "done late"
    notes = [state] if task.done_on else []
    if view.plan.owners.get(task.key) in away:
        notes.append(f"{task.owner_name} is away on some days")
    return f"{title(task.title)} ({'; '.join(notes)})" if notes else title(task.title)


def _days_away(view: LaunchView, people: Iterable[str]) -> str:
    names = {task.owner: task.owner_name for task in view.tasks}
    named = listed((names[each] for each in people), most=NAMED)
    return f"days away of {' and '.join(named)}"


def in_words(view: LaunchView, *, day: Callable[[date], str]) -> LaunchWords:
    """Say how a launch goes: where it lands before its launch, and how it went after it.

    ``day`` writes a day. All that people read about the state of a launch is written from this.
    """
    past = past_of(view)
    if past is not None:
        return LaunchWords(
            past.state,
            past.said(day),
            f"{view.percent}% done",
            _passed(view),
            past.launched_on,
            over=past.state != LAUNCHED,
        )
    landing = _landing(view, day)
    said = landing or _on_its_day(view, day)
    state = STATES[state_shown(view)]
    ready = f"{view.percent}% ready"
    return LaunchWords(state, said, ready, _go(view), landing=landing)


def past_of(view: LaunchView) -> LaunchPast | None:
    """How a launch went; None for one that is still to come."""
    running = view.status == LaunchStatus.RUNNING
    on = view.launched_on
    if running and on is None:
        return None
    if view.status == LaunchStatus.CANCELLED:
        on = None
    calendar = view.plan.given.calendar
    ended = view.ended_at
    zone = ZoneInfo(view.timezone)
    return LaunchPast(
        state=LAUNCHED if running else str(view.status),
        launched_on=on,
        late_by=max(0, calendar.count(view.launch_on, on)) if on else 0,
        ended_on=ended.astimezone(zone).date() if ended else None,
    )


def days_ahead(view: LaunchView) -> str:
    """Say how far off a launch day is: in working days of the launch, and in days."""
    days = (view.launch_on - view.today).days
    if days in (0, 1):
        return ("today", "tomorrow")[days]
    if days < 0:
        return f"{count(-days, 'day')} ago"
    working = view.plan.given.calendar.count(view.today, view.launch_on)
    return f"in {count(working, 'working day')} ({count(days, 'day')})"


def state_shown(view: LaunchView) -> State:
    """The state of a launch that people are told, the same on every surface.

    A launch whose people have no time for all work by its due days, by its planned dates in force,
    is not on track, even if its dates are.
    """
    if view.state is State.ON_TRACK and view.plan.short_days:
        return State.SHORT_OF_PEOPLE
    return view.state


def state_in_list(state: State, *, launch_on: date, today: date) -> str:
    """The word for a launch, of which only state and launch day are known.

    After the launch day a launch is late as long as work that was due by then is open.
    """
    before = state in (State.ON_TRACK, State.SHORT_OF_PEOPLE, State.AT_RISK)
    return "launched" if before and today > launch_on else STATES[state]


def launched_in_list(on: date, *, day: Callable[[date], str]) -> str:
    """Say on which day a launch took place, without its delay."""
    return f"launched on {day(on)}"


def _go(view: LaunchView) -> str:
    if view.has_gone:
        return "the go is given"
    reasons = view.verdict.reasons
    ready = "met, but work is open" if view.verdict.early else "ready to go"
    return f"{len(reasons)} open" if reasons else ready


def _passed(view: LaunchView) -> str:
    checks = sum(len(gate.open_checks(view.today)) for gate in view.gates)
    return f"{checks} open" if checks else "all passed"


def _on_its_day(view: LaunchView, day: Callable[[date], str]) -> str:
    if view.today > view.launch_on:
        return f"its launch day was {day(view.launch_on)}"
    return f"lands on {day(view.launch_on)}"


def _landing(view: LaunchView, day: Callable[[date], str]) -> str | None:
    """Say on which day a running launch lands as things stand, and because of which tasks.

    The days of the named shares and of the rest add up to the slip. Returns None if it lands on
    its launch day.
    """
    if view.lands_on == view.launch_on:
        return None
    if view.lands_on is None:
        return "as things stand: no day of the next 500 working days holds"
    found = causes(view, title=quoted)
    shares = list(found[:NAMED])
    if rest := found[NAMED:]:
        more = "another task" if len(rest) == 1 else count(len(rest), "other task")
        shares.append((more, sum(days for _, days in rest)))
    because = f", because of {shares_in_words(shares)}" if shares else ""
    return f"as things stand: lands on {day(view.lands_on)}{because}"


def landing_after(
    before: date | None, after: date | None, *, day: Callable[[date], str]
) -> str:
    """Say on which day a launch lands after a change, and that this differs if it does.

    None is no day of the next 500 working days. ``day`` writes a day.
    """

    def said(on: date | None) -> str:
        return day(on) if on else "no day of the next 500 working days"

    if before == after:
        return f"The launch still lands on {said(after)}"
    return f"The launch lands on {said(after)} instead of {said(before)}"
