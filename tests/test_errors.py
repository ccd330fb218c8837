from __future__ import annotations

import pytest

from launch_kits import errors
from launch_kits.errors import (
    LONGEST_KNOWN,
    MOST_KNOWN,
    MOST_SUGGESTIONS,
    MOST_TOLD,
    CycleError,
    Fault,
    InputError,
    LaunchKitsError,
    Suggestions,
    first_of_each_file,
    suggest,
)

FAULT = Fault("brief.yaml", 3, "unknown-key", 'unknown key "teir"')


def test_a_fault_is_shown_with_its_file_and_line() -> None:
    assert str(FAULT) == 'brief.yaml:3: unknown key "teir"'
    assert Fault("-", None, "missing", "add it").place == "-"
    assert FAULT.as_json() == {
        "path": "brief.yaml",
        "line": 3,
        "code": "unknown-key",
        "message": 'unknown key "teir"',
    }


def test_faults_are_told_in_the_order_of_their_lines() -> None:
    first = Fault("brief.yaml", None, "missing", "a")
    last = Fault("kit.yaml", 1, "missing", "b")
    error = InputError([last, FAULT, first])
    assert error.faults == (first, FAULT, last)
    assert str(error).splitlines() == [str(first), str(FAULT), str(last)]


def test_a_cycle_is_named_along_its_path() -> None:
    assert str(CycleError(["a", "b", "a"])).startswith(
        "these tasks wait for each other: a → b → a; "
    )


def test_every_error_is_one_that_the_commands_catch() -> None:
    kinds = [getattr(errors, name) for name in errors.__all__]
    raised = [kind for kind in kinds if isinstance(kind, type) and kind is not Fault]
    errors_alone = [kind for kind in raised if kind is not Suggestions]
    assert len(errors_alone) >= 10
    assert all(issubclass(kind, LaunchKitsError) for kind in errors_alone)


@pytest.mark.parametrize(
    ("word", "words"),
    [("redi", '; did you mean "redis"?'), ("zzz", ""), ("", "")],
)
def test_the_nearest_known_word_is_suggested(word: str, words: str) -> None:
    assert suggest(word, ["redis", "kafka"]) == words


def many(path: str, count: int) -> list[Fault]:
    return [Fault(path, at + 1, "missing", "add it") for at in range(count)]


def test_the_first_faults_of_each_file_are_told_and_the_others_counted() -> None:
    told = InputError([*many("b", MOST_TOLD), *reversed(many("a", 250))]).faults
    assert told[:MOST_TOLD] == tuple(many("a", MOST_TOLD))
    assert told[MOST_TOLD + 1 :] == tuple(many("b", MOST_TOLD))
    assert told[MOST_TOLD].as_json() == {
        "path": "a",
        "line": 201,
        "code": "more",
        "message": "and 50 more from here on; mend those above first",
    }


def test_what_was_counted_once_is_not_counted_again() -> None:
    told = first_of_each_file(many("a", 1_000))
    assert first_of_each_file(told) == told


def test_nothing_is_suggested_for_long_words_or_far_down_a_long_list() -> None:
    word = "a" * LONGEST_KNOWN
    assert suggest(word, [word])
    assert not suggest(word + "a", [word])
    assert not suggest(word, [word + "a"])
    others = [str(at) for at in range(MOST_KNOWN)]
    assert suggest("redis", [*others[1:], "redis"])
    assert not suggest("redis", [*others, "redis"])


def test_words_are_suggested_for_the_first_slips_alone() -> None:
    hints = Suggestions()
    found = [hints.nearest("redi", ["redis"]) for _ in range(MOST_SUGGESTIONS + 50)]
    assert found == [suggest("redi", ["redis"])] * MOST_SUGGESTIONS + [""] * 50
