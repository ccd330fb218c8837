"""Tables of working days: whole years of one calendar, a flag a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import accumulate, compress
from typing import NamedTuple, Self

__all__ = ["WorkdayTable", "rest_in", "set_days"]


class WorkdayTable(NamedTuple):
    """Whole years of one calendar, ready for lookup; days are ordinals (``date.toordinal``)."""

    first_year: int
    last_year: int
    #: 1 January of the first year
    base: int
    #: a byte a day from base on: 1 for a working day
    flags: bytes
    #: the working days, ascending
    days: list[int]
    #: a number a day from base on: the working days of the table up to that day and with it
    rank: list[int]

    @classmethod
    def of(cls, first_year: int, last_year: int, flags: bytearray) -> Self:
        """The table of some years, both included, with a flag for each of their days."""
        base = date(first_year, 1, 1).toordinal()
        end = base + len(flags)
        return cls(
            first_year,
            last_year,
            base,
            flags=bytes(flags),
            days=list(compress(range(base, end), flags)),
            rank=list(accumulate(flags)),
        )

    def worked_until(self, day: date) -> int:
        """The working days of the table up to a day and with it."""
        return self.rank[day.toordinal() - self.base]


def set_days(
    flags: bytearray, base: int, ordinals: Iterable[int], *, works: bool
) -> None:
    """Mark the days that lie within the flags as worked or not."""
    for ordinal in ordinals:
        at = ordinal - base
        if 0 <= at < len(flags):
            flags[at] = works


def rest_in(flags: bytearray, base: int, ranges: Iterable[tuple[date, date]]) -> None:
    """Mark the days of inclusive ranges as not worked."""
    for first, last in ranges:
        low = max(first.toordinal() - base, 0)
        high = min(last.toordinal() + 1 - base, len(flags))
        if low < high:
            flags[low:high] = bytes(high - low)
