import io
import re
from dataclasses import replace
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import HealthCheck, given, settings
from pptx import Presentation
from pptx.util import Pt

from launch_kits.documents import DocumentMetadata, metadata_of, render
from launch_kits.documents.dates import long_day
from launch_kits.documents.escaping import escape
from launch_kits.documents.formats.characters import one_line
from launch_kits.documents.formats.pptx import to_pptx
from tests.documents.saying import letters, said
from tests.documents.test_escaping import HOSTILE, shown
from tests.documents.test_templates import NAMES, full
from tests.samples import TODAY

METADATA = DocumentMetadata(
    title="Card", product="Acme 2", reader="Internal", author="Pam", day=TODAY
)
FOOTER = f"Acme 2 · Internal · {long_day(TODAY)}"
#: the text in the place of a slide number until the slide is shown
NUMBER = "\u2039#\u203a"


def opened(markdown: str, metadata: DocumentMetadata = METADATA):
    return Presentation(io.BytesIO(to_pptx(markdown, metadata)))


def texts(slide) -> list[str]:
    found = []
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
        elif shape.has_text_frame and shape.text_frame.text not in (FOOTER, NUMBER):
            found.append(shape.text_frame.text)
    return found


def runs(slide):
    return [
        run
        for shape in slide.shapes
        if shape.has_text_frame
        for each in shape.text_frame.paragraphs
        for run in each.runs
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=HOSTILE)
def test_every_text_is_shown_on_its_slide_as_it_is(text):
    value = escape(text)
    markdown = f"# w{value}\n\n## w{value}\n\n- w{value}\n\n| w{value} |\n|---|\n| x |"
    first, second = opened(markdown, replace(METADATA, author=one_line(text))).slides
    expected = f"w{shown(text)}".strip()
    assert first.shapes.title.text_frame.text == expected
    assert texts(second) == [expected, expected, expected, "x"]


def on_slides(markdown: str) -> str:
    """A document without the sections that are for pages."""
    body, heading, sources = markdown.partition("\n## Sources\n")
    parts = re.split(r"<!-- layout: ([a-z]+) -->", body)
    kept = [
        text
        for layout, text in zip(parts[1::2], parts[2::2], strict=True)
        if layout != "pages"
    ]
    return "".join([parts[0], *kept, heading, sources])


@pytest.mark.parametrize("name", NAMES)
def test_every_document_says_the_same_as_its_markdown(name):
    given = full(of=name)
    text = render(name, given)
    made = opened(text, metadata_of(given, given.task))
    assert letters(said(on_slides(text))) <= letters(
        "\n".join(said for slide in made.slides for said in texts(slide))
    )


def test_every_slide_but_the_first_has_a_footer_and_its_number():
    first, second = opened("# The card\n\n## One\n\n- a").slides
    assert FOOTER in [
        shape.text_frame.text for shape in second.shapes if shape.has_text_frame
    ]
    assert 'type="slidenum"' in second.shapes.element.xml
    assert FOOTER not in [
        shape.text_frame.text for shape in first.shapes if shape.has_text_frame
    ]


def test_no_placeholder_is_left_empty():
    for slide in opened("# The card\n\n## One\n\n| a |\n|---|\n\n## Two").slides:
        assert all(shape.text_frame.text for shape in slide.placeholders)


def test_a_table_is_a_table():
    slide = opened("## A\n\n| Plan | Price |\n|---|---|\n| one | two |").slides[1]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Plan", "Price"],
        ["one", "two"],
    ]


def test_text_and_tables_do_not_overlap():
    slide = opened("## A\n\nbefore\n\n| a |\n|---|\n| b |\n\nafter").slides[1]
    body = [
        shape
        for shape in slide.shapes
        if shape.has_table or shape.text_frame.text in ("before", "after")
    ]
    ends = sorted((shape.top, shape.top + shape.height) for shape in body)
    assert all(one[1] <= other[0] + Pt(9) for one, other in pairwise(ends))


def test_no_shape_is_outside_of_its_slide():
    made = opened(
        "# The card\n\n## A\n\n"
        + "- A line of a list\n" * 60
        + "\n| a |\n|---|\n"
        + "| b |\n" * 70
    )
    assert len(made.slides) > 5
    for slide in made.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= made.slide_width
            assert 0 <= shape.top <= shape.top + shape.height <= made.slide_height


def test_the_notes_list_the_sources_that_a_slide_cites():
    made = opened(
        "## A\n\n- x[^1]\n\n## B\n\ny\n\n## C\n\n[^1]: [one](https://one.example/a): ours"
    )
    assert (
        made.slides[1].notes_slide.notes_text_frame.text
        == "Sources\n1. one: ours https://one.example/a"
    )
    assert [slide.has_notes_slide for slide in made.slides] == [
        False,
        True,
        False,
        False,
    ]


def test_a_long_title_gets_smaller_text():
    texts = ("A", "A" * 85, "A" * 150)
    titles = [opened(f"## {text}").slides[1].shapes.title for text in texts]
    usual, *sizes = [
        title.text_frame.paragraphs[0].runs[0].font.size for title in titles
    ]
    assert usual is None
    for text, size in zip(texts[1:], sizes, strict=True):
        lines = ceil(len(text) * 0.6 * size / Pt(849.6))
        assert lines * size * 1.22 <= Pt(72)
        assert size >= Pt(18)


def test_two_tables_of_a_slide_do_not_overlap():
    table = "| a |\n|---|\n| b |\n"
    slide = opened(f"## A\n\n{table}\n{table}\ntext").slides[1]
    ends = sorted(
        (shape.top, shape.top + shape.height)
        for shape in slide.shapes
        if shape.has_table or shape.text_frame.text == "text"
    )
    assert len(ends) == 3
    assert all(one[1] <= other[0] + Pt(9) for one, other in pairwise(ends))
