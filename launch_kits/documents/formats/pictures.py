"""Pictures in documents, drawn only if a format shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

__all__ = ["DocumentPicture", "Photo", "Picture", "Pictures"]

#: the width of a PNG picture in mm, by which the size of its texts is chosen
_WIDTH = 297
#: the room on a page in mm, as wide as its text and as high as a third of it
_PAGE = (176.0, 85.0)
#: the points of a photo in a mm on paper, at least
_DENSITY = 4.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the outline of a document, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that is no drawing: a PNG or JPEG file, with its width in points."""

    kind: Literal["png", "jpeg"]
    data: bytes
    width: int


@dataclass(frozen=True, slots=True)
class DocumentPicture:
    """A picture that a template places with a line such as ``<!-- picture: timeline -->``."""

    title: str
    #: the picture in words, for those who cannot see it
    description: str
    #: its height relative to its width
    proportion: float
    #: returns it as SVG, for light paper; None for a photo
    light: Callable[[], str] | None = None
    #: the same, with the colours of the reader's light or dark page, if it has them
    themed: Callable[[], str] | None = None
    photo: Photo | None = None
    #: the line below it
    caption: str = ""
    #: whether it needs a page of its own, as wide as it gets
    wide: bool = False
    #: whether it may be smaller than the text is wide
    fitted: bool = False
    #: its width at most, relative to that of the text
    most: float = 1.0

    @property
    def share(self) -> float:
        """Its width relative to that of the text on a page."""
        if not self.fitted:
            return self.most
        width, height = _PAGE
        most = self.photo.width / _DENSITY if self.photo else width
        return min(self.most, height / self.proportion / width, most / width)

    def for_page(self) -> tuple[str, bytes]:
        """Its type (MIME) and its content, for a browser."""
        if self.photo is not None:
            return f"image/{self.photo.kind}", self.photo.data
        return "image/svg+xml", _drawn(self.themed or self.light).encode()

    def for_print(self) -> tuple[str, str | bytes]:
        """Its kind, svg, png or jpeg, and its content, for a PDF file."""
        if self.photo is not None:
            return self.photo.kind, self.photo.data
        return "svg", _drawn(self.light)

    def bitmap(self, *, day: date) -> bytes:
        """The content of a PNG or JPEG file. ``day`` is the date of a file that is drawn."""
        if self.photo is not None:
            return self.photo.data
        from launch_kits.documents.formats.typst import compiler

        return compiler().picture(
            _drawn(self.light),
            width=_WIDTH,
            title=self.title,
            description=self.description,
            kind="png",
            day=day,
        )


def _drawn(draw: Callable[[], str] | None) -> str:
    return draw() if draw is not None else ""


#: the name of a picture → the picture
Pictures: TypeAlias = Mapping[str, DocumentPicture]
