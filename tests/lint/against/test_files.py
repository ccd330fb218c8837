from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pptx
import pytest
from pptx.util import Inches

from launch_kits.errors import InputError
from launch_kits.lint.against import files
from launch_kits.lint.against.files import read_pasted, read_text


def test_a_word_file_has_paragraphs_and_rows_without_numbers_of_footnotes(tmp_path):
    made = docx.Document()
    line = made.add_paragraph("It is out")
    line.add_run("1").font.superscript = True
    made.add_table(1, 1).cell(0, 0).text = "USD 5"
    made.core_properties.subject = "Internal"
    made.save(tmp_path / "a.docx")
    text = read_text(tmp_path / "a.docx")
    assert (text.text.split(), text.subject) == (
        ["It", "is", "out", "USD", "5"],
        "Internal",
    )
    assert text.place_at(text.text.index("out")) == "paragraph 1"
    assert text.place_at(text.text.index("USD")) == "table 1, row 1"


def test_slides_have_shapes_in_groups_tables_and_notes_without_raised_numbers(tmp_path):
    made = pptx.Presentation()
    made.slides.add_slide(made.slide_layouts[6])
    slide = made.slides.add_slide(made.slide_layouts[6])
    size = [Inches(1)] * 4
    slide.shapes.add_group_shape().shapes.add_textbox(*size).text_frame.text = "Group"
    slide.shapes.add_table(1, 1, *size).table.cell(0, 0).text = "Cell"
    box = slide.shapes.add_textbox(*size).text_frame.paragraphs[0]
    box.add_run().text = "9.0"
    number = box.add_run()
    number.text = "7"
    number.font._element.set("baseline", "30000")
    slide.notes_slide.notes_text_frame.text = "Said"
    made.save(tmp_path / "a.pptx")
    text = read_text(tmp_path / "a.pptx")
    assert {
        word: text.place_at(text.text.index(word)) for word in text.text.split()
    } == {
        "Group": "slide 2",
        "Cell": "slide 2",
        "9.0": "slide 2",
        "Said": "slide 2, notes",
    }


def test_a_paragraph_of_plain_text_goes_on_in_the_next_line(tmp_path):
    text = read_pasted(b"One\ntwo.\n\n- three\n- four\n")
    assert [line.strip() for line in text.text.splitlines() if line.strip()] == [
        "One two.",
        "- three",
        "- four",
    ]
    assert text.place_at(text.text.index("two")) == "line 2"


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.pdf", "a.md", "a.odt"])
def test_a_broken_file_and_another_kind_are_named_with_a_remedy(tmp_path: Path, name):
    (tmp_path / name).write_bytes(b"\xff\x00broken")
    with pytest.raises(InputError, match=r"save it|save the file|use one of"):
        read_text(tmp_path / name)


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(files, "MOST_UNPACKED", 1_000)
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "a" * 2_000)
    with pytest.raises(InputError, match="unpacks to more than"):
        read_text(tmp_path / "a.docx")


def test_a_large_part_of_a_word_file_is_not_read(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(files, "MOST_XML", 1_000)
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "a" * 2_000)
    with pytest.raises(InputError, match="has a part of more than"):
        read_text(tmp_path / "a.docx")


def test_a_cell_that_spans_any_number_of_columns_is_read_once(tmp_path: Path):
    made = docx.Document()
    cell = made.add_table(1, 1).cell(0, 0)
    cell.text = "USD 5"
    cell._tc.get_or_add_tcPr().get_or_add_gridSpan().val = 2_000_000_000
    made.save(str(tmp_path / "a.docx"))
    assert read_text(tmp_path / "a.docx").text.count("USD 5") == 1


def test_a_missing_file_and_a_large_one_are_told(tmp_path: Path, monkeypatch):
    with pytest.raises(InputError, match="no such file"):
        read_text(tmp_path / "a.md")
    monkeypatch.setattr(files, "MOST_BYTES", 3)
    (tmp_path / "a.md").write_bytes(b"four")
    for read in (lambda: read_text(tmp_path / "a.md"), lambda: read_pasted(b"four")):
        with pytest.raises(InputError, match="larger than"):
            read()


def test_a_document_type_is_named_with_its_part(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>')
    with pytest.raises(InputError, match=r"<!DOCTYPE\) in word/document.xml; open it"):
        read_text(path)
