import pytest

from launch_kits.documents.formats.docx_fitting import narrowed, page_room, scale_of
from launch_kits.documents.formats.metadata import Paper
from launch_kits.documents.formats.outline import outline
from launch_kits.documents.formats.pictures import DocumentPicture, Photo

ROOM = page_room(Paper.A4)
LINE = "- A line of a list that takes one line\n"


def scale(count: int, *, one_page: bool = False) -> float:
    return scale_of(outline("# A\n\n" + LINE * count), ROOM, {}, one_page=one_page)


def test_a_document_of_one_page_keeps_the_usual_size() -> None:
    assert scale(10) == scale(10, one_page=True) == 1.0


@pytest.mark.parametrize("count", [45, 50])
def test_a_last_page_with_a_few_lines_is_spared_by_smaller_text(count: int) -> None:
    assert 0.8 < scale(count) < 1.0


@pytest.mark.parametrize("count", [70, 400])
def test_a_document_with_full_pages_keeps_the_usual_size(count: int) -> None:
    assert scale(count) == 1.0


def test_a_document_that_should_be_one_page_gets_smaller_text_than_others() -> None:
    assert scale(60, one_page=True) < 0.84
    assert scale(400, one_page=True) == scale(500, one_page=True)


def test_a_picture_on_a_full_page_is_made_narrower_before_text_is_made_small() -> None:
    picture = DocumentPicture("A", "A", 0.6, fitted=True, photo=Photo("png", b"", 4000))
    sections = outline("# A\n\n<!-- picture: one -->\n\n" + LINE * 40)
    (shown,) = narrowed(sections, ROOM, {"one": picture}).values()
    assert shown.most < 1.0
    few = outline("# A\n\n<!-- picture: one -->\n\n" + LINE * 5)
    assert narrowed(few, ROOM, {"one": picture}) == {"one": picture}
