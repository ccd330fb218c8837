"""The keys of a brief, with the description that editors and forms show."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)

from launch_kits.inputs.base import (
    Day,
    Model,
    Slug,
    TaskOfPlan,
    Text,
    named_or_in_place,
    place_of,
    without_blanks,
)
from launch_kits.inputs.brand import Brand, BriefPicture, Links
from launch_kits.inputs.brief_parts import (
    Commitment,
    DocumentChoice,
    Faq,
    Goal,
    Partner,
    Persona,
    Price,
)
from launch_kits.inputs.content import Messages, Press, Quote, Research
from launch_kits.inputs.kit import Goods, Kit, WorkingHours
from launch_kits.inputs.positioning import Positioning
from launch_kits.inputs.search import find_kits
from launch_kits.inputs.team import Absence, Country, Days, Team, Timezone

__all__ = ["BriefKeys"]


def _channel(name: str) -> str:
    name = name.removeprefix("#")
    if not re.fullmatch(r"[a-z0-9_-]{1,80}", name):
        raise ValueError(
            f'"{name}" cannot be a Slack channel; use up to 80 lower-case letters, digits, - and _'
        )
    return name


Channel = Annotated[
    str,
    AfterValidator(_channel),
    WithJsonSchema({"type": "string", "pattern": r"^#?[a-z0-9_-]{1,80}$"}),
]
KitRef = Annotated[
    Annotated[str, Tag("name")] | Annotated[Kit, Tag("in_place")],
    Discriminator(place_of),
    named_or_in_place("Kit", built_in=sorted(find_kits(()))),
]


class BriefKeys(Model):
    """Product, market, dates and team of a launch, as the file has them."""

    launch: Slug = Field(description="Short name: lower-case letters, digits, hyphens.")
    product: Text = Field(
        max_length=200, description="Product and version, as customers will read it."
    )
    summary: str | None = Field(
        default=None, description="Its purpose, in one sentence."
    )
    kit: KitRef = Field(
        description="Recipe of the launch: a kit's name, such as major_release."
    )
    tier: Literal[1, 2, 3] = Field(
        default=1, description="1 major, 2 notable, 3 quiet."
    )
    market: Literal["b2b", "b2c", "both"] = Field(
        default="b2b", description="Who buys."
    )
    company: Literal["startup", "enterprise"] = Field(
        default="enterprise", description="How many sign-offs the kit asks for."
    )
    goods: Goods = Field(
        default="software",
        description="Whether software or a physical product is sold.",
    )
    release_on: Day | None = Field(
        default=None, description="Customers can use it; launch_on when left out."
    )
    launch_on: Day = Field(description="The market is told.")
    begin_on: Day | None = Field(
        default=None, description="First day of work; today when left out."
    )
    timezone: Timezone = Field(
        default="UTC", description="The launch's IANA time zone."
    )
    holidays: Country | None = Field(
        default=None, description="ISO country, or country-subdivision such as US-CA."
    )
    blackouts: tuple[Days, ...] = Field(
        default=(), description="Days on which nothing is worked on."
    )
    workdays: tuple[Day, ...] = Field(
        default=(), description="Days that are worked although they would be off."
    )
    team: Team = Field(
        description=(
            "Role → who answers for it; lead is required, and holds whatever role is "
            "left out."
        )
    )
    absences: tuple[Absence, ...] = Field(
        default=(),
        description=(
            "Who is away with a backup for that time; `delegate` adds to a running "
            "launch's."
        ),
    )
    channel: Channel | None = Field(
        default=None,
        description="Slack channel; if left out, that of LAUNCH is LAUNCH-launch.",
    )
    answer_within: WorkingHours | None = Field(
        default=None,
        description="Working hours until an answer to a seller is due; else the kit's.",
    )
    positioning: Positioning = Field(
        default=Positioning(), description="The product's position in its market."
    )
    messages: Messages = Field(
        default=Messages(), description="The product in 10, 25, 50 and 100 words."
    )
    research: Research = Field(
        default=Research(), description="Research on the market; internal."
    )
    personas: tuple[Persona, ...] = Field(
        default=(), description="Kinds of readers and buyers."
    )
    pricing: tuple[Price, ...] = Field(
        default=(), description="Prices with the day from which they hold."
    )
    partners: tuple[Partner, ...] = Field(
        default=(), description="Who sells or delivers with us."
    )
    goals: tuple[Goal, ...] = Field(
        default=(), description="Figures that the launch must reach."
    )
    faq: tuple[Faq, ...] = Field(default=(), description="Questions with answers.")
    quotes: tuple[Quote, ...] = Field(
        default=(), description="Quotations of customers, partners and us."
    )
    press: Press = Field(
        default=Press(), description="Facts that a press release needs beside the news."
    )
    brand: Brand = Field(
        default=Brand(), description="The company as its documents show it."
    )
    links: Links = Field(
        default=Links(), description="Links for readers outside, https or mailto."
    )
    pictures: tuple[BriefPicture, ...] = Field(
        default=(), description="Pictures of the product, for slides and pages."
    )
    commitments: tuple[Commitment, ...] = Field(
        default=(), description="Promises to customers and partners."
    )
    documents: Annotated[
        dict[TaskOfPlan, DocumentChoice], BeforeValidator(without_blanks)
    ] = Field(
        default={},
        description="Task → its document's readers and sections, if they differ.",
    )
