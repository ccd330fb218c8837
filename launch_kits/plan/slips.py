"""What slipped: changes of due, release and launch days since the start, and their days by cause, owner and stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from launch_kits.workdays.calendar import Calendar

__all__ = ["DayChange", "Slip", "Totals", "change_of", "days_of", "totals"]


class DayChange(NamedTuple):
    """A due, release or launch day that was changed; each goes on from the day that the one before set."""

    at: datetime
    #: an email, or ``sweep``
    by: str
    verb: str
    why: str | None
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Slip:
    """A day as it was at first, and everything that changed it, oldest first.

    Raises ValueError for changes that do not go on from each other.
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
        """Working days from the first day to the day now, the sum of those of its changes."""
        return calendar.count(self.baseline, self.now)


def days_of(change: DayChange, calendar: Calendar) -> int:
    """Working days by which a change moved a day, negative where to an earlier one.

    ``calendar`` is the launch's as of now, whatever it was at the time.
    """
    return calendar.count(change.before, change.after)


def change_of(
    slip: Slip, to: date, *, at: datetime, by: str, verb: str, why: str | None = None
) -> DayChange | None:
    """The change that sets a day from now on; None where it is that day already."""
    return DayChange(at, by, verb, why, slip.now, to) if to != slip.now else None


class Totals(NamedTuple):
    """Working days that tasks slipped; what adds up to none is left out."""

    by_cause: Mapping[str, int]
    by_owner: Mapping[str, int]
    by_stage: Mapping[str, int]


def totals(slips: Iterable[tuple[str, str, Slip]], *, calendar: Calendar) -> Totals:
    """Sums the slips of tasks, each given as its owner, its stage and the slip of its due day.

    The days of the three sums are the same: those of all changes, by verb, by owner and by stage.
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
