from __future__ import annotations

import pytest

from launch_kits.documents.formats.glyphs import FontReach, reach_of
from launch_kits.documents.formats.look import PLAIN


@pytest.mark.parametrize(
    "text",
    [
        "Latin é ß ł",
        "Ελληνικά",
        "Кириллица",
        "שלום",
        "العربية",
        "✓ ▲ ▼ ◆ ●",
        "a\u200b\u00a0\n",
    ],
    ids=["latin", "greek", "cyrillic", "hebrew", "arabic", "marks", "shapeless"],
)
def test_the_scripts_of_the_project_have_a_font_on_every_machine(text):
    assert FontReach().missing(text) == ""


def test_a_character_without_a_font_is_found_among_others():
    assert (
        FontReach().missing("a\U000f0123b שלום \U000f0123 ✓ \U000f0124")
        == "\U000f0123\U000f0124"
    )


def test_a_character_is_looked_for_once(monkeypatch):
    reach = FontReach()
    reach.missing("✓\U000f0123")
    monkeypatch.setattr(reach, "_shown", lambda _: pytest.fail("looked for again"))
    assert reach.missing("\U000f0123✓") == "\U000f0123"


def test_many_characters_are_looked_for_in_parts(monkeypatch):
    from launch_kits.documents.formats import glyphs

    monkeypatch.setattr(glyphs, "_AT_ONCE", 2)
    assert (
        FontReach().missing("\U000f0123✓\U000f0124▲\U000f0125")
        == "\U000f0123\U000f0124\U000f0125"
    )


def test_the_reach_without_a_font_of_the_brand_is_kept():
    assert reach_of(PLAIN) is reach_of(PLAIN)
