"""Slips: changes of due, release and launch days since the start of a launch.

Their working days are added up by cause, owner and stage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from launch_kits.workdays.calendar import Calendar

__all__ = ["DayChange", "Slip", "Totals", "change_of", "days_of", "totals"]


class DayChange(NamedTuple):
    """A change of a due, release or launch day, from the day that the last change set."""

    at: datetime
    #: an email, or ``sweep``
    by: str
    verb: str
    why: str | None
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Slip:
    """A day as it was at first, and its changes, oldest first.

    Raises ValueError if a change does not follow on from the one before.
    """

    baseline: date
    changes: tuple[DayChange, ...] = ()

    def __post_init__(self) -> None:
        day = self.baseline
        for change in self.changes:
            if change.before != day:
                raise ValueError(f"a change from {change.before} follows one to {day}")
            day = change.after

    @property
    def now(self) -> date:
        """The day as it is now."""
        return self.changes[-1].after if self.changes else self.baseline

    def days(self, calendar: Calendar) -> int:
        """Return the working days from the first day to the day now.

        They are the sum of those of its changes.
        """
        return calendar.count(self.baseline, self.now)


def days_of(change: DayChange, calendar: Calendar) -> int:
    """Return the working days by which a change moved a day, negative if to an earlier one.

    ``calendar`` is the launch's as of now, even if it was another at the time.
    """
    return calendar.count(change.before, change.after)


def change_of(
    slip: Slip, to: date, *, at: datetime, by: str, verb: str, why: str | None = None
) -> DayChange | None:
    """Return the change that sets a day from now on, or None if it is that day already."""
    return DayChange(at, by, verb, why, slip.now, to) if to != slip.now else None


class Totals(NamedTuple):
    """Working days that tasks slipped; zeros are left out."""

    by_cause: Mapping[str, int]
    by_owner: Mapping[str, int]
    by_stage: Mapping[str, int]


def totals(slips: Iterable[tuple[str, str, Slip]], *, calendar: Calendar) -> Totals:
    """Add up the slips of tasks, each given as its owner, its stage and its due day's slip.

    Returns three sums over the same changes: by verb, by owner and by stage.
    """
    by_cause: Counter[str] = Counter()
    by_owner: Counter[str] = Counter()
    by_stage: Counter[str] = Counter()
    for owner, stage, slip in slips:
        for change in slip.changes:
            days = days_of(change, calendar)
            by_cause[change.verb] += days
            by_owner[owner] += days
            by_stage[stage] += days
    return Totals(_not_zero(by_cause), _not_zero(by_owner), _not_zero(by_stage))


def _not_zero(counted: Mapping[str, int]) -> dict[str, int]:
    return {name: days for name, days in counted.items() if days}
