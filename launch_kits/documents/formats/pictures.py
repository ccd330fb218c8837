"""Pictures in documents, drawn only if a format shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

__all__ = ["DocumentPicture", "Picture", "Pictures"]

#: the width of a PNG picture in mm, by which the size of its texts is chosen
_WIDTH = 297


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the outline of a document, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class DocumentPicture:
    """A picture that a template places with a line such as ``<!-- picture: timeline -->``."""

    title: str
    #: the picture in words, for those who cannot see it
    description: str
    #: returns it as SVG, for light paper
    light: Callable[[], str]
    #: the same, with the colours of the reader's light or dark page
    themed: Callable[[], str]
    #: its height relative to its width
    proportion: float
    #: whether it needs a page of its own, as wide as it gets
    wide: bool = False

    def png(self, *, day: date) -> bytes:
        """Draw it as a PNG file. ``day`` is the file's date."""
        from launch_kits.documents.formats.typst import compiler

        return compiler().picture(
            self.light(),
            width=_WIDTH,
            title=self.title,
            description=self.description,
            kind="png",
            day=day,
        )


#: the name of a picture → the picture
Pictures: TypeAlias = Mapping[str, DocumentPicture]
