"""Parts of a brief beyond its positioning.

Messages, the market, quotes, and facts for the press.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.base import Amount, Model, Text
from launch_kits.inputs.source import Source

__all__ = [
    "LENGTHS",
    "Deal",
    "Finding",
    "Messages",
    "Press",
    "Quote",
    "Research",
    "Segment",
]

#: message → the words that it may have at most
LENGTHS = {"ten": 10, "twenty_five": 25, "fifty": 50, "hundred": 100}


class Messages(Model):
    """The product in 10, 25, 50 and 100 words; customers may read all."""

    ten: Text | None = Field(default=None, description="In 10 words at most.")
    twenty_five: Text | None = Field(default=None, description="In 25 words at most.")
    fifty: Text | None = Field(default=None, description="In 50 words at most.")
    hundred: Text | None = Field(default=None, description="In 100 words at most.")


class Finding(Model):
    """A finding, and its source."""

    text: Text = Field(description="The finding.")
    source: Source | None = Field(
        default=None, description="Its source: url and as_of."
    )
    audience: Audience = Field(
        default=Audience.INTERNAL, description="Widest circle that may read it."
    )


class Segment(Model):
    """A part of the market, and how large it is."""

    name: Text = Field(
        description="A group of customers that can be told apart from outside."
    )
    size: Amount | None = Field(default=None, ge=0, description="How large it is.")
    unit: str | None = Field(
        default=None, description="The unit, such as companies or USD a year."
    )
    source: Source | None = Field(
        default=None, description="Source of the figure: url and as_of."
    )


class Deal(Model):
    """A deal won or lost, and why, as the buyer said."""

    outcome: Literal["won", "lost"] = Field(description="How it ended: won or lost.")
    reason: Text = Field(description="Why, in the buyer's words.")
    against: str | None = Field(
        default=None, description="Key of the alternative that was chosen or beaten."
    )
    source: Source | None = Field(
        default=None,
        description="Its source, such as the interview's notes.",
    )


class Research(Model):
    """Research on the market; internal, except problems meant for others."""

    competence: str | None = Field(
        default=None, description="Our abilities that others cannot soon copy."
    )
    maturity: str | None = Field(
        default=None, description="How mature the technology is, and the consequence."
    )
    problems: tuple[Finding, ...] = Field(
        default=(), description="Problems that customers have, worst first."
    )
    segments: tuple[Segment, ...] = Field(
        default=(), description="Parts of the market, with their size."
    )
    deals: tuple[Deal, ...] = Field(
        default=(), description="Deals won and lost, with the buyers' reasons."
    )


class Quote(Model):
    """A quotation, its speaker, and whether they allow it to be printed."""

    text: Text = Field(description="The words, without quotation marks.")
    speaker: Text = Field(description="Name, title and company, as they are printed.")
    by: Literal["customer", "partner", "us"] = Field(
        default="customer", description="Whose voice it is."
    )
    permission: Literal["none", "asked", "given"] = Field(
        default="none",
        description="Only a quote with permission given leaves the house.",
    )
    source: Source | None = Field(
        default=None, description="Its source: url and as_of."
    )


class Press(Model):
    """Facts that a press release needs beside the news."""

    place: str | None = Field(
        default=None, description="Place of the dateline, such as Berlin."
    )
    about: str | None = Field(
        default=None, description="The paragraph about the company at the end."
    )
    contact: str | None = Field(
        default=None,
        description="Role of the team that the press turns to; marketing when left out.",
    )
