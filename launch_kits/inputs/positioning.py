"""Positioning: the product among the alternatives of its customers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from launch_kits.inputs.base import Key, Model, Text, named_or_in_place, place_of
from launch_kits.inputs.ledger import Ledger

__all__ = ["Alternative", "Attribute", "Positioning", "Theme"]

LedgerRef = Annotated[
    Annotated[str, Tag("name")] | Annotated[Ledger, Tag("in_place")],
    Discriminator(place_of),
    named_or_in_place("Ledger"),
]


class Alternative(Model):
    """An alternative to us; a competitor if it has claims."""

    key: Key = Field(description="Short key, used in task keys and in proofs.")
    name: Text = Field(description="As customers call it.")
    why: str | None = Field(default=None, description="Why customers choose it.")
    claims: LedgerRef | None = Field(
        default=None, description="Claims ledger: a path, a name, or the ledger itself."
    )

    @property
    def ledger(self) -> Ledger | None:
        """The ledger in place, or None for an alternative that has none."""
        return self.claims if isinstance(self.claims, Ledger) else None


class Attribute(Model):
    """An attribute that only we have, its value, and its proof."""

    key: Key = Field(description="Short key.")
    text: Text = Field(description="The attribute.")
    lacked_by: tuple[str, ...] = Field(
        default=(), description="Alternatives that lack it."
    )
    value: Text = Field(description="Its value to a customer.")
    proof: tuple[str, ...] = Field(
        default=(), description="Claims as ALTERNATIVE.CLAIM, such as redis.y4."
    )


class Theme(Model):
    """A message of the house, resting on attributes."""

    title: Text = Field(description="The message.")
    attributes: tuple[str, ...] = Field(
        default=(), description="Keys of the attributes that carry it."
    )


class Positioning(Model):
    """The product's position in its market."""

    category: Text | None = Field(
        default=None, description="Market category that makes the value obvious."
    )
    need: str | None = Field(
        default=None,
        description="The need of the best-fit customer, completing “who …”.",
    )
    benefit: str | None = Field(
        default=None, description="The key benefit, completing “that …”."
    )
    trend: str | None = Field(
        default=None, description="A trend that makes this matter now."
    )
    customers: Text | None = Field(
        default=None,
        description="The customers that it is for, as a part of a sentence: “teams that …”.",
    )
    best_fit: tuple[Text, ...] = Field(
        default=(),
        description="Traits of a best-fit customer that can be seen before a sale.",
    )
    alternatives: tuple[Alternative, ...] = Field(
        default=(), description="Alternatives of customers without us."
    )
    attributes: tuple[Attribute, ...] = Field(
        default=(), description="Attributes that only we have."
    )
    themes: tuple[Theme, ...] = Field(
        default=(), description="Messages, strongest first."
    )
