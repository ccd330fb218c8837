import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from launch_kits.documents.formats.characters import (
    breadth,
    cut,
    is_right_to_left,
    lines_of,
    one_line,
    printable,
)

ANY = st.text(st.characters(exclude_categories=[]))


@given(ANY)
def test_printable_text_can_be_written_as_xml_and_utf_8(text):
    element = etree.Element("x")
    element.text = printable(text)
    assert printable(text).encode() is not None


def test_line_breaks_and_tabs_are_kept():
    assert printable("a\tb\nc\x00\x0cd\x9f") == "a\tb\ncd"


@given(ANY)
def test_one_line_is_one_line(text):
    assert len(one_line(text).splitlines()) <= 1
    assert one_line(text) == one_line(one_line(text))


def test_one_line_has_no_characters_that_change_direction():
    assert one_line(" a\u202eb \n\t c ") == "ab c"


def test_chinese_and_emoji_are_twice_as_broad_and_accents_add_nothing():
    assert [breadth(text) for text in ("abc", "製品", "🚀", "e\u0301", "שלום", "")] == [
        *(3, 4, 2, 1),
        *(4, 0),
    ]


@given(st.text(), st.integers(1, 30))
def test_a_text_is_cut_into_parts_of_a_breadth_without_loss(text, most):
    parts = list(cut(text, most))
    assert "".join(parts) == text
    assert all(breadth(part) <= max(most, 2) for part in parts)


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 10, 1),
        ("one two", 7, 1),
        ("one two", 6, 2),
        ("one two three four", 10, 2),
        ("a\n\nb", 9, 3),
        ("x" * 25, 10, 3),
        ("one " + "x" * 25, 10, 3),
        ("製品" * 10, 10, 4),
        ("word " * 4 + "x" * 10, 10, 3),
    ],
)
def test_a_text_takes_the_lines_that_its_words_need(text, most, lines):
    assert lines_of(text, most) == lines


@given(st.text(), st.integers(2, 40))
def test_a_text_takes_no_fewer_lines_than_its_breadth(text, most):
    assert (
        lines_of(text, most) >= breadth(text.replace(" ", "").replace("\n", "")) / most
    )


def test_a_text_is_read_from_the_side_of_its_first_letter():
    assert [
        is_right_to_left(text) for text in ("שלום", "12 مرحبا", "a שלום", "", "1")
    ] == [
        *(True, True, False),
        *(False, False),
    ]
