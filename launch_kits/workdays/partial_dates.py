"""Dates that may be partial: a day, a month, a year, or unknown."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

__all__ = ["PartialDate", "end_of_period"]

DECEMBER = 12


def end_of_period(written: str) -> date | None:
    """The last day that a partial date can mean.

    None for ``unknown``. Raises ValueError for anything else.
    """
    if written == "unknown":
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", written)
    if not match:
        raise ValueError(
            f'"{written}" is not a date such as 2025-05-14, 2025-05 or 2025, nor `unknown`'
        )
    year, month, day = match.groups()
    last_month = DECEMBER if month is None else int(month)
    if not 1 <= last_month <= DECEMBER:
        raise ValueError(f'"{written}" has no such month')
    last_day = (
        calendar.monthrange(int(year), last_month)[1] if day is None else int(day)
    )
    return date(int(year), last_month, last_day)


def _as_text(value: object) -> object:
    """A day, month or year as YAML reads it (a date, a text, a number), as text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, date | int):
        value = value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, str):
        end_of_period(value)
    return value


#: values that a file may hold for it
Written = (
    Annotated[str, Field(pattern=r"^(unknown|\d{4}(-\d{2}(-\d{2})?)?)$")]
    | Annotated[int, Field(ge=1000, le=9999)]
)
#: ``2025-05-14``, ``2025-05``, ``2026`` or ``unknown``
PartialDate = Annotated[str, BeforeValidator(_as_text, json_schema_input_type=Written)]
