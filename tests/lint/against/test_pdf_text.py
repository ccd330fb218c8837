from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from launch_kits.documents.formats.pdf import to_pdf
from launch_kits.lint.against.pdf_text import parts_of_pdf
from tests.documents.formats.test_registry import METADATA

TABLE = "| day | why |\n|---|---|\n| 26 November 2026 | a holiday |\n"
LONG = "It is a sentence that goes on " * 12


def parts(markdown: str, *, tagged: bool = True) -> list[tuple[str, str]]:
    """The parts of a PDF file that is made from Markdown: place and text."""
    file = PdfReader(BytesIO(to_pdf(markdown, METADATA)))
    if not tagged:
        file = without_tags(file)
    return [(part.place, part.text) for part in parts_of_pdf(file)]


def without_tags(file: PdfReader) -> PdfReader:
    writer = PdfWriter(clone_from=file)
    del writer.root_object[NameObject("/StructTreeRoot")]
    made = BytesIO()
    writer.write(made)
    return PdfReader(made)


def test_each_cell_and_each_paragraph_is_a_part():
    texts = [text for _, text in parts(f"# Title\n\nOne.\n\n{TABLE}\n- two\n- three\n")]
    assert {"Title", "One.", "26 November 2026", "a holiday", "two", "three"} <= set(
        texts
    )


def test_the_lines_of_a_paragraph_are_one_text():
    assert LONG.strip() in [text for _, text in parts(f"# Title\n\n{LONG}\n")]


def test_a_paragraph_with_emphasis_and_a_link_is_one_text():
    said = "Valkey **9.0** is [here](https://example.com/) now."
    assert "Valkey 9.0 is here now." in [text for _, text in parts(f"# T\n\n{said}\n")]


def test_numbers_of_footnotes_are_left_out():
    for tagged in (True, False):
        text = "\n".join(
            text
            for _, text in parts(
                "# T\n\nIt is 9.0.[^1]\n\n[^1]: A source\n", tagged=tagged
            )
        )
        assert "It is 9.0." in text
        assert "9.0.1" not in text


def test_the_number_of_a_page_joins_no_name():
    texts = [text for _, text in parts("# T\n\nOne.\n")]
    ends = [text for text in texts if text.endswith("1 / 1")]
    assert ends == [f"{METADATA.footer_day}1 / 1"]


def test_a_file_without_tags_is_read_by_its_pages():
    ((place, text),) = parts(f"# Title\n\n{LONG}\n", tagged=False)
    assert place == "page 1"
    assert "\v" in text
    assert "Title" in text
