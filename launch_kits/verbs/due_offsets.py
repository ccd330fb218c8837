"""A due day that a person names for a task, kept as its offset from the anchor day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import Task
from launch_kits.errors import Fault, Refused
from launch_kits.plan import Anchor
from launch_kits.plan.constraints import Anchors
from launch_kits.verbs.plan_again import MovedDue, PlannedAgain
from launch_kits.verbs.transaction import Change
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset, Unit

__all__ = ["NamedDue", "moved_for_days_off", "named_due", "workday_offset"]


@dataclass(frozen=True, slots=True)
class NamedDue:
    """A due day as a person named it."""

    offset: Offset
    #: the day named, which may be a day off, and the working day of the launch that it means
    named: date
    meant: date

    def doubts(self, key: str, due: date, *, off: Fault | None) -> tuple[Fault, ...]:
        """Say that the due day is another one than was named.

        ``off`` is the doubt that its owner's days off move it.
        """
        found = []
        if self.meant != self.named:
            message = (
                f"{self.named} ({self.named:%A}) is a day off of the launch; "
                f"{self.meant} ({self.meant:%A}) is meant"
            )
            found.append(Fault("-", None, "due-on-day-off", message))
        if off is not None:
            found.append(off)
        elif due < self.meant:
            message = (
                f'task "{key}" is due {due} ({due:%A}), not {self.meant} '
                f"({self.meant:%A}): the tasks after it need it by then"
            )
            found.append(Fault("-", None, "due-held", message))
        return tuple(found)


def named_due(change: Change, anchor: str, due: date | Offset) -> NamedDue:
    """Read a due day of a task by its anchor.

    Raises Refused for a day before today in the launch's time zone.
    """
    calendar = change.calendars.launch
    day = _anchor_day(change, anchor)
    if isinstance(due, Offset):
        meant = due.resolve(calendar, day)
        calendar_time = due.unit is not Unit.WORKING_DAYS
        found = NamedDue(due, due.day(day) if calendar_time else meant, meant)
    else:
        meant = calendar.last_on_or_before(due)
        found = NamedDue(Offset(calendar.count(day, meant)), due, meant)
    if found.meant < change.today:
        shown = f"{due}" if isinstance(due, date) else f"{due}, {found.meant},"
        raise Refused(f"{shown} is past; a due day is today, {change.today}, or later")
    return found


def moved_for_days_off(
    plan: PlannedAgain, task: Task, named: NamedDue | None, moved: Iterable[MovedDue]
) -> tuple[Fault, ...]:
    """Say which due days are earlier than they would be without someone's days off.

    ``moved`` are the tasks before ``task`` whose due day moved with it.
    """
    off = plan.days_off(task)
    own = named.doubts(task.key, task.due, off=off) if named else (off,)
    others = (plan.days_off(each.task) for each in moved)
    return tuple(fault for fault in (*own, *others) if fault)


def workday_offset(change: Change, anchor: str, written: str) -> str:
    """Read a day on which a task is worked on although others rest.

    ``written`` is a date, or an offset in calendar days or weeks such as ``T-2d``. Returns the
    offset as it is kept. Raises Refused for anything else.
    """
    try:
        if not written.startswith("T"):
            apart = date.fromisoformat(written) - _anchor_day(change, anchor)
            return str(Offset(apart.days, Unit.DAYS))
        offset = Offset.parse(written)
    except ValueError:
        raise Refused(
            f'"{written}" is not a day; use a date like 2027-03-02, or an offset like T-2d'
        ) from None
    if offset.unit is Unit.WORKING_DAYS:
        raise Refused(
            f'"{written}" counts working days; write the very day in calendar days, '
            f"such as {written}d"
        )
    return str(offset)


def _anchor_day(change: Change, anchor: str) -> date:
    calendar: Calendar = change.calendars.launch
    launch = change.launch
    anchors = Anchors.of(
        calendar, release_on=launch.release_on, launch_on=launch.launch_on
    )
    return anchors.day(Anchor(anchor))
