"""The text of slides: paragraphs, bullets and runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from launch_kits.documents.formats.blocks import Run, Runs, plain
from launch_kits.documents.formats.characters import is_right_to_left
from launch_kits.documents.formats.colours import (
    ACCENT,
    HEADING,
    INK,
    LOSE,
    SOFT,
    WARN,
    WIN,
)
from launch_kits.documents.formats.slide_pieces import INDENT, SPACING, SlideLine

if TYPE_CHECKING:
    from pptx.text.text import TextFrame, _Paragraph

__all__ = ["THEMED", "set_size", "turn", "write_lines", "write_runs"]

#: signs of a comparison → their colours
SIGNS = {"▲": WIN, "▼": LOSE, "◆": WARN}
#: colours that follow the theme: of the text, of a brand's links, and of headings
THEMED: Mapping[str, str] = {INK: "TEXT_1", ACCENT: "HYPERLINK", HEADING: "TEXT_2"}
#: the characters of a link that is written as one, and the parts of a longer one: at most so many
#: characters, which end behind a slash if they can
_UNPARTED = 24
_PARTS = re.compile(r".{1,23}[/\s-]|.{1,24}", re.DOTALL)
#: the deepest list level and the highest number of an item, by Office Open XML (ECMA-376)
_DEEPEST = 8
_LAST_NUMBER = 32767


def write_lines(
    frame: TextFrame,
    lines: Iterable[SlideLine],
    size: float,
    shades: Mapping[str, str] = THEMED,
    *,
    extra: float = 0.0,
) -> None:
    """Write lines into an empty text frame, at a text size in points.

    ``shades`` are the colours in the place of the project's, and ``extra`` is more space after
    each line, in points.
    """
    from pptx.util import Pt

    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Pt(0)
    frame.margin_top = frame.margin_bottom = Pt(0)
    for at, line in enumerate(lines):
        paragraph = frame.add_paragraph() if at else frame.paragraphs[0]
        paragraph.space_before = Pt(0)
        paragraph.space_after = Pt(size * SPACING + extra)
        paragraph.line_spacing = 1.0
        _mark(paragraph, line, size)
        if is_right_to_left(plain(line.runs)):
            turn(paragraph)
        if line.heading:
            paragraph.space_before = Pt(size * SPACING if at else 0)
            runs = tuple(run._replace(bold=True) for run in line.runs)
            write_runs(paragraph, runs, size, HEADING, shades)
        else:
            write_runs(paragraph, line.runs, size, WARN if line.loud else INK, shades)


def turn(paragraph: _Paragraph) -> None:
    """Make a paragraph run from right to left."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-pptx has no direction
    properties.set("algn", "r")
    properties.set("rtl", "1")


def _mark(paragraph: _Paragraph, line: SlideLine, size: float) -> None:
    """Indent a paragraph, and put a bullet or a number before it."""
    from pptx.oxml.xmlchemy import OxmlElement
    from pptx.util import Pt

    paragraph.level = min(_DEEPEST, max(0, line.level - 1))
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-pptx has no bullets
    properties.set("marL", str(Pt(line.level * INDENT * size)))
    properties.set("indent", str(-Pt(INDENT * size) if line.mark else 0))
    if line.mark is None:
        mark = OxmlElement("a:buNone")
    elif isinstance(line.mark, int):
        mark = OxmlElement("a:buAutoNum")
        mark.set("type", "arabicPeriod")
        mark.set("startAt", str(max(1, min(line.mark, _LAST_NUMBER))))
    else:
        mark = OxmlElement("a:buChar")
        mark.set("char", line.mark)
    properties.append(mark)


def write_runs(
    paragraph: _Paragraph,
    runs: Runs,
    size: float,
    colour: str,
    shades: Mapping[str, str] = THEMED,
) -> None:
    """Add runs to a paragraph, at a text size in points.

    ``shades`` are the colours in the place of the project's.
    """
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    after_note = False
    for run in _parted(runs):
        if run.text == "\n":
            paragraph.add_line_break()
            continue
        made = paragraph.add_run()
        # a comma separates the numbers of two sources
        made.text = f",{run.text}" if after_note and run.note else run.text
        after_note = run.note
        font = made.font
        font.size = Pt(size)
        font.bold = run.bold or None
        font.italic = run.italic or None
        own = _colour_of(run, colour)
        shown = shades.get(own, own)
        if shown in MSO_THEME_COLOR.__members__:
            font.color.theme_color = getattr(MSO_THEME_COLOR, shown)
        else:
            font.color.rgb = RGBColor.from_string(shown)
        if run.note:
            properties = made._r.get_or_add_rPr()  # noqa: SLF001 - python-pptx has no superscript
            properties.set("baseline", "30000")
        if run.code:
            font.name = "Consolas"
        if run.href:
            made.hyperlink.address = run.href


def _parted(runs: Runs) -> Iterator[Run]:
    """Part the addresses that are shown: office programs break lines between links, not in them."""
    for run in runs:
        if run.href and not run.note and len(run.text) > _UNPARTED:
            for part in _PARTS.findall(run.text):
                yield run._replace(text=part)
        else:
            yield run


def _colour_of(run: Run, colour: str) -> str:
    if run.note:
        return ACCENT
    if run.text[:1] in SIGNS:
        return SIGNS[run.text[0]]
    return SOFT if run.italic else colour


def set_size(frame: TextFrame, points: float) -> None:
    """Set the size of all text in a frame, in points."""
    from pptx.util import Pt

    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(points)
