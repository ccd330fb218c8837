from __future__ import annotations

import io
from base64 import b64decode
from re import search

from docx import Document
from pptx import Presentation
from pypdf import PdfReader

from launch_kits.documents.formats.docx import to_docx
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.page import to_html
from launch_kits.documents.formats.pdf import to_pdf
from launch_kits.documents.formats.pictures import DocumentPicture
from launch_kits.documents.formats.pptx import to_pptx
from tests.samples import TODAY

METADATA = DocumentMetadata(
    title="Card", product="Acme 2", reader="Internal", author="Pam", day=TODAY
)
TEXT = "# Plan\n\n<!-- picture: dot -->\n\n## More\n\nWords.\n"


def svg(colour: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="20" '
        f'height="10"><rect width="20" height="10" fill="{colour}"/></svg>'
    )


def pictures(*, wide: bool = False) -> dict[str, DocumentPicture]:
    dot = DocumentPicture(
        title="A dot",
        description='A dot, "quoted" & <small>',
        light=lambda: svg("red"),
        themed=lambda: svg("blue"),
        proportion=0.5,
        wide=wide,
    )
    return {"dot": dot}


def test_a_page_holds_the_picture_itself_and_its_words() -> None:
    page = to_html(TEXT, title="Plan", pictures=pictures())
    found = search(
        r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)">', page
    )
    assert found
    assert b64decode(found[1]).decode() == svg("blue")
    assert found[2] == "A dot, &quot;quoted&quot; &amp; &lt;small&gt;"


def test_a_picture_that_a_document_does_not_have_is_left_out() -> None:
    assert "<img" not in to_html(TEXT, title="Plan")
    assert "picture" not in to_html(TEXT, title="Plan").partition("<body>")[2]
    for made in (to_pdf, to_pptx, to_docx):
        assert made(TEXT, METADATA) == made(TEXT, METADATA, {})


def test_a_value_places_no_picture() -> None:
    page = to_html(
        "# Plan\n\n&lt;!-- picture: dot --&gt;", title="", pictures=pictures()
    )
    assert "<img" not in page


def test_a_wide_picture_has_a_landscape_page_of_its_own_in_a_pdf() -> None:
    text = "# Plan\n\nFirst.\n\n## Wide\n\n<!-- picture: dot -->\n\n## More\n\nWords.\n"
    pages = PdfReader(io.BytesIO(to_pdf(text, METADATA, pictures(wide=True)))).pages
    shapes = [page.mediabox.width > page.mediabox.height for page in pages]
    assert shapes == [False, True, False]
    narrow = PdfReader(io.BytesIO(to_pdf(text, METADATA, pictures()))).pages
    assert len(narrow) == 1


def test_a_slide_and_a_word_file_have_the_picture_with_its_words() -> None:
    text = "# Plan\n\n## Wide\n\n<!-- picture: dot -->\n"
    deck = Presentation(io.BytesIO(to_pptx(text, METADATA, pictures())))
    shown = [
        shape
        for slide in deck.slides
        for shape in slide.shapes
        if shape.shape_type == 13
    ]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in shown] == [
        'A dot, "quoted" & <small>'
    ]
    assert abs(shown[0].width / shown[0].height - 2) < 0.02
    file = Document(io.BytesIO(to_docx(text, METADATA, pictures())))
    [shape] = file.inline_shapes
    assert shape._inline.docPr.get("descr") == 'A dot, "quoted" & <small>'


def test_a_picture_as_png_is_one() -> None:
    assert pictures()["dot"].bitmap(day=TODAY).startswith(b"\x89PNG")
