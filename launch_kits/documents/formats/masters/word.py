"""Word files made in the company's own one: its styles, page, header and footer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from launch_kits.documents.formats.masters.office_file import (
    OfficeMaster,
    must_be_clean,
)
from launch_kits.documents.formats.metadata import DocumentMetadata

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part
    from docx.opc.rel import Relationships
    from docx.section import _Footer, _Header
    from docx.text.paragraph import Paragraph

__all__ = ["own_file", "style_in"]

#: style that a document may use → the one in its place if the master does not have it
_INSTEAD: Mapping[str, str] = {
    **{f"Heading {level}": f"Heading {level - 1}" for level in (2, 3, 4)},
    **{
        f"List {kind} {depth}": f"List {kind}{f' {depth - 1}' if depth > 2 else ''}"  # noqa: PLR2004
        for kind in ("Bullet", "Number", "Continue")
        for depth in (2, 3)
    },
}
#: styles without which no document can be made; the lists have their own numbering
_NEEDED = ("Title", "Heading 1", "List Bullet", "List Number")
_LISTS = ("List Bullet", "List Number")
#: the ends of the types of relations that belong to the text that is taken out
_OF_TEXT = (
    *("/image", "/hyperlink", "/oleObject", "/package", "/chart", "/video", "/audio"),
    *("/comments", "/commentsExtended", "/commentsIds", "/people", "/aFChunk"),
    *("/subDocument", "/control", "/diagramData", "/diagramLayout", "/thumbnail"),
    *("/diagramColors", "/diagramQuickStyle", "/media"),
)


def own_file(
    metadata: DocumentMetadata, master: OfficeMaster, *, title: str
) -> Document:
    """Open a master without its text; its header and footer tell about the document.

    Raises DocumentError, which names the file, the style that is missing and the remedy.
    """
    import docx

    with master.reading():
        made = docx.Document(BytesIO(_emptied(master)))
        values = {
            "{title}": title,
            "{product}": metadata.product,
            "{reader}": metadata.reader,
            "{day}": metadata.footer_day.removesuffix(" · "),
        }
        edges = list(_edges(made))
        told = [_filled(each, values) for each in edges]
        if not any("{reader}" in names for names in told):
            _sign(made, " · ".join(filter(None, values.values())))
        return made


@lru_cache(maxsize=2)
def _emptied(master: OfficeMaster) -> bytes:
    """The file without text, and without the parts that its text alone uses."""
    import docx
    from docx.oxml.ns import qn

    with master.reading():
        made = docx.Document(BytesIO(master.data))
        body = made.element.body
        for block in list(body):
            if block.tag != qn("w:sectPr"):
                body.remove(block)
        used = made.element.xml
        _remove(made.part.rels, lambda key: f'"{key}"' not in used)
        _remove(made.part.package.rels, lambda key: True)
        for rel in made.part.rels.values():
            if rel.reltype.endswith(("/footnotes", "/endnotes")):
                _remove_notes(rel.target_part)
        _must_have_styles(master, made)
        saved = BytesIO()
        made.save(saved)
    clean = replace(master, data=saved.getvalue())
    must_be_clean(clean)
    return clean.data


def _remove(rels: Relationships, unused: Callable[[str], bool]) -> None:
    for key, rel in list(rels.items()):
        if rel.reltype.endswith(_OF_TEXT) and unused(key):
            rels.pop(key)


def _remove_notes(part: Part) -> None:
    """Remove the notes of the text that is taken out; the lines above notes stay."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml.ns import qn
    from docx.oxml.parser import parse_xml

    notes = parse_xml(part.blob)
    for note in list(notes):
        if note.get(qn("w:type")) is None:
            notes.remove(note)
    part._blob = serialize_part_xml(notes)  # noqa: SLF001 - python-docx writes no notes


def _must_have_styles(master: OfficeMaster, file: Document) -> None:
    for name in _NEEDED:
        if name not in file.styles:
            raise master.fault(
                f'no style "{name}"; use it once in the file, then save it'
            )
    for name in _LISTS:
        properties = file.styles[name].element.pPr
        numbered = properties is not None and properties.numPr is not None
        if not numbered or properties.numPr.numId is None:
            raise master.fault(
                f'style "{name}" has no bullet or number; '
                "set one under Modify, Format, Numbering"
            )


def style_in(file: Document, name: str) -> str | None:
    """The style to use in a master; None for its usual paragraphs."""
    known = name
    while known not in file.styles and known in _INSTEAD:
        known = _INSTEAD[known]
    return known if known in file.styles else None


def _edges(file: Document) -> Iterator[_Header | _Footer]:
    """The headers and footers that the pages of a file have."""
    for section in file.sections:
        for each in (
            *(section.header, section.first_page_header, section.even_page_header),
            *(section.footer, section.first_page_footer, section.even_page_footer),
        ):
            if not each.is_linked_to_previous:
                yield each


def _filled(edge: _Header | _Footer, values: Mapping[str, str]) -> set[str]:
    """Put values into the places of a header or a footer; returns the names of the places."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    found: set[str] = set()
    for element in edge._element.iter(qn("w:p")):  # noqa: SLF001 - tables and boxes too
        paragraph = Paragraph(element, edge)
        names = {name for name in values if name in paragraph.text}
        found |= names
        if names:
            _fill(paragraph, {name: values[name] for name in names})
    return found


def _fill(paragraph: Paragraph, values: Mapping[str, str]) -> None:
    """Replace names by values; Word may have divided a name among runs."""
    runs = paragraph.runs
    for name in values:
        for first in range(len(runs)):
            last = first
            while name not in (text := "".join(r.text for r in runs[first : last + 1])):
                last += 1
                if last >= len(runs):
                    break
            else:
                runs[first].text = text.replace(name, values[name])
                for run in runs[first + 1 : last + 1]:
                    run.text = ""


def _sign(file: Document, text: str) -> None:
    """Add a line about the document to each footer, so that no copy lacks its reader."""
    for section in file.sections:
        footers = [section.footer]
        if section.different_first_page_header_footer:
            footers.append(section.first_page_footer)
        if file.settings.odd_and_even_pages_header_footer:
            footers.append(section.even_page_footer)
        for footer in footers:
            lines = footer.paragraphs
            empty = lines and not lines[-1].text and not lines[-1].runs
            line = lines[-1] if empty else footer.add_paragraph()
            if "Footer" in file.styles:
                line.style = file.styles["Footer"]
            line.add_run(text)
