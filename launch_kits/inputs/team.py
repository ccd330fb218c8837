"""The team: roles, people, time zones and absences."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from launch_kits.errors import suggest
from launch_kits.inputs.base import (
    LEAD,
    Amount,
    Day,
    Key,
    Model,
    Text,
    without_blanks,
)
from launch_kits.inputs.patterns import EMAIL
from launch_kits.workdays.countries import known_country, suggest_country

__all__ = [
    "ROLES",
    "Absence",
    "Country",
    "Days",
    "Email",
    "Person",
    "Team",
    "Timezone",
]


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        hint = suggest(name, available_timezones())
        raise ValueError(
            f'unknown time zone "{name}"{hint or "; write one such as Europe/Berlin"}'
        ) from None
    return name


def _country(code: str) -> str:
    if not known_country(code):
        hint = (
            suggest_country(code)
            or "; write an ISO code such as US, or US-CA for a subdivision"
        )
        raise ValueError(f'unknown country "{code}"{hint}')
    return code


Timezone = Annotated[str, AfterValidator(_timezone)]
Country = Annotated[
    str,
    AfterValidator(_country),
    WithJsonSchema({"type": "string", "pattern": r"^[A-Z]{2,3}(-.+)?$"}),
]
Email = Annotated[str, Field(pattern=EMAIL, max_length=254)]


class Days(Model):
    """A range of days, both ends included."""

    from_: Day = Field(alias="from", description="First day.")
    to: Day = Field(description="Last day.")
    why: str | None = Field(default=None, description="The reason.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            raise ValueError(
                f"ends on {self.to}, before it begins on {self.from_}; swap them"
            )
        return self


class Person(Model):
    """Who answers for a role."""

    name: Text = Field(description="Name or function.")
    email: Email = Field(description="Finds the person in Slack.")
    timezone: Timezone | None = Field(
        default=None, description="IANA time zone; the launch's when left out."
    )
    manager: str | None = Field(
        default=None, description="Role that hears of escalations."
    )
    backup: str | None = Field(default=None, description="Role that may act instead.")
    holidays: Country | None = Field(
        default=None, description="Own country, if it differs from the launch's."
    )
    away: tuple[Days, ...] = Field(default=(), description="Days off.")
    workdays: tuple[Day, ...] = Field(
        default=(), description="Days on which they work although others rest."
    )
    capacity: Annotated[
        Amount, Field(gt=0, json_schema_extra={"exclusiveMinimum": 0})
    ] = Field(
        default=1,
        description="Part of a working day for launches: 0.5 is half the day.",
    )

    @model_serializer(mode="wrap")
    def _as_stated(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out a capacity that is not stated: the smallest stated one counts."""
        found: dict[str, Any] = handler(self)
        if "capacity" not in self.model_fields_set:
            found.pop("capacity", None)
        return found


class Absence(Model):
    """A person who is away, and the person who acts in their place meanwhile."""

    who: Email = Field(description="The person who is away.")
    backup: Email = Field(description="The person who acts in their place.")
    from_: Day = Field(alias="from", description="First day.")
    to: Day | None = Field(
        default=None, description="Last day; for good when left out."
    )
    by: Email | None = Field(
        default=None,
        description="Who arranged it by `delegate`; `update` keeps such an absence.",
    )
    name: Text | None = Field(
        default=None,
        description="Name of the person who acts, if they are not in the team.",
    )
    known_as: Text | None = Field(
        default=None, description="Name of a person who left; `delegate` keeps it."
    )

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.who.casefold() == self.backup.casefold():
            raise ValueError(f"{self.who} cannot be their own backup; name another")
        if self.to is not None and self.to < self.from_:
            raise ValueError(
                f"ends on {self.to}, before it begins on {self.from_}; swap them"
            )
        return self

    def covers(self, day: date) -> bool:
        """Whether the person is away on a day."""
        return self.from_ <= day and (self.to is None or day <= self.to)


#: the roles of the built-in kits, in the order in which Prefect's form asks for them; a team may
#: have any others
ROLES = (
    LEAD,
    "pmm",
    "marketing",
    "sales",
    "channel",
    "engineering",
    "support",
    "legal",
    "sponsor",
)


class _AskedByRole:
    """Shows a team in Prefect's form with a field for each usual role.

    A bare mapping would be asked for as JSON.
    """

    @staticmethod
    def __get_pydantic_json_schema__(
        schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        (person,) = handler(schema)["patternProperties"].values()
        asked = {
            role: {"title": role, "anyOf": [person, {"type": "null"}], "default": None}
            for role in ROLES[1:]
        }
        usual = {LEAD: {"title": LEAD, **person}, **asked}
        return {
            "type": "object",
            "properties": usual,
            "required": [LEAD],
            "additionalProperties": person,
        }


Team = Annotated[dict[Key, Person], BeforeValidator(without_blanks), _AskedByRole]
