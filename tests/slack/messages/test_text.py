from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from launch_kits.slack.messages.text import escape, fit, width


@given(st.text())
def test_what_is_escaped_can_be_read_again(text):
    assert unescape(escape(text)) == text
    assert not set(escape(text)) & set("<>")


@given(
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.text("&<>😀 x", max_size=200),
    st.integers(5, 80),
)
def test_a_text_is_cut_to_its_limit_between_characters(text, limit):
    cut = fit(text, limit)
    assert width(cut) <= limit
    assert cut == escape(text) if width(escape(text)) <= limit else cut.endswith("…")
    assert text.startswith(unescape(cut.removesuffix("…"))) or cut == escape(text)
