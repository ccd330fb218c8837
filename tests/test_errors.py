from __future__ import annotations

import pytest

from launch_kits import errors
from launch_kits.errors import CycleError, Fault, InputError, LaunchKitsError, suggest

FAULT = Fault("brief.yaml", 3, "unknown-key", 'unknown key "teir"')


def test_a_fault_is_shown_with_its_file_and_line() -> None:
    assert str(FAULT) == 'brief.yaml:3: unknown key "teir"'
    assert FAULT.as_warning() == 'brief.yaml:3: warning: unknown key "teir"'
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
    assert len(raised) >= 10
    assert all(issubclass(kind, LaunchKitsError) for kind in raised)


@pytest.mark.parametrize(
    ("word", "words"),
    [("redi", '; did you mean "redis"?'), ("zzz", ""), ("", "")],
)
def test_the_nearest_known_word_is_suggested(word: str, words: str) -> None:
    assert suggest(word, ["redis", "kafka"]) == words
