from __future__ import annotations

import pytest

from launch_kits.lint.against.restated import Restated
from launch_kits.lint.against.texts import PlacedText, text_of

SECRET = "Redis 8.4 moves its data key by key during resharding."


def found(text: str, *known: str) -> list[str]:
    outside = text_of("-", [PlacedText("line 1", text)])
    starts = Restated(outside, known).find(["Nothing of the kind.", SECRET])
    return [outside.text[start:].strip() for index, start in starts if index == 1]


@pytest.mark.parametrize(
    "text",
    [
        "During resharding, data is moved key by key in Redis 8.4.",
        "In Redis 8.4 resharding moves keys, its data key for key.",
    ],
)
def test_the_same_words_in_another_order_are_found(text: str) -> None:
    assert found(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "During resharding, data is moved key by key in Redis 8.6.",
        "Redis 8.4 is a data store.",
        "Resharding moves data.",
    ],
)
def test_another_figure_or_another_statement_is_not_found(text: str) -> None:
    assert found(text) == []


def test_a_line_that_the_reader_may_see_explains_the_sentence() -> None:
    text = "During resharding, data is moved key by key in Redis 8.4."
    assert found(text, "Redis 8.4 moves data key by key during resharding.") == []


def test_a_sentence_is_found_at_its_own_place() -> None:
    text = "First this. During resharding, data is moved key by key in Redis 8.4."
    assert found(text) == [text.removeprefix("First this. ")]
