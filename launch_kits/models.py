"""What every input is made of: frozen models in which an unknown key is a fault, days, numbers, keys and texts."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from launch_kits.patterns import KEY

__all__ = ["IN_PLACE", "Amount", "Day", "Key", "Model", "Text", "named_or_in_place", "place_of"]


def _no_number(value: object) -> object:
    if isinstance(value, bool | int | float):
        raise ValueError(f"{value} is no day; write one such as 2027-03-02")  # noqa: TRY004  what Pydantic takes for a fault
    return value


def _no_flag(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError(f"{str(value).lower()} is no number")  # noqa: TRY004  the same
    return value


def _countable(amount: float) -> float:
    if abs(amount) >= TOO_LARGE:
        raise ValueError("this is more than can be counted; write at most 15 digits")
    return amount


#: from about there on a float does not tell one from the next, and reckoning with such numbers leads nowhere
TOO_LARGE = 10**15
#: a day; Pydantic alone would read a number as seconds since 1970
Day = Annotated[date, BeforeValidator(_no_number)]
#: a number; Pydantic alone would read `true` as 1
Amount = Annotated[float | int, BeforeValidator(_no_flag), AfterValidator(_countable)]

Key = Annotated[str, Field(pattern=KEY, max_length=60)]
Text = Annotated[str, Field(min_length=1)]


def place_of(value: object) -> str:
    """The tag of a kit or ledger: whether a name stands for it, or it stands in place."""
    return "name" if isinstance(value, str) else "in_place"


#: how a schema calls what stands in place, by the model that describes it whole
IN_PLACE = re.compile(r"(\w+) in place")


def named_or_in_place(kind: str) -> WithJsonSchema:
    """What a form asks for where a name or the thing itself may stand; what stands in place is taken whole."""
    return WithJsonSchema(
        {"anyOf": [{"type": "string", "title": "Name"}, {"type": "object", "title": f"{kind} in place"}]}
    )


class Model(BaseModel):
    """A frozen value in which an unknown key is a fault, and infinity no number: JSON has none."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
    )
