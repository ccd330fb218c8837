"""Days as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from launch_kits.errors import Refused
from launch_kits.workdays.in_words import day_of

__all__ = ["day"]


def day(written: str, *, now: datetime, zone: ZoneInfo) -> date:
    """A day as written: an ISO date, a day as in ``Thu 4 Feb 2027``, or weeks or days from today.

    ``zone`` says which day today is. Raises Refused.
    """
    match = re.fullmatch(r"\+(\d{1,4})([wd])", written)
    try:
        if match:
            count = int(match[1]) * (7 if match[2] == "w" else 1)
            return now.astimezone(zone).date() + timedelta(days=count)
        return day_of(written) or date.fromisoformat(written)
    except (ValueError, OverflowError):
        raise Refused(
            f'"{written}" is not a date; use a value like 2027-03-02, or +12w or +10d from today'
        ) from None
