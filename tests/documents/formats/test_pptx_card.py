from __future__ import annotations

from io import BytesIO

from pptx import Presentation

from launch_kits.documents import make
from tests.documents.formats.test_registry import METADATA
from tests.documents.formats.test_slide_card import CARD


def test_a_document_of_one_page_is_one_slide_with_its_sources_in_the_notes():
    made = make("pptx", CARD, METADATA, one_page=True)
    (slide,) = Presentation(BytesIO(made)).slides
    assert slide.shapes.title.text_frame.text == "Us vs them"
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert any("▲ Us  Speed" in text for text in texts)
    assert slide.notes_slide.notes_text_frame.text == "Sources\n1. A source"
    assert make("pptx", CARD, METADATA, one_page=True) == made
