from pptx.util import Pt

from launch_kits.documents.formats.look import PLAIN
from launch_kits.documents.formats.slide_master import blank, kind_of, placeholders
from tests.documents.formats.test_pptx import opened
from tests.samples import TODAY


def test_a_blank_presentation_has_its_layouts_and_no_date():
    made = blank(PLAIN, TODAY)
    assert len(made.slides) == 0
    for holder in (made.slide_master, *made.slide_layouts):
        assert "DATE" not in [kind_of(shape) for shape in placeholders(holder)]


def test_slides_are_wide_and_their_titles_are_titles():
    made = opened("# The card\n\nFor sellers.\n\n## One\n\n" + "- a\n" * 7 + "\n## Two")
    assert (made.slide_width, made.slide_height) == (Pt(960), Pt(540))
    assert [slide.shapes.title.text_frame.text for slide in made.slides] == [
        "The card",
        "One",
        "Two",
    ]
    assert [slide.slide_layout.name for slide in made.slides] == [
        "Title Slide",
        "Title and Content",
        "Title Only",
    ]
    assert [layout.name for layout in made.slide_layouts] == [
        "Title Slide",
        "Title and Content",
        "Title Only",
    ]
