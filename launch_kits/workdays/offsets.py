"""Days counted from an anchor day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from launch_kits.errors import PlanError
from launch_kits.workdays.calendar import BOUNDS, Calendar

__all__ = ["Offset", "Unit"]


class Unit(StrEnum):
    """The unit of an offset."""

    WORKING_DAYS = ""
    DAYS = "d"
    WEEKS = "w"


@dataclass(frozen=True, slots=True)
class Offset:
    """A day counted from the anchor day.

    ``T-10``, ``T+3`` in working days, ``T-6w``, ``T-30d`` in calendar time.
    """

    #: negative before the anchor day
    amount: int
    unit: Unit = Unit.WORKING_DAYS

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads ``T-10``, ``T+3``, ``T-0``, ``T-6w``, ``T-30d``.

        Raises ValueError for anything else.
        """
        found = re.fullmatch(r"T([+-][0-9]{1,9})([dw]?)", text)
        if not found:
            raise ValueError(
                f'"{text}" is not an offset from the anchor day; '
                "use T-10 or T+3 for working days, T-30d for calendar "
                "days, T-6w for weeks, T-0 for the day itself"
            )
        return cls(int(found[1]), Unit(found[2]))

    def day(self, anchor: date) -> date:
        """The day at this distance from an anchor day.

        The distance is in calendar days or weeks. The day may be a day of rest. ``anchor`` is a
        working day. Raises PlanError beyond the calendar.
        """
        try:
            return anchor + timedelta(
                self.amount * (7 if self.unit is Unit.WEEKS else 1)
            )
        except OverflowError:
            raise PlanError(
                f"{self} from {anchor} is not within {BOUNDS}: look over the offsets"
            ) from None

    def __str__(self) -> str:
        return f"T{'+' if self.amount > 0 else '-'}{abs(self.amount)}{self.unit}"

    def resolve(self, calendar: Calendar, anchor_day: date) -> date:
        """The working day of the launch's calendar that is meant.

        The anchor day is the given day, or the last working day before it. Working days are counted
        from there; calendar days and weeks too, and then back to the last working day. Raises
        PlanError beyond the calendar.
        """
        anchor = calendar.last_on_or_before(anchor_day)
        try:
            if self.unit is Unit.WORKING_DAYS:
                return calendar.shift(anchor, self.amount)
            return calendar.last_on_or_before(self.day(anchor))
        except (OverflowError, PlanError):
            raise PlanError(
                f"{self} from {anchor} is not within {BOUNDS}: look over the offsets"
            ) from None
