from dataclasses import replace
from io import BytesIO

from pptx import Presentation
from pptx.enum.text import PP_ALIGN

from launch_kits.documents.formats.registry import make
from tests.documents.formats.masters.samples import company_slides, in_file
from tests.documents.formats.test_pptx import METADATA, opened, texts


def test_cards_are_shapes_with_text_that_people_can_edit() -> None:
    slide = opened("## A\n\n- **Keep it.** One licence\n- Two").slides[1]
    assert [text for text in texts(slide) if text] == [
        "A",
        "Keep it.\nOne licence",
        "Two",
    ]
    cards = [shape for shape in slide.shapes if shape.has_text_frame]
    sides = {
        each.alignment
        for shape in cards
        if shape.text_frame.text in ("Keep it.\nOne licence", "Two")
        for each in shape.text_frame.paragraphs
    }
    assert sides == {PP_ALIGN.LEFT}


def test_lines_above_cards_are_in_the_placeholder_of_the_layout() -> None:
    slide = opened("## A\n\nSigns:\n\n- One\n- Two\n\nThe end.").slides[1]
    assert slide.placeholders[1].text_frame.text == "Signs:"
    assert texts(slide)[-1] == "The end."


def test_cards_in_a_companys_master_have_an_outline_and_no_panel(tmp_path) -> None:
    master = in_file(tmp_path, "pptx", company_slides())
    made = make("pptx", "## A\n\n- One\n- Two", replace(METADATA, master=master))
    slide = Presentation(BytesIO(made)).slides[1]
    cards = [
        shape
        for shape in slide.shapes
        if shape.has_text_frame and shape.text_frame.text in ("One", "Two")
    ]
    assert len(cards) == 2
    for card in cards:
        assert card.fill.type is not None
        assert "noFill" in card.element.spPr.xml
        assert "schemeClr" in card.element.spPr.xml
