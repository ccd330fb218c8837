"""The base of every input.

Frozen models in which an unknown key is a fault, days, numbers, keys and texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from launch_kits.inputs.links import PUBLIC_LINK, SOURCE_PLACE
from launch_kits.inputs.patterns import (
    FILE_NAME,
    KEY,
    LONGEST_KEY,
    LONGEST_NAME,
    LONGEST_SLUG,
    NAME,
    SLUG,
    TASK_KEY,
    TASK_OF_PLAN,
)
from launch_kits.settings.visible import is_blank

__all__ = [
    "IN_PLACE",
    "KEPT",
    "LEAD",
    "LINK",
    "PLACE",
    "PUBLIC",
    "Amount",
    "Day",
    "DayCount",
    "FileName",
    "Key",
    "Link",
    "Model",
    "Name",
    "Place",
    "PublicLink",
    "Slug",
    "TaskKey",
    "TaskOfPlan",
    "Text",
    "named_or_in_place",
    "place_of",
    "without_blanks",
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
TaskOfPlan = Annotated[str, _Identifier(TASK_OF_PLAN, LONGEST_NAME + 1 + LONGEST_KEY)]
Name = Annotated[str, _Identifier(NAME, LONGEST_NAME)]
FileName = Annotated[str, _Identifier(FILE_NAME, LONGEST_NAME)]
Text = Annotated[str, Field(min_length=1), AfterValidator(_legible)]

#: marks the fields that hold a link
LINK = "link"
#: a link to the web. The model takes any text, so that snapshots of launches can be read for ever;
#: `inputs.bad_links` finds those that the doors refuse.
Link = Annotated[str, Field(min_length=1, json_schema_extra={"format": "uri"}), LINK]
#: marks the fields that hold a link, or the name of a place that is not on the web
PLACE = "place"
#: the place of a source: a link, or words such as `CRM, report 12`; checked as `Link` is
Place = Annotated[
    str,
    Field(min_length=1, json_schema_extra={"pattern": SOURCE_PLACE}),
    PLACE,
]
#: marks the fields that hold a link for readers outside
PUBLIC = "public link"
#: a link that is printed for customers: https, or an address of mail; checked as `Link` is
PublicLink = Annotated[
    str,
    Field(min_length=1, json_schema_extra={"format": "uri", "pattern": PUBLIC_LINK}),
    PUBLIC,
]


def without_blanks(given: object) -> object:
    """A mapping without the entries that are null, as forms leave them."""
    if isinstance(given, dict):
        return {key: value for key, value in given.items() if value is not None}
    return given


def place_of(value: object) -> str:
    """The tag of a kit or ledger: given by name, or in place."""
    return "name" if isinstance(value, str) else "in_place"


#: how a schema names a model that may be given in place
IN_PLACE = re.compile(r"(\w+) in place")


def named_or_in_place(kind: str, *, built_in: Sequence[str] = ()) -> WithJsonSchema:
    """The schema of a value that is a name or the thing itself.

    A value in place is taken whole. The names that are ``built_in`` come first, as a choice in
    Prefect's form.
    """
    choice = {
        "type": "string",
        "title": f"Built-in {kind.lower()}",
        "enum": [*built_in],
    }
    return WithJsonSchema(
        {
            "anyOf": [
                *([choice] if built_in else []),
                {"type": "string", "title": "Name"},
                {"type": "object", "title": f"{kind} in place"},
            ]
        }
    )


#: the keys that models were given; as many as there are ways to write an entry
_GIVEN: dict[frozenset[str], set[str]] = {}


class Model(BaseModel):
    """A frozen value in which an unknown key is a fault, and infinity no number: JSON has none.

    An optional key that is null counts as left out.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
    )

    def model_post_init(self, _context: object, /) -> None:
        """Share the set of given keys with all models of the same ones.

        A brief is a thousand models, and sets of its own for each would be half of its memory.
        """
        given = self.__pydantic_fields_set__
        shared = _GIVEN.setdefault(frozenset(given), given)
        # no model is changed: it is frozen, and a copy has a set of its own
        object.__setattr__(self, "__pydantic_fields_set__", shared)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, given: object, info: ValidationInfo) -> object:
        """Leave out optional keys that are null, as forms and editors write empty ones.

        A snapshot holds null only for keys that take it.
        """
        if info.context == KEPT or not isinstance(given, dict):
            return given
        if not any(value is None for value in given.values()):
            return given
        optional = _optional_keys(cls)
        return {
            key: value
            for key, value in given.items()
            if value is not None or key not in optional
        }


@cache
def _optional_keys(model: type[Model]) -> frozenset[str]:
    """The keys that may be left out, with all their spellings."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        if not field.is_required():
            found |= {name, field.alias or name}
            if isinstance(field.validation_alias, AliasChoices):
                found |= {str(choice) for choice in field.validation_alias.choices}
    return frozenset(found)
