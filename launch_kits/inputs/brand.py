"""The brand of a launch: the company as its documents show it, links for readers, pictures."""

from __future__ import annotations

import base64
import binascii
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.base import (
    Key,
    Model,
    PublicLink,
    Text,
    place_of,
    without_blanks,
)
from launch_kits.inputs.patterns import COLOUR

__all__ = [
    "AttachedFile",
    "Brand",
    "BriefPicture",
    "Colours",
    "DateStyle",
    "FileRef",
    "Links",
    "NextStep",
]


class DateStyle(StrEnum):
    """How documents write a date."""

    #: 2 March 2027
    DAY_FIRST = "day_first"
    #: March 2, 2027
    MONTH_FIRST = "month_first"


class AttachedFile(Model):
    """A small file that belongs to a brief, with its content in place."""

    path: Text = Field(description="Its path beside the brief, as written there.")
    content: str = Field(description="Its bytes in Base64.")

    @property
    def data(self) -> bytes:
        """Its bytes; raises ValueError if the content is not Base64."""
        try:
            return base64.b64decode(self.content, validate=True)
        except binascii.Error:
            raise ValueError(
                "the content is not Base64; name the file by its path"
            ) from None


#: a file beside the brief: its path in the brief, itself once the brief is loaded
FileRef = Annotated[
    Annotated[str, Tag("name")] | Annotated[AttachedFile, Tag("in_place")],
    Discriminator(place_of),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "object", "required": ["path", "content"]},
            ]
        }
    ),
]
Colour = Annotated[str, Field(pattern=COLOUR)]


class Colours(Model):
    """Colours of the brand, on white paper."""

    main: Colour | None = Field(
        default=None, description="Headings, table heads and rules, such as #1F4E79."
    )
    accent: Colour | None = Field(
        default=None, description="Highlights and the next step."
    )


class Brand(Model):
    """The company as its documents show it."""

    name: Text | None = Field(default=None, description="The company's name.")
    about: Text | None = Field(
        default=None,
        description="The paragraph about the company; press.about wins over it.",
    )
    website: PublicLink | None = Field(
        default=None, description="The company's website: an https link."
    )
    logo: FileRef | None = Field(
        default=None, description="PNG or SVG in the brief's folder, at most 200 KiB."
    )
    colours: Colours = Field(
        default=Colours(), description="Colours, legible on white."
    )
    font: FileRef | None = Field(
        default=None,
        description="TrueType or OpenType font in the brief's folder, at most 1 MiB.",
    )
    handles: Annotated[dict[Key, Text], BeforeValidator(without_blanks)] = Field(
        default={},
        description="Network → name there, such as linkedin: company/example.",
    )
    dates: DateStyle = Field(
        default=DateStyle.DAY_FIRST,
        description="Order of a date: 2 March 2027, or March 2, 2027.",
    )
    press_phone: Text | None = Field(
        default=None, description="Telephone number for the press."
    )

    def file(self, name: str) -> AttachedFile | None:
        """The logo or the font, if the brief has one and is loaded."""
        held = getattr(self, name)
        return held if isinstance(held, AttachedFile) else None


class NextStep(Model):
    """The step that a reader is asked to take."""

    text: Text = Field(
        description="The step, as on a button: Try it, Book a demonstration."
    )
    url: PublicLink = Field(description="Its link: https or mailto.")


class Links(Model):
    """Links for readers outside; one that is left out is printed nowhere."""

    product: PublicLink | None = Field(default=None, description="The product's page.")
    download: PublicLink | None = Field(
        default=None, description="The page to get it from."
    )
    docs: PublicLink | None = Field(default=None, description="Its documentation.")
    pricing: PublicLink | None = Field(default=None, description="Its prices.")
    next: NextStep | None = Field(
        default=None, description="The step that a reader is asked to take."
    )


class BriefPicture(Model):
    """A picture of the product, for slides and pages."""

    file: FileRef = Field(
        description="PNG, JPEG or SVG in the brief's folder, at most 400 KiB."
    )
    alt: Text = Field(description="The picture in words, for those who do not see it.")
    caption: Text | None = Field(default=None, description="The line below it.")
    audience: Audience = Field(
        default=Audience.CUSTOMER, description="Widest circle that may see it."
    )

    @property
    def attached(self) -> AttachedFile | None:
        """The file, once the brief is loaded."""
        return self.file if isinstance(self.file, AttachedFile) else None
