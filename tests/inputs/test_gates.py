from __future__ import annotations

import re

import pytest

from launch_kits.inputs.gates import Check, Gate
from launch_kits.inputs.patterns import KEY, LONGEST_KEY


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Trained sellers ≥ 80%", "trained-sellers-80"),
        ("All agree", "all-agree"),
        ("Prix signés", "prix-signes"),
        ("-- Signed --", "signed"),
    ],
)
def test_a_check_without_a_key_has_one_from_its_title(title: str, key: str) -> None:
    assert Check(title=title).key == key


def test_titles_without_a_latin_letter_have_keys_of_their_own() -> None:
    first = Check(title="価格")
    second = Check(title="契約")
    assert first.key != second.key
    assert re.fullmatch(KEY, first.key)


def test_the_key_of_a_long_title_is_short_enough() -> None:
    key = Check(title="a word " * 40).key
    assert len(key) <= LONGEST_KEY
    assert re.fullmatch(KEY, key)


def test_a_key_that_is_given_stays() -> None:
    assert Check(title="All agree", key="agreed").key == "agreed"


def test_a_gate_dumped_and_loaded_again_is_equal() -> None:
    gate = Gate(title="Gate", checks=(Check(title="All agree", task="a"),))
    assert Gate.model_validate(gate.model_dump(mode="json")) == gate
