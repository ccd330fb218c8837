"""How plain the English of docstrings and comments is, held near the range of other projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import english

ROOT = Path(__file__).parents[1]

#: occurrences in 10,000 words; the goal is 10, 10, 1 and 1
AT_MOST = {
    "what": 191.0,
    "where": 86.0,
    "somebody, nobody": 47.0,
    "stands": 34.0,
}
#: the same; the goal is 22 and 45
AT_LEAST = {
    "if": 7.9,
    "return": 0.8,
}


@pytest.fixture(scope="module")
def rates() -> dict[str, float]:
    return english.rates([ROOT / "launch_kits", ROOT / "flows"])


def test_every_marker_has_a_limit() -> None:
    assert AT_MOST.keys() | AT_LEAST.keys() == english.MARKERS.keys()


@pytest.mark.parametrize("marker", AT_MOST)
def test_few_phrases_need_a_second_reading(
    rates: dict[str, float], marker: str
) -> None:
    assert rates[marker] <= AT_MOST[marker]


@pytest.mark.parametrize("marker", AT_LEAST)
def test_conditions_and_results_are_named(rates: dict[str, float], marker: str) -> None:
    assert rates[marker] >= AT_LEAST[marker]
