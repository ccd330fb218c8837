from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

from docx import Document
from pptx import Presentation

from launch_kits.documents import make
from launch_kits.documents.formats import look
from launch_kits.documents.formats.colours import ACCENT, INK
from launch_kits.documents.formats.look import BrandLook, family_of, look_of
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.inputs.brand import AttachedFile, Brand, Colours
from tests.samples import TODAY

FONT = (Path(look.__file__).parent / "fonts/SourceSans3.ttf").read_bytes()
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="20" '
    'height="10"><rect width="20" height="10" fill="#1B5E20"/></svg>'
)


def held(name: str, data: bytes) -> AttachedFile:
    return AttachedFile(path=name, content=base64.b64encode(data).decode())


def branded(**colours: str) -> BrandLook:
    return look_of(
        Brand(
            name="Acme",
            logo=held("logo.svg", LOGO.encode()),
            font=held("own.ttf", FONT),
            colours=Colours(**colours),
        )
    )


def made(name: str, own: BrandLook) -> bytes:
    metadata = DocumentMetadata(
        title="Card",
        product="Acme 2",
        reader="Internal",
        author="Pam",
        day=TODAY,
        look=own,
    )
    return make(name, "# Card\n\nText\n\n## One\n\n- [a](https://a.example)", metadata)


def test_colours_that_cannot_be_read_are_replaced():
    readable = branded(main="#1B5E20", accent="#9A3412")
    assert (readable.main, readable.accent, readable.link) == (
        "1B5E20",
        "9A3412",
        "9A3412",
    )
    pale = branded(main="#FFEE00", accent="#FFEE00")
    assert (pale.main, pale.accent, pale.link) == (INK, "FFEE00", INK)
    assert (look_of(Brand()).main, look_of(Brand()).link) == (INK, ACCENT)


def test_the_family_of_a_font_is_in_its_file():
    assert family_of(FONT) == "Source Sans 3"
    assert family_of(FONT[:40]) is None
    assert family_of(b"\x00\x01\x00\x00") is None


def test_all_formats_show_the_logo_the_colours_and_the_font():
    own = branded(main="#1B5E20", accent="#9A3412")
    page = made("html", own).decode()
    assert 'alt="Acme"' in page
    assert "--main: #1B5E20" in page
    assert "@font-face" in page

    deck = Presentation(BytesIO(made("pptx", own)))
    names = [shape.name for shape in deck.slide_master.shapes]
    theme = next(
        part.blob.decode()
        for part in deck.part.package.iter_parts()
        if "theme/theme1" in str(part.partname)
    )
    assert "Logo" in names
    assert '<a:accent1><a:srgbClr val="9A3412"/>' in theme
    assert 'typeface="Source Sans 3"' in theme

    file = Document(BytesIO(made("docx", own)))
    heading = file.styles["Heading 1"].font
    assert (heading.name, str(heading.color.rgb)) == ("Source Sans 3", "1B5E20")
    assert len(file.sections[0].header.part.related_parts) == 1
    assert made("pdf", own) != made("pdf", BrandLook())
