"""Parts of a brief: personas, prices, partners, goals, questions, promises, documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.base import (
    Amount,
    Day,
    Key,
    Model,
    PublicLink,
    Text,
    without_blanks,
)
from launch_kits.inputs.patterns import CURRENCY
from launch_kits.inputs.source import Source

__all__ = [
    "Commitment",
    "DocumentChoice",
    "Faq",
    "Goal",
    "Partner",
    "Persona",
    "Price",
]


class Persona(Model):
    """A kind of reader or buyer."""

    key: Key = Field(description="Short key.")
    name: Text = Field(description="Name of the persona.")
    cares_about: tuple[Text, ...] = Field(
        default=(), description="Topics that matter to them."
    )
    objections: tuple[str, ...] = Field(
        default=(), description="Objections as ALTERNATIVE.CLAIM, such as redis.y4."
    )
    scenarios: tuple[Text, ...] = Field(
        default=(), description="Uses of the product, one sentence each."
    )


class Price(Model):
    """A price and the day from which it holds.

    It has an amount, or a text in its place; a price with neither is not decided yet.
    """

    plan: Text = Field(description="Name of the plan.")
    amount: Annotated[Amount, Field(ge=0, json_schema_extra={"minimum": 0})] | None = (
        Field(
            default=None,
            description="Amount in the currency; `null` if it is not decided.",
        )
    )
    text: Text | None = Field(
        default=None, description="Words in place of an amount, such as `on request`."
    )
    currency: str | None = Field(
        default=None, pattern=CURRENCY, description="ISO 4217 code of the amount."
    )
    per: str | None = Field(default=None, description="The unit that the amount buys.")
    effective_on: Day | None = Field(
        default=None, description="First day of this price."
    )
    proof: tuple[str, ...] = Field(
        default=(), description="Claims as ALTERNATIVE.CLAIM, such as redis.y4."
    )

    @model_validator(mode="after")
    def _is_one_price(self) -> Self:
        if self.amount is not None and self.text:
            raise ValueError("a price has an amount or a text; remove one of them")
        if self.amount is not None and not self.currency:
            raise ValueError("an amount needs its currency; add one such as USD")
        return self

    @property
    def decided(self) -> bool:
        """Whether it can be told."""
        return self.amount is not None or self.text is not None


class Partner(Model):
    """Who sells or delivers with us."""

    key: Key = Field(description="Short key, used in task keys.")
    name: Text = Field(description="Name.")
    kind: str | None = Field(default=None, description="Such as reseller or services.")
    benefit: Text | None = Field(
        default=None, description="Their gain besides the margin, as a sentence."
    )
    margin: Text | None = Field(
        default=None, description="Their margin, such as `25 % of the list price`."
    )
    order: Text | None = Field(
        default=None, description="How they order or register a deal, as a sentence."
    )
    link: PublicLink | None = Field(
        default=None, description="The page on which they order or register."
    )
    asks: tuple[Text, ...] = Field(
        default=(), description="Our requests to them, each beginning with a verb."
    )


#: a figure with its unit behind it
_WITH_UNIT = re.compile(r"\s*([-+]?[0-9]+(?:\.[0-9]+)?)\s*([^\s0-9.,].{0,39})")
#: a number, in a file with or without its unit
Figure = Annotated[
    Amount,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                {
                    "type": "string",
                    "pattern": r"^\s*[-+]?[0-9]+(\.[0-9]+)?\s*[^\s0-9.,]",
                },
            ]
        }
    ),
]


class Goal(Model):
    """A figure that the launch must reach, and the day."""

    metric: Text = Field(description="The thing that is counted.")
    unit: Text | None = Field(
        default=None, description="Unit of its figures, such as `%` or `USD`."
    )
    baseline: Figure | None = Field(default=None, description="Today's figure.")
    target: Figure = Field(description="The figure to reach, such as 500 or `40 %`.")
    by: Day = Field(description="The day to reach it.")
    actual: Figure | None = Field(
        default=None, description="The figure that was measured."
    )
    measured_on: Day | None = Field(
        default=None, description="The day on which it was measured."
    )

    @model_validator(mode="before")
    @classmethod
    def _with_unit(cls, given: object) -> object:
        """Take the unit out of figures such as `40 %`; all have the same one."""
        if not isinstance(given, Mapping):
            return given
        figures = dict(given)
        units = []
        for key in ("baseline", "target", "actual"):
            found = _WITH_UNIT.fullmatch(str(given.get(key) or ""))
            if found and isinstance(given[key], str):
                figures[key] = found[1]
                units.append(found[2])
        if given.get("unit") is not None:
            units.append(str(given["unit"]))
        if len(set(units)) > 1:
            raise ValueError(
                f"has figures in {units[0]} and in {units[-1]}; use one unit"
            )
        return {**figures, "unit": units[0]} if units else given

    @property
    def reached(self) -> bool | None:
        """Whether the target was reached, up or down from the baseline.

        Returns None if nothing was measured.
        """
        if self.actual is None:
            return None
        down = self.baseline is not None and self.target < self.baseline
        return self.actual <= self.target if down else self.actual >= self.target

    @property
    def share(self) -> float | None:
        """How much of the way from the baseline to the target was gone.

        Returns None if that cannot be said.
        """
        start = self.baseline or 0
        if self.actual is None or self.target == start:
            return None
        return (self.actual - start) / (self.target - start)


class Faq(Model):
    """A question with its answer."""

    ask: Text = Field(description="The question.")
    answer: Text = Field(description="The answer.")
    audience: Audience = Field(
        default=Audience.INTERNAL, description="Widest circle that may read it."
    )
    proof: tuple[str, ...] = Field(
        default=(), description="Claims as ALTERNATIVE.CLAIM, such as redis.y4."
    )
    source: Source | None = Field(
        default=None, description="Its source, if no claim proves it: url and as_of."
    )
    own_word: bool = Field(
        default=False,
        description="Whether it is our own word about our own offer, which needs no source: "
        "a warranty, a notice period, support hours, a price.",
    )


class Commitment(Model):
    """A promise to customers or partners, such as support or a warranty."""

    text: Text = Field(description="The promise, as a sentence.")
    until: Day | None = Field(default=None, description="Last day on which it holds.")
    role: str | None = Field(
        default=None, description="Role that keeps it; lead when left out."
    )
    audience: Audience = Field(
        default=Audience.INTERNAL, description="Widest circle that may read it."
    )
    source: Source | None = Field(
        default=None, description="The page that promises it: url and as_of."
    )


class DocumentChoice(Model):
    """A document as this launch wants it, different from its kit and template."""

    audience: Audience | None = Field(
        default=None, description="Its readers; the kit's task when left out."
    )
    sections: Annotated[dict[Key, Text], BeforeValidator(without_blanks)] = Field(
        default={},
        description="Section of the template → the text, in Markdown, in its place.",
    )
