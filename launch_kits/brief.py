"""The brief: what is launched, against whom, when, by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from launch_kits.claims import Audience, Ledger
from launch_kits.errors import suggest
from launch_kits.kit import LEAD, Each, Kit
from launch_kits.validation import Amount, Day, Model
from launch_kits.workdays import Calendar, known_country, suggest_country

__all__ = [
    "Alternative",
    "Attribute",
    "Brief",
    "Days",
    "Faq",
    "Goal",
    "Item",
    "Partner",
    "Person",
    "Persona",
    "Positioning",
    "Price",
    "Theme",
]


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        hint = suggest(name, available_timezones())
        raise ValueError(f'unknown time zone "{name}"{hint or "; write one such as Europe/Berlin"}') from None
    return name


def _country(code: str) -> str:
    if not known_country(code):
        hint = suggest_country(code) or "; write an ISO code such as US, or US-CA for a subdivision"
        raise ValueError(f'unknown country "{code}"{hint}')
    return code


def _channel(name: str) -> str:
    name = name.removeprefix("#")
    if not re.fullmatch(r"[a-z0-9_-]{1,80}", name):
        raise ValueError(f'"{name}" cannot be a Slack channel; use up to 80 lower-case letters, digits, - and _')
    return name


Timezone = Annotated[str, AfterValidator(_timezone)]
Country = Annotated[str, AfterValidator(_country)]
Channel = Annotated[str, AfterValidator(_channel)]
Email = Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$", max_length=254)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9_-]+$", max_length=60)]
Text = Annotated[str, Field(min_length=1)]


class Days(Model):
    """A range of days, both ends included."""

    from_: Day = Field(alias="from", description="First day.")
    to: Day = Field(description="Last day.")
    why: str | None = Field(default=None, description="What these days are.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            raise ValueError(f"ends on {self.to}, before it begins on {self.from_}; swap them")
        return self


class Person(Model):
    """Who answers for a role."""

    name: Text = Field(description="Name or function.")
    email: Email = Field(description="Finds the person in Slack.")
    timezone: Timezone | None = Field(default=None, description="IANA time zone; the launch's when left out.")
    manager: str | None = Field(default=None, description="Role that hears of escalations.")
    backup: str | None = Field(default=None, description="Role that may act instead.")
    holidays: Country | None = Field(default=None, description="Own country, where it differs from the launch's.")
    away: tuple[Days, ...] = Field(default=(), description="Days off.")


#: the roles of the built-in kits, in the order in which Prefect's form asks for them; a team may have any others
ROLES = (LEAD, "pmm", "marketing", "sales", "channel", "engineering", "support", "legal", "sponsor")


class _AskedByRole:
    """Shows a team in Prefect's form with a field for each usual role; a bare mapping would be asked for as JSON."""

    @staticmethod
    def __get_pydantic_json_schema__(schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        (person,) = handler(schema)["patternProperties"].values()
        asked = {role: {"title": role, "anyOf": [person, {"type": "null"}], "default": None} for role in ROLES[1:]}
        usual = {LEAD: {"title": LEAD, **person}, **asked}
        return {"type": "object", "properties": usual, "required": [LEAD], "additionalProperties": person}


def _without_blanks(team: object) -> object:
    """A team without the roles that were left empty in the form."""
    return {role: person for role, person in team.items() if person is not None} if isinstance(team, dict) else team


Team = Annotated[dict[Key, Person], BeforeValidator(_without_blanks), _AskedByRole]


def _in_place(value: object) -> str:
    return "name" if isinstance(value, str) else "in_place"


def _named_or(kind: str) -> WithJsonSchema:
    """The form asks for a name; a kit or ledger in place is taken whole."""
    return WithJsonSchema(
        {"anyOf": [{"type": "string", "title": "Name"}, {"type": "object", "title": f"{kind} in place"}]}
    )


KitRef = Annotated[
    Annotated[str, Tag("name")] | Annotated[Kit, Tag("in_place")], Discriminator(_in_place), _named_or("Kit")
]
LedgerRef = Annotated[
    Annotated[str, Tag("name")] | Annotated[Ledger, Tag("in_place")], Discriminator(_in_place), _named_or("Ledger")
]


class Alternative(Model):
    """What a customer would do without us; a competitor where it has claims."""

    key: Key = Field(description="Short key, used in task keys and in proofs.")
    name: Text = Field(description="As customers call it.")
    why: str | None = Field(default=None, description="Why customers choose it.")
    claims: LedgerRef | None = Field(default=None, description="Claims ledger: a path, a name, or the ledger itself.")

    @property
    def ledger(self) -> Ledger | None:
        """The ledger in place, or None for an alternative that has none."""
        return self.claims if isinstance(self.claims, Ledger) else None


class Attribute(Model):
    """What only we have, what it is worth, and the claims that prove it."""

    key: Key = Field(description="Short key.")
    text: Text = Field(description="What we have.")
    lacked_by: tuple[str, ...] = Field(default=(), description="Alternatives that lack it.")
    value: Text = Field(description="What it is worth to a customer.")
    proof: tuple[str, ...] = Field(default=(), description="Claims as <alternative>.<claim id>.")


class Theme(Model):
    """A message of the house, resting on attributes."""

    title: Text = Field(description="The message.")
    attributes: tuple[str, ...] = Field(default=(), description="Keys of the attributes that carry it.")


class Positioning(Model):
    """Where the product stands in its market."""

    category: Text | None = Field(default=None, description="Market category that makes the value obvious.")
    need: str | None = Field(default=None, description="What the best-fit customer needs, completing “who …”.")
    benefit: str | None = Field(default=None, description="The key benefit, completing “that …”.")
    trend: str | None = Field(default=None, description="A trend that makes this matter now.")
    best_fit: tuple[Text, ...] = Field(
        default=(), description="Traits of a best-fit customer that can be seen before a sale."
    )
    alternatives: tuple[Alternative, ...] = Field(default=(), description="What customers would do without us.")
    attributes: tuple[Attribute, ...] = Field(default=(), description="What only we have.")
    themes: tuple[Theme, ...] = Field(default=(), description="Messages, strongest first.")


class Persona(Model):
    """A kind of reader or buyer."""

    key: Key = Field(description="Short key.")
    name: Text = Field(description="Name of the persona.")
    cares_about: tuple[Text, ...] = Field(default=(), description="What matters to them.")
    objections: tuple[str, ...] = Field(default=(), description="Objections as <alternative>.<claim id>.")


class Price(Model):
    """A price and the day from which it holds."""

    plan: Text = Field(description="Name of the plan.")
    amount: Amount = Field(ge=0, description="Amount in the currency.")
    currency: str = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code.")
    per: str | None = Field(default=None, description="What the amount buys.")
    effective_on: Day | None = Field(default=None, description="First day of this price.")
    proof: tuple[str, ...] = Field(default=(), description="Claims as <alternative>.<claim id>.")


class Partner(Model):
    """Who sells or delivers with us."""

    key: Key = Field(description="Short key, used in task keys.")
    name: Text = Field(description="Name.")
    kind: str | None = Field(default=None, description="Such as reseller or services.")


class Goal(Model):
    """What the launch must reach, and by when."""

    metric: Text = Field(description="What is counted.")
    baseline: Amount | None = Field(default=None, description="Today's figure.")
    target: Amount = Field(description="The figure to reach.")
    by: Day = Field(description="The day to reach it.")


class Faq(Model):
    """A question with its answer."""

    ask: Text = Field(description="The question.")
    answer: Text = Field(description="The answer.")
    audience: Audience = Field(default=Audience.INTERNAL, description="Widest circle that may read it.")
    proof: tuple[str, ...] = Field(default=(), description="Claims as <alternative>.<claim id>.")


#: what a task is fanned out over
Item = Alternative | Partner | Persona


class Brief(Model):
    """What is launched, against whom, when, by whom."""

    launch: str = Field(
        pattern=r"^[a-z0-9-]+$", max_length=73, description="Short name: lower-case letters, digits, hyphens."
    )
    product: Text = Field(max_length=200, description="Product and version, as customers will read it.")
    summary: str | None = Field(default=None, description="What it does, in one sentence.")
    kit: KitRef = Field(description="Recipe of the launch: a kit's name, such as major_release.")
    tier: Literal[1, 2, 3] = Field(default=1, description="1 major, 2 notable, 3 quiet.")
    market: Literal["b2b", "b2c", "both"] = Field(default="b2b", description="Who buys.")
    company: Literal["startup", "enterprise"] = Field(
        default="enterprise", description="How many sign-offs the kit asks for."
    )
    release_on: Day | None = Field(default=None, description="Customers can use it; launch_on when left out.")
    launch_on: Day = Field(description="The market is told.")
    begin_on: Day | None = Field(default=None, description="First day of work; today when left out.")
    timezone: Timezone = Field(default="UTC", description="The launch's IANA time zone.")
    holidays: Country | None = Field(default=None, description="ISO country, or country-subdivision such as US-CA.")
    blackouts: tuple[Days, ...] = Field(default=(), description="Days on which nothing is worked on.")
    workdays: tuple[Day, ...] = Field(default=(), description="Days that are worked although they would be off.")
    team: Team = Field(description="Role → who answers for it; lead is required, and holds whatever role is left out.")
    channel: Channel | None = Field(default=None, description="Slack channel; <launch>-launch when left out.")
    positioning: Positioning = Field(default=Positioning(), description="Where the product stands in its market.")
    personas: tuple[Persona, ...] = Field(default=(), description="Kinds of readers and buyers.")
    pricing: tuple[Price, ...] = Field(default=(), description="Prices with the day from which they hold.")
    partners: tuple[Partner, ...] = Field(default=(), description="Who sells or delivers with us.")
    goals: tuple[Goal, ...] = Field(default=(), description="What the launch must reach.")
    faq: tuple[Faq, ...] = Field(default=(), description="Questions with answers.")

    @property
    def kit_in_place(self) -> Kit:
        """The kit; raises TypeError for a brief whose kit is still a name."""
        if isinstance(self.kit, Kit):
            return self.kit
        raise TypeError(f"the kit {self.kit!r} is still a name: load the brief through `library`")

    @property
    def released_on(self) -> date:
        """The release day, which is the launch day where the brief names none."""
        return self.release_on or self.launch_on

    @property
    def need(self) -> str | None:
        """What best-fit customers need, completing “who …”; drawn from the personas where the brief does not say it."""
        cares = list(dict.fromkeys(care for persona in self.personas for care in persona.cares_about))
        return self.positioning.need or (f"care about {', '.join(cares)}" if cares else None)

    @property
    def slack_channel(self) -> str:
        """The launch's Slack channel, without the #."""
        return self.channel or f"{self.launch}-launch"

    @property
    def lead(self) -> Person:
        """Who answers for the launch."""
        return self.team[LEAD]

    def holder(self, role: str) -> Person:
        """The person of a role; the lead where the team lacks it."""
        return self.team.get(role, self.lead)

    def person(self, email: str) -> Person | None:
        """The first of the team with an email, or None for somebody outside it."""
        return next((person for person in self.team.values() if person.email == email), None)

    def zone(self, email: str | None = None) -> ZoneInfo:
        """The time zone of the person with an email, or the launch's."""
        person = self.person(email) if email else None
        return ZoneInfo(person.timezone if person and person.timezone else self.timezone)

    def competitors(self) -> Sequence[Alternative]:
        """The alternatives that have claims."""
        return [alternative for alternative in self.positioning.alternatives if alternative.claims is not None]

    def items(self, each: Each) -> Sequence[Item]:
        """The list that a task is fanned out over."""
        lists: Mapping[Each, Sequence[Item]] = {
            Each.COMPETITORS: self.competitors(),
            Each.PARTNERS: self.partners,
            Each.PERSONAS: self.personas,
        }
        return lists[each]

    def calendar(self) -> Calendar:
        """The launch's working days."""
        return Calendar(
            country=self.holidays,
            blackouts=[(days.from_, days.to) for days in self.blackouts],
            workdays=self.workdays,
        )

    def calendar_of(self, email: str, *, launch: Calendar) -> Calendar:
        """The working days of an owner: the launch's, less their days off, holidays and weekend, in whatever role."""
        roles = [person for person in self.team.values() if person.email == email]
        away = [(days.from_, days.to) for person in roles for days in person.away]
        country = next((person.holidays for person in roles if person.holidays), None)
        return launch.without(away=away, country=country) if away or country else launch
