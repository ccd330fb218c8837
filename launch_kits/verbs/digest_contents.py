"""The contents of a person's digest, and the parts that are worth a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from launch_kits.database.records import (
    AWAITED,
    WITH_OWNER,
    Launch,
    LaunchStatus,
    Task,
    TaskStatus,
)
from launch_kits.plan.absence import Deputies
from launch_kits.plan.calendars import Calendars
from launch_kits.plan.reminders import late_level
from launch_kits.verbs.digest_launches import RunningLaunches, launches_of
from launch_kits.verbs.digest_lines import (
    ask_line,
    launch_line,
    seen_line,
    task_line,
)
from launch_kits.verbs.digest_told import asked_lately, told_lately, told_today
from launch_kits.verbs.given import given_now
from launch_kits.verbs.handout import waits_for_hand_out
from launch_kits.views.decisions import ToDecide, Wanted, to_decide
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.workdays.hours import Hours

__all__ = [
    "DigestContents",
    "contents_of",
    "due_mark",
    "planned_mark",
]

#: working days within which a task is due soon
SOON = 3
#: working days after which a late task of another makes a digest of its own; before, its owner
#: is reminded and its backup called, and it goes with other digests
LATE = 3
#: answers that no other message asks for again, or that are one of the reader's own tasks
_ASKED = frozenset([Wanted.MORE_TIME, Wanted.WAIVER, Wanted.GATE, Wanted.DECISION])


@dataclass
class DigestContents:
    """The lines of a digest, and their marks."""

    #: the launch under which the digest is filed
    launch: str
    hours: Hours
    today: date
    tasks: list[dict[str, Any]] = field(default_factory=list)
    asks: list[dict[str, Any]] = field(default_factory=list)
    #: tasks of others that are late, at risk, or about to be
    seen: list[dict[str, Any]] = field(default_factory=list)
    launches: list[dict[str, Any]] = field(default_factory=list)
    #: the tasks that the person has in hand
    in_hand: int = 0
    #: the launches and tasks of questions about more time that the person got a working day ago at
    #: most
    asked_lately: set[tuple[str, str]] = field(default_factory=set)
    #: the launches and tasks whose own message is a working day old at most
    told_lately: set[tuple[str, str]] = field(default_factory=set)
    #: everything that is so now and that a digest says once
    marks: set[str] = field(default_factory=set)
    #: the marks that make a digest due if the last one did not say them
    worth: set[str] = field(default_factory=set)

    def facts(self, said: frozenset[str]) -> dict[str, Any]:
        """Return the facts of a digest; ``said`` are the marks of the last one."""
        return {
            "day": self.today.isoformat(),
            "tasks": self.tasks,
            "help": [],
            "asks": self.asks,
            "seen": [
                line
                for line in self.seen
                if line["mark"] is None or line["mark"] not in said
            ],
            "launches": self.launches,
            "said": sorted(self.marks),
        }


def contents_of(
    session: Session, person: str, launches: RunningLaunches
) -> DigestContents | None:
    """Gather a person's digest as of now; None if no launch concerns them."""
    now = launches.now
    slugs = launches_of(session, person)
    if not slugs:
        return None
    found = {slug: launches.of(session, slug) for slug in slugs}
    work = [
        task
        for task in _work_of(session, person)
        if not _goes_back(found[task.launch][0], task, person, now)
    ]
    first = work[0].launch if work else slugs[0]
    hours = found[first][0].hours_of(person)
    contents = DigestContents(first, hours, hours.day(now))
    told = told_today(session, person, hours, now=now)
    told |= {
        (task.launch, task.key)
        for task in work
        if _comes_back(found[task.launch][0], task, person, now)
    }
    contents.asked_lately = asked_lately(session, person, hours, now=now)
    contents.told_lately = told_lately(session, person, hours, now=now)
    for task in work:
        if _add_task(contents, task, told):
            line = task_line(task, found[task.launch][1].product)
            contents.tasks.append({**line, **given_now(session, task, person)})
    mine = {(task.launch, task.key) for task in work}
    for slug, (calendars, view) in found.items():
        _add_asks(contents, view, person, mine)
        leads = person.casefold() in _leading(calendars, now)
        if leads:
            _add_seen(contents, view, person, mine)
        if leads or any(task.launch == slug for task in work):
            contents.launches.append(launch_line(view, leads=leads))
    return contents


def _work_of(session: Session, person: str) -> Sequence[Task]:
    """A person's tasks in the running launches, the soonest due first.

    Among them are those of which the person is told later.
    """
    mine = or_(
        and_(col(Task.owner) == person, col(Task.status).in_(WITH_OWNER)),
        and_(col(Task.approver) == person, col(Task.status) == TaskStatus.REVIEW),
        and_(col(Task.in_hands_of) == person, col(Task.status).in_(AWAITED)),
    )
    query = select(Task).join(Launch, col(Launch.slug) == col(Task.launch))
    query = query.where(mine, Launch.status == LaunchStatus.RUNNING)
    return session.exec(
        query.order_by(col(Task.due), col(Task.launch), col(Task.position))
    ).all()


