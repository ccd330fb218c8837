"""The text of a PDF file: of its tagged blocks, or else of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launch_kits.lint.against.texts import PlacedText

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject

__all__ = ["parts_of_pdf"]

#: the numbers of footnotes, and their height relative to the text before
_NUMBERS = re.compile(r"\s*\d+(?:,\s?\d+)*\s*")
_SMALL = 0.85
#: structure types whose text goes on in the block around them (ISO 32000-1, 14.8.4)
_INLINE = frozenset(
    """
    /Span /Strong /Em /Link /Quote /Reference /Annot /NonStruct /Sub /BibEntry /Code
    """.split()  # noqa: SIM905  a list would have a line for each word
)
#: structure types whose pieces are labels of a drawing, not one text
_DRAWN = frozenset({"/Figure", "/Formula"})
#: elements of a structure that are read at most
_MOST_ELEMENTS = 500_000


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, cell, item or heading of a tagged file."""

    number: int
    drawn: bool = False


#: what headers, footers and text without a tag belong to; each piece is a part of its own
_OUTSIDE = _Block(-1, drawn=True)

#: (object number of a page, number of marked content) → its block
_Blocks = Mapping[tuple[int, int], _Block]


def parts_of_pdf(file: PdfReader) -> Iterator[PlacedText]:
    """Yield the blocks of a tagged file, or else the pages, without numbers of footnotes.

    A vertical tab parts the lines of a page: a sentence may go on across them.
    """
    blocks = _blocks(file)
    before: _Block | None = None
    for number, page in enumerate(file.pages, 1):
        place = f"page {number}"
        pieces = _pieces(page, blocks)
        if not blocks:
            text = "".join(piece.text for piece in pieces)
            yield PlacedText(place, text.replace("\n", "\v"))
            continue
        for block, text in _joined(pieces):
            yield PlacedText(place, text, goes_on=block == before and not block.drawn)
            if block is not _OUTSIDE:
                before = block


@dataclass(frozen=True, slots=True)
class _Piece:
    block: _Block
    text: str


def _joined(pieces: Sequence[_Piece]) -> Iterator[tuple[_Block, str]]:
    """Yield the text of each block in order; a piece outside of all blocks by itself."""
    held: list[str] = []
    block = _OUTSIDE
    for piece in (each for each in pieces if each.text.strip() or held):
        if held and (piece.block != block or block.drawn):
            yield block, " ".join("".join(held).split())
            held = []
        block = piece.block
        held.append(piece.text)
    if held:
        yield block, " ".join("".join(held).split())


@dataclass(slots=True)
class _Marks:
    """The block of the text that a page shows at a moment."""

    blocks: _Blocks
    page: int
    open: list[_Block] = field(default_factory=list)

    def see(self, operator: bytes, operands: Sequence[object]) -> None:
        """Follow the operators that begin and end marked content."""
        if operator in {b"BDC", b"BMC"}:
            self.open.append(self._begun(operands))
        elif operator == b"EMC" and self.open:
            self.open.pop()

    def _begun(self, operands: Sequence[object]) -> _Block:
        marks = operands[1] if len(operands) > 1 else None
        number = marks.get("/MCID") if isinstance(marks, dict) else None
        if isinstance(number, int):
            return self.blocks.get((self.page, number), _OUTSIDE)
        inherits = self.open and operands and operands[0] != "/Artifact"
        return self.open[-1] if inherits else _OUTSIDE

    @property
    def block(self) -> _Block:
        return self.open[-1] if self.open else _OUTSIDE


def _pieces(page: PageObject, blocks: _Blocks) -> Sequence[_Piece]:
    """The pieces of text of a page, in the order in which it shows them."""
    pieces: list[_Piece] = []
    marks = _Marks(blocks, _number(page))
    usual = 0.0

    def keep(
        text: str, frame: list[float], line: list[float], _font: object, size: float
    ) -> None:
        nonlocal usual
        height = abs(size * frame[3] * line[3])
        if _NUMBERS.fullmatch(text) and height < _SMALL * usual:
            return
        if text.strip():
            usual = height
        if text:
            pieces.append(_Piece(marks.block, text))

    def see(operator: bytes, operands: list[object], *_: object) -> None:
        marks.see(operator, operands)

    page.extract_text(visitor_text=keep, visitor_operand_before=see)
    return pieces


def _number(thing: DictionaryObject) -> int:
    reference = thing.indirect_reference
    return reference.idnum if reference is not None else -1


def _blocks(file: PdfReader) -> _Blocks:
    """The block of each marked content; empty if the file is not tagged.

    Nested elements are kept in a list, not in calls: a file may nest them deeply.
    """
    root = file.root_object.get("/StructTreeRoot")
    if root is None:
        return {}
    found: dict[tuple[int, int], _Block] = {}
    roles = _dictionary(_dictionary(root).get("/RoleMap"))
    left: list[tuple[object, _Block, int]] = [(root, _Block(0), -1)]
    for number in range(_MOST_ELEMENTS):
        if not left:
            break
        kid, block, page = left.pop()
        thing = _resolved(kid)
        if isinstance(thing, int):
            found[page, thing] = block
            continue
        if not isinstance(thing, dict):
            continue
        if "/Pg" in thing:
            page = _number(_dictionary(thing["/Pg"]))
        if "/MCID" in thing:
            found[page, thing["/MCID"]] = block
            continue
        kind = roles.get(thing.get("/S"), thing.get("/S"))
        if kind not in _INLINE:
            block = _Block(number, drawn=kind in _DRAWN or block.drawn)
        kids = _resolved(thing.get("/K"))
        every = kids if isinstance(kids, list) else [kids]
        left += [(each, block, page) for each in every]
    return found


def _resolved(thing: object) -> object:
    """What a reference of a file refers to; other things as they are."""
    resolve = getattr(thing, "get_object", None)
    return resolve() if resolve is not None else thing


def _dictionary(thing: object) -> DictionaryObject:
    from pypdf.generic import DictionaryObject

    found = _resolved(thing)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
