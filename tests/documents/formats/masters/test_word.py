from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.shared import Mm

from launch_kits.documents.dates import long_day
from launch_kits.documents.formats.masters.word import style_in
from launch_kits.documents.formats.registry import make
from launch_kits.errors import DocumentError
from tests.documents.formats.masters.samples import (
    changed,
    company_word,
    in_file,
    saved,
)
from tests.documents.formats.test_docx import METADATA
from tests.samples import TODAY

MARKDOWN = (
    "# The card\n\nFor *sellers*, [here](https://example.com/).\n\n## One\n\n#### Deep\n\n"
    "- a\n  - b\n    - c\n\n      d\n\n3. x\n4. y\n\n| a | b |\n|---|---|\n| c | d |\n\n> e\n"
)


def rendered(tmp_path: Path, data: bytes):
    return docx.Document(BytesIO(made_in(tmp_path, data)))


def made_in(tmp_path: Path, data: bytes) -> bytes:
    master = in_file(tmp_path, "docx", data)
    return make("docx", MARKDOWN, replace(METADATA, master=master))


def without_styles(*names: str) -> bytes:
    own = docx.Document(BytesIO(company_word()))
    for name in names:
        own.styles[name].delete()
    return saved(own)


def test_the_text_has_the_masters_styles_and_no_colours_of_the_project(tmp_path):
    file = rendered(tmp_path, company_word())
    assert [(each.style.name, each.text) for each in file.paragraphs][:6] == [
        ("Title", "The card"),
        ("Normal", "For sellers, here."),
        ("Heading 1", "One"),
        ("Heading 3", "Deep"),
        ("List Bullet", "a"),
        ("List Bullet 2", "b"),
    ]
    plain = file.paragraphs[0].runs + file.paragraphs[4].runs
    assert {(run.font.color.rgb, run.font.size) for run in plain} == {(None, None)}


def test_header_and_footer_are_the_masters_with_their_places_filled(tmp_path):
    section = rendered(tmp_path, company_word()).sections[0]
    assert [each.text for each in section.header.paragraphs] == [
        "Example Ltd · Acme 2 · Internal"
    ]
    assert [each.text for each in section.footer.paragraphs] == [
        "Example Ltd, 1 Example Street"
    ]


def test_a_master_that_does_not_tell_the_reader_gets_a_line_that_does(tmp_path):
    own = docx.Document()
    own.sections[0].different_first_page_header_footer = True
    section = rendered(tmp_path, saved(own)).sections[0]
    line = f"The card · Acme 2 · Internal · {long_day(TODAY)}"
    assert section.footer.paragraphs[-1].text == line
    assert section.first_page_footer.paragraphs[-1].text == line


def test_nothing_of_the_masters_own_text_is_left(tmp_path):
    own = docx.Document(BytesIO(company_word()))
    own.add_picture(BytesIO(png()))
    noted = changed(saved(own), {})
    made = made_in(tmp_path, noted)
    assert made_in(tmp_path, noted) == made
    with ZipFile(BytesIO(made)) as file:
        assert not [name for name in file.namelist() if "media" in name]
        assert not any(b"secret" in file.read(name) for name in file.namelist())


def png() -> bytes:
    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (4, 4), "red").save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("name", ["Title", "Heading 1", "List Bullet", "List Number"])
def test_a_missing_style_is_named_with_the_file_and_the_remedy(name, tmp_path):
    message = rf'company\.docx: no style "{name}"; use it once in the file'
    with pytest.raises(DocumentError, match=message):
        rendered(tmp_path, without_styles(name))


def test_a_list_style_without_numbers_is_named(tmp_path):
    own = docx.Document(BytesIO(company_word()))
    properties = own.styles["List Number"].element.pPr
    properties.remove(properties.numPr)
    message = 'style "List Number" has no bullet or number; set one under Modify'
    with pytest.raises(DocumentError, match=message):
        rendered(tmp_path, saved(own))


def test_other_missing_styles_have_one_in_their_place(tmp_path):
    names = ("Heading 3", "Heading 2", "List Bullet 3", "List Bullet 2", "No Spacing")
    file = rendered(tmp_path, without_styles(*names, "List Continue 3"))
    assert [style_in(file, name) for name in (*names, "List Continue 3")] == [
        *("Heading 1", "Heading 1", "List Bullet", "List Bullet"),
        *(None, "List Continue 2"),
    ]
    assert "Heading 1" in {each.style.name for each in file.paragraphs}


def test_numbers_go_on_from_their_first_and_tables_fit_between_the_margins(tmp_path):
    own = docx.Document(BytesIO(company_word()))
    section = own.sections[0]
    section.page_width = Mm(150)
    section.left_margin = Mm(40)
    section.right_margin = Mm(30)
    file = rendered(tmp_path, saved(own))
    assert 'w:startOverride w:val="3"' in file.part.numbering_part.element.xml
    assert sum(column.width for column in file.tables[0].columns) <= Mm(80)
    assert re.search(r"<w:hyperlink ", file.element.xml)
