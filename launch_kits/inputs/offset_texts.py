"""Offsets from an anchor day as inputs hold them: checked, and kept as text."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from launch_kits.workdays.offsets import Offset, Unit

__all__ = ["CalendarOffsetText", "OffsetText"]


def _offset(written: str) -> str:
    return str(Offset.parse(written))


#: an offset from the anchor day, such as ``T-20``, ``T+3``, ``T-6w`` or ``T-30d``, kept as text
OffsetText = Annotated[
    str,
    AfterValidator(_offset),
    WithJsonSchema({"type": "string", "pattern": r"^T[+-][0-9]{1,9}[dw]?$"}),
]


def _calendar_offset(written: str) -> str:
    offset = Offset.parse(written)
    if offset.unit is Unit.WORKING_DAYS:
        raise ValueError(
            f'"{written}" counts working days; write the very day in calendar days, '
            f"such as {written}d"
        )
    return str(offset)


#: a day counted in calendar time from the anchor day, worked or not, such as ``T-2d`` or ``T-1w``,
#: kept as text
CalendarOffsetText = Annotated[
    str,
    AfterValidator(_calendar_offset),
    WithJsonSchema({"type": "string", "pattern": r"^T[+-][0-9]{1,9}[dw]$"}),
]
