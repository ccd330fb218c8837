"""The slips of a launch: its days and due days as started, now, and every change between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col, select

from launch_kits.database.queries import find_launch, tasks_of
from launch_kits.database.records import (
    ChangedDay,
    DayChangeRow,
    LaunchStatus,
    Task,
)
from launch_kits.inputs.brief import Brief
from launch_kits.plan import DayChange, Slip, Totals, totals
from launch_kits.plan.calendars import Calendars
from launch_kits.views.reader import spelled
from launch_kits.views.task_graph import is_overdue
from launch_kits.workdays.calendar import Calendar

__all__ = ["LaunchSlips", "TaskSlip", "read_slips"]


@dataclass(frozen=True, slots=True)
class TaskSlip:
    """A task's due day since the start; a dropped task keeps its changes."""

    task: Task = field(compare=False, repr=False)
    #: that of the owner now
    owner_name: str
    slip: Slip
    #: in the launch's time zone
    done_on: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class LaunchSlips:
    """The slips of a launch, in working days of its calendar as it is now."""

    slug: str
    product: str
    status: str
    calendar: Calendar
    launch_on: Slip
    release_on: Slip
    #: in the launch's order
    tasks: tuple[TaskSlip, ...]
    #: email → name, of the launch's team
    names: Mapping[str, str]

    @property
    def totals(self) -> Totals:
        """The days that due days slipped, by verb, by owner now and by stage.

        Two spellings of an email that differ in case are one owner.
        """
        people: list[str | None] = []
        rows = []
        for each in self.tasks:
            owner = spelled(each.task.owner, people)
            people.append(owner)
            rows.append((owner, each.task.stage, each.slip))
        return totals(rows, calendar=self.calendar)

    @property
    def days(self) -> int:
        """The sum over all tasks."""
        return sum(task.slip.days(self.calendar) for task in self.tasks)


def read_slips(session: Session, slug: str, *, now: datetime) -> LaunchSlips:
    """Read the slips of a launch.

    ``now`` says which tasks are overdue. Raises NotFound.
    """
    launch = find_launch(session, slug)
    brief = Brief.kept(launch.brief)
    changes = _changes(session, slug)
    running = launch.status == LaunchStatus.RUNNING
    return LaunchSlips(
        slug=launch.slug,
        product=launch.product,
        status=launch.status,
        calendar=Calendars(brief).launch,
        launch_on=Slip(
            launch.baseline_launch_on, tuple(changes.get((ChangedDay.LAUNCH, None), ()))
        ),
        release_on=Slip(
            launch.baseline_release_on,
            tuple(changes.get((ChangedDay.RELEASE, None), ())),
        ),
        tasks=tuple(
            _task_slip(
                task,
                brief,
                changes.get((ChangedDay.DUE, task.key), ()),
                overdue=running and is_overdue(task, brief.zone(task.owner), now=now),
            )
            for task in tasks_of(session, slug)
        ),
        names={person.email: person.name for person in reversed(brief.team.values())},
    )


def _changes(
    session: Session, slug: str
) -> dict[tuple[str, str | None], list[DayChange]]:
    """Kind of day and key of the task → its changes, oldest first."""
    query = select(DayChangeRow).where(
        DayChangeRow.launch == slug, col(DayChangeRow.undone).is_(False)
    )
    found: dict[tuple[str, str | None], list[DayChange]] = {}
    for row in session.exec(query.order_by(col(DayChangeRow.id))).all():
        found.setdefault((row.day, row.task), []).append(
            DayChange(row.at, row.by, row.verb, row.why, row.before, row.after)
        )
    return found


def _task_slip(
    task: Task, brief: Brief, changes: Iterable[DayChange], *, overdue: bool
) -> TaskSlip:
    person = brief.person(task.owner)
    done_at = task.done_at
    return TaskSlip(
        task,
        owner_name=person.name if person else task.owner,
        slip=Slip(task.baseline_due, tuple(changes)),
        done_on=done_at.astimezone(brief.zone()).date() if done_at else None,
        overdue=overdue,
    )
