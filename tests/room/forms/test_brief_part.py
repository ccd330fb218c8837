from __future__ import annotations

from launch_kits.room.forms.brief_part import values_of, words_of


def test_the_values_of_an_entry_are_texts_or_none():
    given = {"new.name": "Pat", "new.email": None, "other": 1}
    found = values_of(given, "new", ("name", "email"))
    assert found == {"name": "Pat", "email": None}


def test_keys_are_told_in_words():
    assert words_of("why_we_win") == "Why we win"
    assert words_of("pmm") == "PMM"
