"""The base of every input.

Frozen models in which an unknown key is a fault, days, numbers, keys and texts.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from launch_kits.inputs.links import web_link
from launch_kits.inputs.patterns import (
    FILE_NAME,
    KEY,
    LONGEST_KEY,
    LONGEST_NAME,
    LONGEST_SLUG,
    NAME,
    SLUG,
    TASK_KEY,
)
from launch_kits.settings.visible import is_blank

__all__ = [
    "IN_PLACE",
    "KEPT",
    "LEAD",
    "Amount",
    "Day",
    "DayCount",
    "FileName",
    "Key",
    "Link",
    "Model",
    "Name",
    "Slug",
    "TaskKey",
    "Text",
    "bad_links",
    "named_or_in_place",
    "place_of",
]


def _no_number(value: object) -> object:
    if isinstance(value, bool | int | float):
        raise ValueError(f"{value} is not a date; use a value like 2027-03-02")  # noqa: TRY004  Pydantic takes ValueError for a fault
    return value


def _no_flag(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError(f"{str(value).lower()} is not a number; use a value like 12.5")  # noqa: TRY004  the same
    return value


def _countable(amount: float) -> float:
    if abs(amount) >= TOO_LARGE:
        raise ValueError("too large to compute with; use at most 15 digits")
    return amount


def _legible(text: str, info: ValidationInfo) -> str:
    """Refuse a text of which a reader sees nothing; one in a snapshot stays as it is."""
    if text and info.context != KEPT and is_blank(text):
        raise ValueError("has no visible character; write it in words")
    return text


#: from about there on a float does not tell one from the next, and reckoning with such numbers
#: leads nowhere
TOO_LARGE = 10**15
#: a day; Pydantic alone would read a number as seconds since 1970
Day = Annotated[date, BeforeValidator(_no_number)]
#: a number; Pydantic alone would read `true` as 1
Amount = Annotated[float | int, BeforeValidator(_no_flag), AfterValidator(_countable)]

#: the role that answers for the launch; every team has it
LEAD = "lead"
#: working days, counted
DayCount = Annotated[int, Field(strict=True, ge=0, le=2000)]

#: the context of a snapshot that is read again: a launch goes on by the rules under which it was
#: opened
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class _Identifier:
    """Marks a text that matches a pattern.

    One in a snapshot that is read again stays whatever it is.
    """

    pattern: str
    longest: int

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_after_validator_function(
            self._checked, handler(source)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "pattern": self.pattern, "maxLength": self.longest}

    def _checked(self, text: str, info: ValidationInfo) -> str:
        if info.context == KEPT:
            return text
        if not re.fullmatch(self.pattern, text):
            raise PydanticKnownError(
                "string_pattern_mismatch", {"pattern": self.pattern}
            )
        if len(text) > self.longest:
            raise PydanticKnownError("string_too_long", {"max_length": self.longest})
        return text


Slug = Annotated[str, _Identifier(SLUG, LONGEST_SLUG)]
Key = Annotated[str, _Identifier(KEY, LONGEST_KEY)]
TaskKey = Annotated[str, _Identifier(TASK_KEY, LONGEST_NAME)]
Name = Annotated[str, _Identifier(NAME, LONGEST_NAME)]
FileName = Annotated[str, _Identifier(FILE_NAME, LONGEST_NAME)]
Text = Annotated[str, Field(min_length=1), AfterValidator(_legible)]

#: marks the fields that hold a link
LINK = "link"
#: a link to the web. The model takes any text, so that snapshots of launches can be read for ever;
#: `bad_links` finds those that the doors refuse.
Link = Annotated[str, Field(min_length=1, json_schema_extra={"format": "uri"}), LINK]


def place_of(value: object) -> str:
    """The tag of a kit or ledger: given by name, or in place."""
    return "name" if isinstance(value, str) else "in_place"


#: how a schema names a model that may be given in place
IN_PLACE = re.compile(r"(\w+) in place")


def named_or_in_place(kind: str) -> WithJsonSchema:
    """The schema of a value that is a name or the thing itself.

    A value in place is taken whole.
    """
    return WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "title": "Name"},
                {"type": "object", "title": f"{kind} in place"},
            ]
        }
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


def bad_links(
    value: object, where: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Find the links in a value that do not lead to the web.

    Returns their places, and the fault of each.
    """
    if isinstance(value, Model):
        for name, key, is_link in _fields(type(value)):
            held = getattr(value, name)
            if is_link and isinstance(held, str):
                yield from _bad_link(held, (*where, key))
            else:
                yield from bad_links(held, (*where, key))
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from bad_links(held, (*where, key))
    elif isinstance(value, list | tuple):
        for index, held in enumerate(value):
            yield from bad_links(held, (*where, index))


def _bad_link(
    written: str, where: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    try:
        web_link(written)
    except ValueError as error:
        yield where, str(error)


@cache
def _fields(model: type[Model]) -> list[tuple[str, str, bool]]:
    """The fields of a model: name, key in a file, whether it holds a link."""
    found = []
    for name, field in model.model_fields.items():
        marks = [
            *field.metadata,
            *(
                mark
                for part in typing.get_args(field.annotation)
                for mark in _marks(part)
            ),
        ]
        found.append((name, field.alias or name, LINK in marks))
    return found


def _marks(annotation: object) -> tuple[object, ...]:
    return getattr(annotation, "__metadata__", ())
