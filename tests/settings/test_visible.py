from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.settings.visible import is_blank, one_line, visible

OBEYED = [
    "\x00",
    "\x07",
    "\x08",
    "\x1b",
    "\r",
    "\x7f",
    "\x85",
    "\x9b",
    "\u2028",
    "\u202e",
    "\u2066",
    "\ud800",
]


@pytest.mark.parametrize("letter", OBEYED)
def test_what_a_terminal_obeys_is_shown_instead(letter: str) -> None:
    assert visible(f"a{letter}[31mb") == "a\ufffd[31mb"
    assert letter not in one_line(f"a{letter}b")


def test_lines_tabs_and_the_letters_of_every_script_stay() -> None:
    text = "one\ntwo\tthree ü 日本 עברית \U0001f468\u200d\U0001f469 \u200c"
    assert visible(text) == text
    assert visible("a\r\nb") == "a\nb"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028"])
def test_one_line_cannot_begin_another(end: str) -> None:
    assert one_line(f"title{end}error: all is lost") == "title error: all is lost"


@given(st.text())
def test_any_text_becomes_one_line_and_stays_so(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert one_line(shown) == visible(shown) == shown


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u200b\u200d", "\u3164", "\u2800\u00a0", "\u0301", "\ufeff"]
)
def test_a_text_of_invisible_characters_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}a{text}")


@pytest.mark.parametrize("text", ["x", "日本", "עברית", "5", "€", "…", "\u200bü"])
def test_a_text_with_one_character_to_see_is_not_blank(text: str) -> None:
    assert not is_blank(text)
