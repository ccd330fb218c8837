"""Reads texts from Markdown, plain text, HTML, Word, PowerPoint and PDF files, within bounds."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from launch_kits.errors import Fault, InputError
from launch_kits.inputs.document_types import has_document_type
from launch_kits.lint.against.html_text import parts_of_html
from launch_kits.lint.against.pdf_text import parts_of_pdf
from launch_kits.lint.against.texts import OutsideText, PlacedText, TooLong, text_of
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.shapes.base import BaseShape
    from pptx.text.text import TextFrame

__all__ = ["KINDS", "PASTED", "read_pasted", "read_text"]

#: the name of a text that came without a file
PASTED = "-"
MIB = 1024 * 1024
#: bytes of one file, and of the files in it if it is a zip file
MOST_BYTES = 50 * MIB
MOST_UNPACKED = 200 * MIB
#: bytes of one part of a Word or PowerPoint file that is read as XML, which takes 20 times as much
MOST_XML = 20 * MIB
MOST_MEMBERS = 5_000
#: pages of a PDF file, shapes in groups of a slide
MOST_PAGES = 1_000
DEEPEST = 20
#: lines of Markdown and of plain text that begin a paragraph of their own
_BEGINS = re.compile(r"\s*(?:[-*+>#|]|\d+[.)]\s|\[\^)")


class _Unreadable(Exception):
    """A file that is not of its kind, or that is too large."""


def read_text(path: Path) -> OutsideText:
    """Read a text by its file; the ending of its name gives its kind.

    Raises InputError for a file that is missing, too large, broken, or of another kind.
    """
    read = _READERS.get(path.suffix.casefold())
    if read is None:
        kinds = ", ".join(KINDS)
        message = f"not a text that can be read here; use one of {kinds}"
        raise _error(path, "unknown-file", message)
    try:
        raw = read_file(path, most=MOST_BYTES)
    except NotAFile as error:
        raise _error(path, "not-a-file", f"this is {error}; name a file") from None
    except TooLarge:
        message = f"larger than {MOST_BYTES // MIB} MiB; split it"
        raise _error(path, "too-large", message) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "cannot be read").lower()
        message = f"{reason}; check the path and its permissions"
        raise _error(path, "unreadable", message) from None
    try:
        return read(str(path), raw)
    except (_Unreadable, TooLong) as error:
        raise _error(path, "unreadable-text", str(error)) from None


def read_pasted(raw: bytes) -> OutsideText:
    """Read a text that came without a file; raises InputError as `read_text` does."""
    if len(raw) > MOST_BYTES:
        message = f"larger than {MOST_BYTES // MIB} MiB; split it"
        raise _error(PASTED, "too-large", message)
    try:
        return _plain(PASTED, raw)
    except (_Unreadable, TooLong) as error:
        raise _error(PASTED, "unreadable-text", str(error)) from None


def _error(path: object, code: str, message: str) -> InputError:
    return InputError([Fault(str(path), None, code, message)])


def _plain(path: str, raw: bytes) -> OutsideText:
    return text_of(path, _lines(_decoded(raw).splitlines()))


def _html(path: str, raw: bytes) -> OutsideText:
    return text_of(path, parts_of_html(_decoded(raw)))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = f"not UTF-8 text (line {line}); save the file as UTF-8"
        raise _Unreadable(message) from None


def _lines(lines: list[str]) -> Iterator[PlacedText]:
    parted = True
    for number, line in enumerate(lines, 1):
        goes_on = not parted and not _BEGINS.match(line)
        yield PlacedText(f"line {number}", line, goes_on=goes_on)
        parted = not line.strip()


def _docx(path: str, raw: bytes) -> OutsideText:
    import docx

    _must_be_harmless(raw)
    with _reading("a Word file"):
        document = docx.Document(BytesIO(raw))
        subject = document.core_properties.subject
        return text_of(path, _docx_parts(document), subject=subject)


def _docx_parts(document: Document) -> Iterator[PlacedText]:
    from docx.table import Table, _Cell

    paragraph = table = 0
    for block in document.iter_inner_content():
        if not isinstance(block, Table):
            paragraph += 1
            yield PlacedText(f"paragraph {paragraph}", _unnumbered(block))
            continue
        table += 1
        for number, row in enumerate(block.rows, 1):
            # `row.cells` repeats a cell for each column it spans, of which a file names any number
            for part in row._tr.tc_lst:  # noqa: SLF001  the public way is that one
                for line in _Cell(part, block).paragraphs:
                    yield PlacedText(f"table {table}, row {number}", _unnumbered(line))
    for section in document.sections:
        for name, held in (("header", section.header), ("footer", section.footer)):
            for line in held.paragraphs:
                yield PlacedText(name, line.text)


def _unnumbered(paragraph: Paragraph) -> str:
    """The text of a paragraph, without the raised numbers of footnotes."""
    from docx.text.hyperlink import Hyperlink

    return "".join(
        part.text
        for part in paragraph.iter_inner_content()
        if isinstance(part, Hyperlink) or not part.font.superscript
    )


def _pptx(path: str, raw: bytes) -> OutsideText:
    from pptx import Presentation

    _must_be_harmless(raw)
    with _reading("a PowerPoint file"):
        file = Presentation(BytesIO(raw))
        parts: list[PlacedText] = []
        for number, slide in enumerate(file.slides, 1):
            place = f"slide {number}"
            parts += [PlacedText(place, text) for text in _shapes(slide.shapes)]
            if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
                said = slide.notes_slide.notes_text_frame.text.splitlines()
                parts += [PlacedText(f"{place}, notes", line) for line in said]
        return text_of(path, parts, subject=file.core_properties.subject)


def _shapes(shapes: Iterable[BaseShape], depth: int = 0) -> Iterator[str]:
    """Yield the texts of shapes: of paragraphs, of cells, and of shapes in groups."""
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.shapes.group import GroupShape

    for shape in shapes:
        if isinstance(shape, GroupShape):
            if depth < DEEPEST:
                yield from _shapes(shape.shapes, depth + 1)
        elif isinstance(shape, GraphicFrame) and shape.has_table:
            for cell in (cell for row in shape.table.rows for cell in row.cells):
                yield from _lines_of(cell.text_frame)
        elif shape.has_text_frame:
            yield from _lines_of(shape.text_frame)  # type: ignore[attr-defined]


def _lines_of(frame: TextFrame) -> Iterator[str]:
    """Yield the lines of a shape or a cell, without the raised numbers of footnotes."""
    for paragraph in frame.paragraphs:
        pieces = paragraph._p.content_children  # noqa: SLF001 - fields and line breaks too
        shown = (piece.text for piece in pieces if not _is_raised(piece))
        yield from "".join(shown).splitlines()


def _is_raised(piece: BaseOxmlElement) -> bool:
    """Whether a run of a slide is raised above its line."""
    baselines = piece.xpath("./a:rPr/@baseline")
    return any(not str(each).startswith(("-", "0")) for each in baselines)


def _must_be_harmless(raw: bytes) -> None:
    """Refuse a zip file that would take too much memory, or has a document type."""
    try:
        with ZipFile(BytesIO(raw)) as file:
            _must_unpack_small(file.infolist())
            for member in file.infolist():
                if _is_xml(member) and has_document_type(file.read(member)):
                    raise _Unreadable(
                        f"has a document type (<!DOCTYPE) in {member.filename}; "
                        "open it in Word or PowerPoint, and save it again"
                    )
    except (
        *(BadZipFile, EOFError, ValueError, NotImplementedError),
        *(RuntimeError, ZlibError),
    ) as error:
        message = "not a Word or PowerPoint file; save it again as .docx or .pptx"
        raise _Unreadable(message) from error


def _is_xml(member: ZipInfo) -> bool:
    return member.filename.casefold().endswith((".xml", ".rels"))


def _must_unpack_small(members: Sequence[ZipInfo]) -> None:
    """Refuse too many or too large members, before one is unpacked."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise _Unreadable(
            f"unpacks to more than {MOST_UNPACKED // MIB} MiB or {MOST_MEMBERS:,} files; "
            "take pictures and films out of it"
        )
    if any(member.file_size > MOST_XML for member in members if _is_xml(member)):
        raise _Unreadable(f"has a part of more than {MOST_XML // MIB} MiB; split it")


def _pdf(path: str, raw: bytes) -> OutsideText:
    from pypdf import PdfReader

    # it logs each small fault of a file that it reads all the same
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with _reading("a PDF file"):
        file = PdfReader(BytesIO(raw))
        if file.is_encrypted:
            raise _Unreadable("has a password; save it without one")
        if len(file.pages) > MOST_PAGES:
            raise _Unreadable(f"has more than {MOST_PAGES:,} pages; split it")
        about = file.metadata
        subject = (about and about.subject) or ""
        return text_of(path, parts_of_pdf(file), subject=subject)


@contextmanager
def _reading(kind: str) -> Iterator[None]:
    """Translate the errors of a library, and name the kind of file."""
    try:
        yield
    except (_Unreadable, TooLong):
        raise
    except Exception as error:
        message = f"not {kind} that can be read; save it again"
        raise _Unreadable(message) from error


_READERS: Mapping[str, Callable[[str, bytes], OutsideText]] = {
    ".md": _plain,
    ".txt": _plain,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pptx": _pptx,
    ".pdf": _pdf,
}
#: the endings of the files that can be read
KINDS = tuple(_READERS)
