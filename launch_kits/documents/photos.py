"""The pictures of a brief, as documents show them."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from io import BytesIO
from typing import Literal
from xml.etree import ElementTree as ET

from launch_kits.documents.formats.characters import one_line
from launch_kits.documents.formats.pictures import DocumentPicture, Photo, Pictures
from launch_kits.errors import DocumentError
from launch_kits.inputs.attachments import kind_of_file
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brand import BriefPicture
from launch_kits.inputs.brief import Brief

__all__ = ["photos_of"]

#: the quality of a photo that is written anew
_QUALITY = 90
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")
#: the height of an SVG without a size, relative to its width
_USUAL = 0.75


def photos_of(brief: Brief, reader: Audience, names: AbstractSet[str]) -> Pictures:
    """The named pictures that a reader may see: ``product1`` is the first of the brief."""
    return {
        name: _picture(picture, brief.product, number)
        for number, picture in enumerate(brief.pictures, 1)
        if (name := f"product{number}") in names
        and picture.attached is not None
        and reader.may_read(picture.audience)
    }


def _picture(picture: BriefPicture, product: str, number: int) -> DocumentPicture:
    data = picture.attached.data if picture.attached else b""
    described = one_line(picture.alt)
    caption = one_line(picture.caption or "")
    kind = kind_of_file(data)
    if kind in ("png", "jpeg"):
        try:
            photo, proportion = _photo(data, "png" if kind == "png" else "jpeg")
        except (OSError, SyntaxError, ValueError):
            raise DocumentError(
                f"picture {number} of the brief is damaged; save it again"
            ) from None
        return DocumentPicture(
            title=one_line(product),
            description=described,
            proportion=proportion,
            photo=photo,
            caption=caption,
            fitted=True,
        )
    text = data.decode("utf-8-sig")
    return DocumentPicture(
        title=one_line(product),
        description=described,
        proportion=_proportion(text),
        light=lambda: text,
        caption=caption,
        fitted=True,
    )


def _photo(data: bytes, kind: Literal["png", "jpeg"]) -> tuple[Photo, float]:
    """A photo, and its height relative to its width.

    The notes of a camera, such as the place, are left out; a photo that they turn is turned.
    """
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as image:
        if image.getexif():
            turned = ImageOps.exif_transpose(image)
            made = BytesIO()
            # the file is written without notes, unless they are given
            turned.info.pop("exif", None)
            turned.save(made, kind.upper(), quality=_QUALITY)
            return Photo(kind, made.getvalue(), turned.width), (
                turned.height / turned.width
            )
        return Photo(kind, data, image.width), image.height / image.width


def _proportion(svg: str) -> float:
    """The height of an SVG relative to its width, by its box or its size."""
    root = ET.fromstring(svg)  # noqa: S314 - checked when the brief was read
    width = _number(root.get("width"))
    height = _number(root.get("height"))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    # a view box is x, y, width, height
    if len(box) == 4:  # noqa: PLR2004
        width = _number(box[2])
        height = _number(box[3])
    return height / width if width and height else _USUAL


def _number(written: str | None) -> float:
    """The number of a length, without its unit; 0 for other texts."""
    found = _NUMBER.fullmatch(written or "")
    return float(found[1]) if found else 0.0
