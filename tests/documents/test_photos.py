from __future__ import annotations

import base64
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from launch_kits.documents.files import write
from launch_kits.documents.photos import photos_of
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brand import AttachedFile, BriefPicture
from tests.drawn import drawn
from tests.samples import brief, facts, task

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h9"/></svg>'
PICTURE = 13


def picture(data: bytes, alt: str, **fields: object) -> BriefPicture:
    held = AttachedFile(path="x", content=base64.b64encode(data).decode())
    return BriefPicture(file=held, alt=alt, **fields)


PICTURES = (
    picture(drawn(300, 100), "The first page", caption="All launches"),
    picture(drawn(90, 160, "JPEG"), "A phone", audience="internal"),
    picture(SVG.encode(), "A drawing"),
)
BRIEF = brief(pictures=PICTURES)
NAMES = {"product1", "product2", "product3"}


def test_a_reader_gets_the_pictures_of_the_circle_by_their_numbers() -> None:
    inside = photos_of(BRIEF, Audience.INTERNAL, NAMES)
    assert [(name, each.proportion) for name, each in inside.items()] == [
        ("product1", 100 / 300),
        ("product2", 160 / 90),
        ("product3", 0.5),
    ]
    outside = photos_of(BRIEF, Audience.CUSTOMER, NAMES)
    assert [each.description for each in outside.values()] == [
        "The first page",
        "A drawing",
    ]
    assert photos_of(brief(), Audience.INTERNAL, NAMES) == {}
    assert [*photos_of(BRIEF, Audience.INTERNAL, {"product3", "timeline"})] == [
        "product3"
    ]


def test_a_camera_tells_nothing_and_its_photo_is_upright() -> None:
    for kind in ("JPEG", "PNG"):
        given = brief(pictures=[picture(drawn(40, 20, kind, noted=True), "A photo")])
        found = photos_of(given, Audience.CUSTOMER, NAMES)["product1"]
        assert found.photo is not None
        assert b"Secret camera" not in found.photo.data
        with Image.open(BytesIO(found.photo.data)) as image:
            assert (image.size, image.format) == ((20, 40), kind)
        assert found.proportion == 2


def test_a_damaged_picture_is_named() -> None:
    given = brief(pictures=[picture(drawn(40, 20)[:30], "A photo")])
    with pytest.raises(DocumentError, match="picture 1 of the brief is damaged; save"):
        photos_of(given, Audience.CUSTOMER, NAMES)


@pytest.mark.parametrize("template", ["pitch", "white_paper"])
@pytest.mark.parametrize("reader", [Audience.INTERNAL, Audience.CUSTOMER])
def test_each_format_shows_the_pictures_that_its_reader_may_see(
    template: str, reader: Audience, tmp_path: Path
) -> None:
    own = task(template=f"{template}.md.j2", audience=Audience.CUSTOMER)
    given = replace(facts(BRIEF), tasks=(own,))
    formats = ["html", "pdf", "docx", *(["pptx"] if template == "pitch" else [])]
    (made,) = write(given, tmp_path, formats=formats, audiences=[reader])
    of = {each.path.suffix: each.path for each in made.saved}
    # the copy of those who work on a document for customers is what customers get
    words = ["The first page", "A drawing"]

    page = of[".html"].read_text("utf-8")
    assert [page.count(f'alt="{word}"') for word in (*words, "A phone")] == [1, 1, 0]
    assert "<figcaption>All launches</figcaption>" in page
    file = Document(str(of[".docx"]))
    found = [each._inline.docPr.get("descr") for each in file.inline_shapes]
    assert found == words
    assert "All launches" in [each.text for each in file.paragraphs]
    text = "".join(each.extract_text() for each in PdfReader(of[".pdf"]).pages)
    assert "All launches" in text
    raw = of[".pdf"].read_bytes()
    assert b"/Alt" in raw or b"/StructTreeRoot" in raw
    if ".pptx" in of:
        shown = [
            [each for each in slide.shapes if each.shape_type == PICTURE]
            for slide in Presentation(str(of[".pptx"])).slides
        ]
        (beside,) = [each for each in shown if each]
        assert [each._element.nvPicPr.cNvPr.get("descr") for each in beside] == words
        first, second = beside
        assert first.left + first.width < second.left


def test_small_pictures_are_not_blown_up_and_high_ones_fit_on_a_page() -> None:
    shares = [
        each.share for each in photos_of(BRIEF, Audience.INTERNAL, NAMES).values()
    ]
    assert shares[0] == pytest.approx(300 / 4 / 176)
    assert shares[1] == pytest.approx(90 / 4 / 176)
    assert shares[2] == pytest.approx(85 / 0.5 / 176)
    high = brief(pictures=[picture(drawn(1_000, 4_000), "High")])
    share = photos_of(high, Audience.CUSTOMER, NAMES)["product1"].share
    assert share == pytest.approx(85 / 4 / 176)