def due_mark(task: Task, hours: Hours, today: date) -> str | None:
    """Return the mark of a due day: late, today or soon; None for a later day.

    A task that stays late is worth a line again after each five working days.
    """
    name = f"{task.launch}/{task.key}:{task.due}"
    if task.due < today:
        level = late_level(hours.calendar.count(task.due, today))
        return f"late-{level}:{name}"
    days = hours.calendar.count(today, task.due)
    if days == 0:
        return f"today:{name}"
    return f"soon:{name}" if days <= SOON else None


def planned_mark(task: Task) -> str | None:
    """Return the mark of the day on which its owner means to finish a task."""
    if task.status not in WITH_OWNER:
        return None
    return f"planned:{task.launch}/{task.key}:{_planned_finish(task)}"


def _planned_finish(task: Task) -> date:
    return max(task.planned_finish, task.extended_until or task.planned_finish)


def _goes_back(calendars: Calendars, task: Task, person: str, now: datetime) -> bool:
    """Whether a person holds a task for another who is back; a sweep gives it back."""
    if task.in_hands_of != person or person == task.owner:
        return False
    return Deputies(calendars, now).back_at(task.answerable) is None


def _comes_back(calendars: Calendars, task: Task, person: str, now: datetime) -> bool:
    """Whether a deputy holds a task of a person who is back; a sweep tells them of it today."""
    if task.in_hands_of in (None, person) or task.answerable != person:
        return False
    return Deputies(calendars, now).back_at(person) is None


def _leading(calendars: Calendars, now: datetime) -> set[str]:
    """The lead of a launch and the person who acts for them, as identities."""
    lead = calendars.brief.lead.email
    acting = Deputies(calendars, now).of(lead)
    return {each.casefold() for each in (lead, acting) if each}


def _add_task(contents: DigestContents, task: Task, told: set[tuple[str, str]]) -> bool:
    """Add the marks of a task of the person's own.

    Returns whether it is listed: not if its own message comes today.
    """
    waits = waits_for_hand_out(task)
    contents.in_hand += not waits and task.handed_out_at is not None
    due = None if waits else due_mark(task, contents.hours, contents.today)
    planned = None if waits else planned_mark(task)
    contents.marks |= {mark for mark in (due, planned) if mark}
    if (task.launch, task.key) in told:
        return False
    ends = contents.hours.calendar.last_on_or_before(_planned_finish(task))
    today = planned if ends == contents.today else None
    if contents.today < task.due and (task.launch, task.key) in contents.told_lately:
        # a day ahead is in the message that they got a working day ago
        due = today = None
    contents.worth |= {mark for mark in (due, today) if mark}
    return True


def _add_asks(
    contents: DigestContents,
    view: LaunchView,
    person: str,
    mine: set[tuple[str, str]],
) -> None:
    """Add the answers that a person owes, besides reviews: those are tasks of theirs."""
    for ask in to_decide(view):
        own = ask.about_task and ask.wanted is Wanted.DECISION
        if (
            ask.wanted not in _ASKED
            or ask.who.casefold() != person.casefold()
            or (own and (view.slug, ask.key) in mine)
        ):
            continue
        contents.asks.append(ask_line(ask, view))
        contents.marks |= (found := set(_ask_marks(ask, view.slug, contents)))
        if _presses(ask, view.slug, contents):
            contents.worth |= found


def _presses(ask: ToDecide, slug: str, contents: DigestContents) -> bool:
    """Whether an answer is worth a digest of its own now.

    Checks of a gate can be ticked for weeks: until its day is near they go with other digests. So
    does a request for more time while its own message is new.
    """
    if ask.wanted is Wanted.MORE_TIME:
        return (slug, ask.key) not in contents.asked_lately
    if ask.wanted is not Wanted.GATE or ask.due is None:
        return True
    return contents.hours.calendar.count(contents.today, ask.due) <= SOON


def _ask_marks(ask: ToDecide, slug: str, contents: DigestContents) -> Iterator[str]:
    near = "" if _presses(ask, slug, contents) else "ahead-"
    name = f"{near}{ask.wanted}:{slug}/{ask.key}:{ask.until or '-'}"
    if ask.wanted is Wanted.GATE:
        # further checks of a gate that is asked for go with other digests
        yield name
    else:
        yield from (f"{name}:{check}" for check in ask.checks or [""])


def _add_seen(
    contents: DigestContents,
    view: LaunchView,
    person: str,
    mine: set[tuple[str, str]],
) -> None:
    """Add the tasks of others that a lead has to know of."""
    for task in view.open_tasks:
        if task.owner.casefold() == person.casefold() or (view.slug, task.key) in mine:
            continue
        kind = _seen_as(task, contents)
        if kind is None:
            continue
        mark = None
        if kind in ("late", "risk"):
            mark = f"{kind}:{view.slug}/{task.key}:{task.due}"
            contents.marks.add(mark)
        days = contents.hours.calendar.count(task.due, contents.today)
        if kind == "late" and days >= LATE:
            contents.worth.add(str(mark))
        contents.seen.append(seen_line(task, view.product, kind, mark))


def _seen_as(task: TaskView, contents: DigestContents) -> str | None:
    """``late``, ``risk`` if it cannot make its due day, ``soon`` if it is not at work yet."""
    if task.overdue:
        return "late"
    if task.float_days is not None and task.float_days < 0:
        return "risk"
    days = contents.hours.calendar.count(contents.today, task.due)
    at_work = task.status in (TaskStatus.DOING, TaskStatus.REVIEW)
    return "soon" if 0 <= days <= SOON and not at_work else None
