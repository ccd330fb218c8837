from __future__ import annotations

import pytest

from launch_kits.inputs.audience import Audience
from launch_kits.lint.against import texts
from launch_kits.lint.against.texts import PlacedText, TooLong, text_of, words


def test_a_place_is_that_of_the_part_and_marks_of_markdown_are_left_out():
    text = text_of(
        "a.md",
        [
            PlacedText("line 1", "# **Valkey** [9\\.0](https://example.com/7.2)[^1]"),
            PlacedText("line 2", "goes on", goes_on=True),
        ],
    )
    assert text.text.split() == ["#", "Valkey", "9.0", "goes", "on"]
    assert text.place_at(text.text.index("9.0")) == "line 1"
    assert text.place_at(text.text.index("goes")) == "line 2"
    assert text.sentence_at(text.text.index("goes")).startswith("# Valkey")


@pytest.mark.parametrize(
    ("head", "subject", "reader"),
    [
        ("For all", "", Audience.CUSTOMER),
        ("Owner Sales (sales@example.com)", "", Audience.INTERNAL),
        ("Confidential until 2 March", "", Audience.PARTNER),
        ("For all", "Internal", Audience.INTERNAL),
        ("Owner · Internal\nAll", "", Audience.INTERNAL),
        ("For internal use only", "", Audience.INTERNAL),
        ("It has more internal storage", "", Audience.CUSTOMER),
        ("Internal storage grows", "", Audience.CUSTOMER),
    ],
)
def test_a_text_says_who_reads_it(head, subject, reader):
    assert text_of("-", [PlacedText("line 1", head)], subject=subject).reader is reader


def test_words_keep_points_and_apostrophes_within():
    found = words("It's Valkey 9.0, or 1,000.")
    assert [word.text for word in found] == ["it's", "valkey", "9.0", "or", "1,000"]


def test_a_text_has_a_greatest_length(monkeypatch):
    monkeypatch.setattr(texts, "LONGEST", 10)
    with pytest.raises(TooLong, match="split it"):
        text_of("-", [PlacedText("line 1", "more than ten characters")])
