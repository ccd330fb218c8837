"""Documents as PDF files, made by Typst."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from launch_kits.documents.formats.addresses import with_addresses
from launch_kits.documents.formats.blocks import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Rule,
    Run,
    Runs,
    Section,
    Table,
    plain,
)
from launch_kits.documents.formats.characters import is_right_to_left
from launch_kits.documents.formats.limits import must_be_small, parts_of
from launch_kits.documents.formats.look import BrandLook
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.outline import outline, title_of
from launch_kits.documents.formats.page_fitting import fitted
from launch_kits.documents.formats.pictures import DocumentPicture, Picture, Pictures
from launch_kits.documents.formats.sections import Layout
from launch_kits.documents.formats.typst import compiler

__all__ = ["document_of", "to_pdf"]

#: items of a folded list that stay in one column
TOGETHER = 6

#: the part of a long word that stays on one line
_LONG = re.compile(r"[^\s\u200b]{24}(?=[^\s\u200b])")
#: where a long word, such as an address, breaks rather
_PARTED = re.compile(r"(?<=[^\s\u200b]{12}[/-])(?=[^\s\u200b/-])")

#: a day in words, within which a line of a paragraph does not break
_DAY = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December) \d{4}\b"
)


def to_pdf(
    markdown: str,
    metadata: DocumentMetadata,
    pictures: Pictures | None = None,
    *,
    one_page: bool = False,
) -> bytes:
    """Make a PDF file of a document.

    The text has the size with which its pages end well (see `fitted`). Characters that the
    project's fonts lack, such as Chinese ones, are taken from the fonts of the machine.

    Returns the same bytes for the same document and metadata.
    """
    document = document_of(markdown, metadata, pictures or {})

    def compiled(size: float) -> bytes:
        text = json.dumps({**document, "size": size})
        return compiler(metadata.look.font).compile(text, day=metadata.day)

    return fitted(compiled, one_page=one_page)


def document_of(
    markdown: str, metadata: DocumentMetadata, pictures: Pictures | None = None
) -> Mapping[str, object]:
    """The data of a document for the Typst program, without the text size.

    Returns values that JSON can write. Raises DocumentError if the document has too many parts.
    """
    sections = outline(markdown)
    must_be_small("pdf", parts_of(sections, name="pdf"))
    title = title_of(sections)
    groups = groupby(with_addresses(sections), key=_layout)
    shown = _pictures_in(sections) & (pictures or {}).keys()
    return {
        "about": {
            "title": title or metadata.title,
            "called": metadata.called(title),
            "product": metadata.product,
            "reader": metadata.reader,
            "author": metadata.author,
            "day": metadata.footer_day,
            "paper": metadata.paper,
        },
        "look": _look(metadata.look),
        "pictures": {
            name: _picture(picture)
            for name, picture in (pictures or {}).items()
            if name in shown
        },
        "groups": [
            {"layout": layout, "sections": [_section(part) for part in _parts(group)]}
            for layout, group in groups
        ],
    }


def _picture(picture: DocumentPicture) -> Mapping[str, object]:
    """The data of a picture; the content of a photo is a list of its bytes."""
    kind, content = picture.for_print()
    return {
        "kind": "jpg" if kind == "jpeg" else kind,
        "content": content if isinstance(content, str) else list(content),
        "description": picture.description,
        "caption": picture.caption,
        "share": picture.share,
        "wide": picture.wide,
    }


def _look(look: BrandLook) -> Mapping[str, object]:
    """The data of a brand; a logo in PNG is a list of its bytes."""
    logo: object = None
    if look.logo is not None:
        logo = look.logo.decode("utf-8-sig") if look.logo_is_svg else list(look.logo)
    return {
        "main": f"#{look.main}",
        "accent": f"#{look.accent}",
        "link": f"#{look.link}",
        "family": look.family,
        "logo": logo,
        "name": look.name,
    }


def _pictures_in(sections: Iterable[Section]) -> set[str]:
    return {
        block.name
        for section in sections
        for block in section.blocks
        if isinstance(block, Picture)
    }


def _layout(section: Section) -> Layout:
    """The layout of a section; sources have the whole width to themselves."""
    has_notes = any(isinstance(block, Notes) for block in section.blocks)
    if section.heading is None or has_notes:
        return Layout.PLAIN
    return section.layout


def _parts(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections, with long folded lists in parts that may be in two columns."""
    for section in sections:
        match section:
            case Section(Layout.FOLDED, heading, (Listing(None, items),)):
                for at in range(0, len(items) or 1, TOGETHER):
                    part = Listing(None, items[at : at + TOGETHER])
                    yield Section(Layout.FOLDED, None if at else heading, (part,))
            case _:
                yield section


def _section(section: Section) -> Mapping[str, object]:
    return {
        "heading": _data(section.heading) if section.heading else None,
        "blocks": _each(section.blocks),
        "wide": any(isinstance(block, Table) for block in section.blocks),
    }


def _each(blocks: Iterable[Block]) -> list[Mapping[str, object]]:
    return [_data(block) for block in blocks]


def _runs(runs: Iterable[Run]) -> list[Run]:
    """Let long words, such as addresses, break: Typst breaks no word itself."""
    return [run._replace(text=_broken(run.text)) for run in runs]


def _broken(text: str) -> str:
    return _LONG.sub("\\g<0>\u200b", _PARTED.sub("\u200b", text))


def _bound(run: Run) -> Run:
    """Keep the days of a text together, by spaces at which no line breaks."""
    text = _DAY.sub(lambda found: found[0].replace(" ", "\u00a0"), run.text)
    return run._replace(text=text)


def _text(runs: Runs) -> Mapping[str, object]:
    return {"runs": _runs(runs), "turned": is_right_to_left(plain(runs))}


def _data(block: Block) -> Mapping[str, object]:  # noqa: PLR0911 - one for each kind
    """The data of a block for the Typst program."""
    match block:
        case Heading(level, runs):
            return {"kind": "heading", "level": level, **_text(runs)}
        case Paragraph(runs):
            return {"kind": "paragraph", **_text(tuple(map(_bound, runs)))}
        case Listing() | Notes():
            return _list_data(block)
        case Callout(blocks):
            return {"kind": "quote", "blocks": _each(blocks)}
        case Table(rows):
            cells = [list(map(_text, row)) for row in rows]
            return {"kind": "table", "rows": cells, "widths": block.widths()}
        case Code(text):
            return {"kind": "code", "text": text}
        case Picture(name):
            return {"kind": "picture", "name": name}
        case Rule():
            return {"kind": "rule"}


def _list_data(block: Listing | Notes) -> Mapping[str, object]:
    items = [_each(item) for item in block.items]
    if isinstance(block, Notes):
        return {"kind": "notes", "items": items}
    if block.start is None:
        return {"kind": "bullets", "items": items}
    return {"kind": "numbers", "start": block.start, "items": items}
