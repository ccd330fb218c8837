from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.util import Inches, Length, Pt

from launch_kits.documents.formats.masters.slides import COVER, TEXT, own_deck
from launch_kits.documents.formats.registry import make
from launch_kits.errors import DocumentError
from tests.documents.formats.masters.samples import (
    company_slides,
    in_file,
    saved,
)
from tests.documents.formats.test_pptx import FOOTER, METADATA

LONG = "A headline with many words that says what the slide is about. " * 3
MARKDOWN = (
    f"# The card\n\nFor sellers.\n\n## {LONG}\n\n"
    + "- A line of a list that takes some room, twice and thrice\n" * 40
    + "\n## Table\n\n| a | b |\n|---|---|\n"
    + "| c | d |\n" * 60
    + "\n## 表\n\n"
    + "この製品は安全です。" * 300
)


def rendered(tmp_path: Path, data: bytes, markdown: str = MARKDOWN, **options: bool):
    master = in_file(tmp_path, "pptx", data)
    made = make("pptx", markdown, replace(METADATA, master=master), **options)
    return Presentation(BytesIO(made))


def test_slides_have_the_layouts_size_and_theme_of_the_master(tmp_path):
    made = rendered(tmp_path, company_slides())
    own = Presentation(BytesIO(company_slides()))
    assert (made.slide_width, made.slide_height) == (Inches(10), Inches(7.5))
    names = [layout.name for layout in own.slide_layouts]
    assert [layout.name for layout in made.slide_layouts] == names
    used = {slide.slide_layout.name for slide in made.slides}
    assert used == {"Title Slide", "Title and Content", "Title Only"}


def test_nothing_of_the_masters_own_slides_is_left(tmp_path):
    master = in_file(tmp_path, "pptx", company_slides())
    made = make("pptx", MARKDOWN, replace(METADATA, master=master))
    assert make("pptx", MARKDOWN, replace(METADATA, master=master)) == made
    with ZipFile(BytesIO(made)) as file:
        parts = [file.read(name) for name in file.namelist()]
        assert "docProps/thumbnail.jpeg" not in file.namelist()
        assert len(file.namelist()) == len(set(file.namelist()))
    assert not any(b"secret" in part for part in parts)


def test_every_shape_lies_on_its_slide_and_none_is_empty(tmp_path):
    for slide in rendered(tmp_path, company_slides()).slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= Inches(10)
            assert 0 <= shape.top <= shape.top + shape.height <= Inches(7.5)
            assert shape.has_table or shape.text_frame.text


def test_a_long_title_fits_into_its_place(tmp_path):
    deck = rendered(tmp_path, company_slides())
    title = deck.slides[1].shapes.title
    (size,) = {run.font.size for run in title.text_frame.paragraphs[0].runs}
    lines = -(-len(title.text_frame.text) * Length(size).pt * 0.6 // (648 - 14.4))
    assert Length(size).pt * lines * 1.22 <= Length(title.height).pt
    first = deck.slides[0].shapes.title.text_frame.paragraphs[0].runs[0]
    assert first.font.size is None


def test_every_slide_but_the_first_tells_its_reader_in_the_masters_footer(tmp_path):
    _, *others = rendered(tmp_path, company_slides()).slides
    for slide in others:
        (footer,) = [
            shape for shape in slide.placeholders if shape.text_frame.text == FOOTER
        ]
        size = footer.text_frame.paragraphs[0].runs[0].font.size
        wide = len(FOOTER) * 0.54 * Length(size or Pt(11)).pt
        assert wide <= Length(footer.width).pt


def test_a_master_without_a_footer_gets_one_on_each_slide(tmp_path):
    own = Presentation(BytesIO(company_slides()))
    for layout in own.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.placeholder_format.type.name in {"FOOTER", "SLIDE_NUMBER"}:
                shape.element.getparent().remove(shape.element)
    _, *others = rendered(tmp_path, saved(own)).slides
    for slide in others:
        assert FOOTER in [
            shape.text_frame.text for shape in slide.shapes if shape.has_text_frame
        ]


def test_a_card_is_one_slide_of_the_master(tmp_path):
    text = "# Us vs them\n\nFor sellers\n\n" + "## A\n\n- b\n- c\n\n" * 5
    made = rendered(tmp_path, company_slides(), text, one_page=True)
    (slide,) = made.slides
    assert slide.shapes.title.text_frame.text == "Us vs them"
    edges = [shape.top + shape.height for shape in slide.shapes]
    assert max(edges) <= Inches(7.5)


def test_a_layout_named_for_launch_kits_comes_before_others(tmp_path):
    own = Presentation(BytesIO(company_slides()))
    own.slide_layouts[3].element.cSld.set("name", TEXT.upper())
    deck = own_deck(in_file(tmp_path, "pptx", saved(own)))
    assert deck.text.name == TEXT.upper()
    assert deck.cover.name == "Title Slide"


def without(kinds: set[str], *, named: str | None = None) -> bytes:
    """A master whose layouts lack placeholders of some kinds."""
    own = Presentation(BytesIO(company_slides()))
    own.slide_layouts[0].element.cSld.set("name", named or "Title Slide")
    for layout in own.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.placeholder_format.type.name in kinds:
                shape.element.getparent().remove(shape.element)
    return saved(own)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            without({"OBJECT", "BODY", "SUBTITLE"}),
            f'no layout "{COVER}", and none with a title and a subtitle (layouts: "T',
        ),
        (
            without({"OBJECT", "BODY"}),
            f'no layout "{TEXT}", and none with a title and one text (layouts: ',
        ),
        (
            without({"SUBTITLE"}, named=COVER),
            f'layout "{COVER}" has no subtitle; add it in the slide master',
        ),
    ],
)
def test_a_missing_layout_is_named_with_the_file_and_the_remedy(
    data, message, tmp_path
):
    with pytest.raises(DocumentError) as raised:
        own_deck(in_file(tmp_path, "pptx", data))
    assert str(tmp_path / "company.pptx") in str(raised.value)
    assert message in str(raised.value)


def test_a_layout_with_too_little_room_is_named(tmp_path):
    own = Presentation(BytesIO(company_slides()))
    layout = own.slide_layouts[1]
    body = layout.placeholders[1]
    body.left, body.top, body.width, body.height = (Pt(90),) * 4
    for each in list(own.slide_layouts):
        if each.name not in {"Title Slide", layout.name}:
            own.slide_layouts.remove(each)
    message = r'layout "Title and Content" has too little room for text \(90 by 90 po'
    with pytest.raises(DocumentError, match=message):
        own_deck(in_file(tmp_path, "pptx", saved(own)))


def test_a_master_without_a_layout_for_titles_uses_that_for_text(tmp_path):
    own = Presentation(BytesIO(company_slides()))
    for each in list(own.slide_layouts):
        if each.name not in {"Title Slide", "Title and Content"}:
            own.slide_layouts.remove(each)
    made = rendered(tmp_path, saved(own))
    used = [slide.slide_layout.name for slide in made.slides]
    assert set(used[1:]) == {"Title and Content"}
