"""The tasks and gates that another person acts for, or takes over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from launch_kits.database.records import ACTIVE, CLOSED, EventVerb, Task
from launch_kits.errors import Fault
from launch_kits.inputs.team import Absence
from launch_kits.verbs.arrangements import arrange
from launch_kits.verbs.passed_questions import pass_on_questions
from launch_kits.verbs.plan_doubts import running_plan
from launch_kits.verbs.reassign import hand_over
from launch_kits.verbs.transaction import Change
from launch_kits.views.gates import read_gates
from launch_kits.views.notices.facts import part_fact
from launch_kits.views.reader import count
from launch_kits.views.running_plan import RunningPlan

__all__ = [
    "DelegatedPart",
    "DelegationRequest",
    "doubt",
    "doubts",
    "hand_on",
    "open_parts",
    "unfit",
]


@dataclass(frozen=True, slots=True)
class DelegationRequest:
    """A delegation as it is asked for."""

    person: str
    to: str
    #: the last day of the absence; None if the person left
    until: date | None
    by: str | None
    note: str | None = None
    #: of the person who acts, for launches whose team they are not in
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DelegatedPart:
    """A person's part in a task or a gate, in which another acts."""

    launch: str
    product: str
    #: the key of the task, or of the stage of the gate
    key: str
    title: str
    part: Literal["owner", "approver", "gate"]
    #: None for a gate, like its due day and float
    task: Task | None = field(default=None, compare=False, repr=False)
    float_days: int | None = None

    @property
    def due(self) -> date | None:
        """The due day of the task."""
        return self.task.due if self.task else None

    def as_fact(self) -> dict[str, str | None]:
        """The part as a notice lists it."""
        return part_fact(
            self.launch,
            self.product,
            task=self.key,
            title=self.title,
            due=self.due,
            part=self.part,
        )


def open_parts(change: Change, person: str) -> list[DelegatedPart]:
    """The open tasks that a person owns, those they approve, and their gates."""
    who = person.casefold()
    launch = (change.launch.slug, change.launch.product)
    open_tasks = [task for task in change.tasks.values() if task.status not in CLOSED]
    gates = read_gates(
        change.session, change.launch, change.brief, change.tasks.values()
    )
    return [
        *(
            DelegatedPart(*launch, task.key, task.title, "owner", task)
            for task in open_tasks
            if task.owner.casefold() == who
        ),
        *(
            DelegatedPart(*launch, task.key, task.title, "approver", task)
            for task in open_tasks
            if (task.approver or "").casefold() == who
        ),
        *(
            DelegatedPart(*launch, gate.stage, gate.title, "gate")
            for gate in gates
            if gate.owner.casefold() == who
        ),
    ]


def hand_on(
    change: Change, asked: DelegationRequest, *, by: str
) -> tuple[DelegatedPart, ...]:
    """Note the absence in the launch's brief; without an end, hand everything over.

    The caller tells the readers and settles the launch.
    """
    left = change.brief.introduced(asked.person) if asked.until is None else None
    absence = Absence.model_validate(
        {
            "who": asked.person,
            "backup": asked.to,
            "from": change.today,
            "to": asked.until,
            "by": by,
            "name": None if change.brief.person(asked.to) else asked.name,
            "known_as": left.name if left else None,
        }
    )
    parts = open_parts(change, asked.person)
    change.go_on_from(arrange(change.brief, absence))
    if asked.until is None:
        _hand_over(change, parts, asked, by=by)
        pass_on_questions(change, asked.person, asked.to)
    plan = running_plan(change)
    if asked.until is not None:
        parts = [part for part in parts if _falls_within(part, plan, asked.until)]
    change.record(
        EventVerb.DELEGATE,
        by=by,
        note=asked.note,
        person=asked.person,
        to=asked.to,
        until=asked.until.isoformat() if asked.until else None,
        tasks=[part.key for part in parts if part.part == "owner"],
        reviews=[part.key for part in parts if part.part == "approver"],
        gates=[part.key for part in parts if part.part == "gate"],
    )
    return tuple(
        replace(part, float_days=plan.forecast[part.key].float_days)
        if part.task and part.key in plan.forecast
        else part
        for part in parts
    )


def _hand_over(
    change: Change, parts: Sequence[DelegatedPart], asked: DelegationRequest, *, by: str
) -> None:
    """Make another person the owner, the approver and the backup of a person's tasks."""
    for part in parts:
        if part.task is not None and part.part == "owner":
            hand_over(change, part.task, asked.to, by=by, note=asked.note, quietly=True)
        elif part.task is not None:
            part.task.approver = asked.to
            change.session.add(part.task)
    for task in change.tasks.values():
        if (task.backup or "").casefold() != asked.person.casefold():
            continue
        owner = change.brief.person(task.owner)
        backup = owner.backup if owner else None
        task.backup = change.brief.team[backup].email if backup else None
        change.session.add(task)


def _falls_within(part: DelegatedPart, plan: RunningPlan, until: date) -> bool:
    """Whether a person has a task in hand, or it has to be started until a day.

    It is planned or expected to start by then, or it would be late otherwise.
    """
    task = part.task
    if task is None or part.key not in plan.forecast:
        return False
    if task.status in ACTIVE and task.handed_out_at is not None:
        return True
    starts = (plan.forecast[part.key].start, task.planned_start, task.start_by)
    return min(starts) <= until


def unfit(change: Change, asked: DelegationRequest) -> Iterator[Fault]:
    """Name the facts that a launch lacks of the person who acts, or their own absence."""
    to = asked.to
    if change.brief.person(to) is None:
        message = "is not in the team; the launch's working days count for them"
        yield doubt("not-in-team", f"{change.launch.slug}: {to} {message}")
    back = change.away.back_at(to)
    if back is not None:
        message = f"{to} is away too, back on {change.day(back)}"
        yield doubt("away-too", f"{change.launch.slug}: {message}")


def doubts(
    change: Change, asked: DelegationRequest, *, before: RunningPlan, after: RunningPlan
) -> Iterator[Fault]:
    """Name the tasks that the delegation leaves in trouble; no due day moves."""
    slug = change.launch.slug
    theirs = (asked.person if asked.until else asked.to).casefold()
    behind = 0
    for task in change.tasks.values():
        if task.key not in after.forecast:
            continue
        days = after.forecast[task.key].float_days
        late = days < min(before.forecast[task.key].float_days, 0)
        if task.owner.casefold() != theirs:
            behind += late
            continue
        yield from _doubts_of(change, asked, task)
        if late:
            short = f"it is {count(-days, 'working day')} short"
            message = f"{task.key} cannot be done by {task.due} then: {short}"
            yield doubt("too-late", f"{slug}: {message}")
    if behind:
        message = f"{count(behind, 'task')} of others cannot be done by the due day"
        yield doubt("too-late-for-others", f"{slug}: {message} then")


def _doubts_of(change: Change, asked: DelegationRequest, task: Task) -> Iterator[Fault]:
    """Name a due day on a day off, and an owner who is the approver too."""
    slug = change.launch.slug
    owner = task.owner
    day_off = not change.calendars.of(owner).is_workday(task.due)
    if task.days and day_off and task.due >= change.today:
        message = f"{task.key} is due {task.due}, a day off of {owner}"
        yield doubt("due-on-day-off", f"{slug}: {message}")
    if not asked.until and (task.approver or "").casefold() == owner.casefold():
        message = f"{owner} would approve their own work on {task.key}"
        yield doubt("own-work", f"{slug}: {message}")


def doubt(code: str, message: str) -> Fault:
    """A warning about a launch, which has no line in a file."""
    return Fault("-", None, code, message)
