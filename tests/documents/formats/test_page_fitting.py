from __future__ import annotations

import io
import json

import pytest
from pypdf import PdfReader

from launch_kits.documents.formats import page_fitting
from launch_kits.documents.formats.page_fitting import SIZES, fitted
from launch_kits.documents.formats.pdf import document_of, to_pdf
from launch_kits.documents.formats.typst import compiler
from tests.documents.formats.test_pdf import METADATA, read


@pytest.mark.parametrize(("lines", "pages"), [(10, 1), (85, 2), (115, 2), (400, None)])
def test_a_document_of_three_pages_gets_smaller_text(lines, pages):
    found = len(
        read(to_pdf("# Card\n\n" + "A line of text.\n\n" * lines, METADATA)).pages
    )
    assert found == pages if pages else found > 3


def test_the_sizes_shrink():
    assert list(SIZES) == sorted(SIZES, reverse=True)


@pytest.mark.parametrize("count", [51, 55])
def test_a_last_page_with_a_few_lines_is_avoided(monkeypatch, count):
    text = "# Card\n\n" + "A line of the document, which is long enough.\n\n" * count

    def lines_at_the_end() -> int:
        last = PdfReader(io.BytesIO(to_pdf(text, METADATA))).pages[-1]
        return len(last.extract_text().split("\n"))

    assert lines_at_the_end() >= page_fitting.FEWEST_LINES
    monkeypatch.setattr(page_fitting, "_NEAR", ())
    monkeypatch.setattr(page_fitting, "FEWEST_OF_TWO", 0)
    assert lines_at_the_end() < page_fitting.FEWEST_LINES


@pytest.mark.parametrize(("count", "pages"), [(53, 1), (58, 1), (90, 2)])
def test_a_second_page_with_a_third_of_its_lines_moves_to_the_first(count, pages):
    text = "# Card\n\n" + "A line of the document, which is long enough.\n\n" * count
    made = read(to_pdf(text, METADATA))
    assert len(made.pages) == pages
    usual = compiler(METADATA.look.font).compile(
        json.dumps({**document_of(text, METADATA), "size": SIZES[0]}), day=METADATA.day
    )
    assert len(read(usual).pages) == 2


def made_with(text: str, tried: list[float]) -> bytes:
    document = document_of(text, METADATA)

    def compiled(size: float) -> bytes:
        tried.append(size)
        data = json.dumps({**document, "size": size})
        return compiler(METADATA.look.font).compile(data, day=METADATA.day)

    return fitted(compiled, one_page=False)


@pytest.mark.parametrize("count", [20, 52, 56, 60, 64, 90])
def test_two_pages_that_may_be_one_are_set_at_most_three_times(count):
    tried: list[float] = []
    text = "# Card\n\n" + "A line of the document, which is long enough.\n\n" * count
    made_with(text, tried)
    assert len(tried) <= 3
    assert tried == [SIZES[0], *sorted(tried[1:], reverse=True)]


def test_the_lines_of_a_page_are_those_that_another_reader_finds():
    text = "# Card\n\n" + "A line of the document, which is long enough.\n\n" * 150
    made = made_with(text, [])
    contents = [
        page.get_contents().get_data() for page in PdfReader(io.BytesIO(made)).pages
    ]
    assert len(contents) > 1
    assert page_fitting._lines_of(made) == [
        len({int(float(at)) for at in page_fitting._LINE.findall(each)})
        for each in contents
    ]
