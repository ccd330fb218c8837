"""Characters that no font of this machine can show: a PDF file has boxes in their place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from io import BytesIO
from threading import Lock
from unicodedata import category

from launch_kits.documents.formats.look import PLAIN, BrandLook
from launch_kits.documents.formats.typst import compiler

__all__ = ["REMEDY", "FontReach", "reach_of"]

#: the ways to show them
REMEDY = (
    "install fonts that have them, such as `apt-get install fonts-noto-cjk "
    "fonts-noto-color-emoji fonts-noto-core`, or name one under `brand.font`"
)
#: the encodings whose letters the project's own fonts have
_OWN = ("cp1252", "cp1251", "cp1253")
#: characters that are looked for at once, a page for each
_AT_ONCE = 200
#: characters of one text that are looked for at most; a text has few others than letters
_MOST = 2_000
#: categories without a shape of their own: controls, spaces, marks on other characters
_SHAPELESS = ("C", "Z", "M")
#: private characters have the category of controls, and a shape only by a font
_PRIVATE = "Co"
#: the number of the shape for a character that a font does not have, in two bytes
_MISSING = b"\0\0"
#: the same day for every probe: it is thrown away
_DAY = date(2000, 1, 1)


class FontReach:
    """The characters that the fonts of this machine show, and a brand's font.

    Each character is looked for once, by making a page with it.
    """

    def __init__(self, look: BrandLook = PLAIN) -> None:
        self._look = look
        self._known: dict[str, bool] = {}
        self._lock = Lock()

    def missing(self, text: str) -> str:
        """The characters of a text that are shown as boxes, each once, in their order."""
        asked = list(filter(_is_rare, dict.fromkeys(text)))[:_MOST]
        with self._lock:
            unknown = [each for each in asked if each not in self._known]
            for at in range(0, len(unknown), _AT_ONCE):
                part = unknown[at : at + _AT_ONCE]
                self._known.update(zip(part, self._shown(part), strict=True))
            return "".join(each for each in asked if not self._known[each])

    def _shown(self, characters: Sequence[str]) -> list[bool]:
        """Whether each character has a shape in a font."""
        from pypdf import PdfReader
        from pypdf.generic import ContentStream

        document = json.dumps({"characters": characters, "family": self._look.family})
        probe = compiler(self._look.font).probe(document, day=_DAY)
        file = PdfReader(BytesIO(probe))
        return [
            _MISSING not in _shapes(ContentStream(page["/Contents"], file).operations)
            for page in file.pages
        ]


_PLAIN = FontReach()


def reach_of(look: BrandLook) -> FontReach:
    """The reach of the fonts for a look; that without a brand's font is kept."""
    return FontReach(look) if look.font else _PLAIN


@lru_cache(maxsize=8192)
def _is_rare(character: str) -> bool:
    """Whether a character may have no shape in the project's own fonts."""
    kind = category(character)
    if kind.startswith(_SHAPELESS) and kind != _PRIVATE:
        return False
    return not any(_is_in(character, encoding) for encoding in _OWN)


def _is_in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _shapes(operations: Iterable[tuple[list[object], bytes]]) -> Iterator[bytes]:
    """Yield the numbers of the shapes that a page shows, each in two bytes."""
    for operands, operator in operations:
        if operator not in {b"TJ", b"Tj"} or not operands:
            continue
        shown = operands[0] if operator == b"TJ" else operands
        for piece in shown if isinstance(shown, list) else ():
            numbers = getattr(piece, "original_bytes", b"")
            yield from (numbers[at : at + 2] for at in range(0, len(numbers), 2))
