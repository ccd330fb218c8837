from __future__ import annotations

from datetime import UTC, datetime

import pytest

from launch_kits.cli.interview import Interview, unless_none
from launch_kits.errors import Refused

NOW = datetime(2026, 11, 25, 23, tzinfo=UTC)


def interview(**several: list[str]) -> Interview:
    return Interview({"name": "Lee", "age": "x"}, several, asks=False, now=NOW)


def test_a_given_answer_is_read_and_a_faulty_one_refused_by_its_flag() -> None:
    assert interview().take("name", "Name", str.upper) == "LEE"
    assert interview().take("other", "Other", int, default="3") == 3
    with pytest.raises(Refused, match="--age: invalid literal"):
        interview().take("age", "Age", int)


def test_an_option_may_be_given_several_times_or_none() -> None:
    assert interview(rival=["1", "2"]).take_each("rival", "?", int) == (1, 2)
    assert interview(rival=["none"]).take_each("rival", "?", int) == ()
    assert interview().take_each("rival", "?", int) == ()


def test_the_day_is_that_of_a_time_zone() -> None:
    assert f"{interview().today('Asia/Tokyo')}" == "2026-11-26"


@pytest.mark.parametrize("text", ["none", " NONE ", ""])
def test_none_is_an_answer(text: str) -> None:
    assert unless_none(int)(text) is None
    assert unless_none(int)("3") == 3
