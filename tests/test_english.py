"""How plain the English is: of the code, held near other projects, and of all that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import english

ROOT = Path(__file__).parents[1]

#: occurrences in 10,000 words, from six well-read projects
AT_MOST = {
    "what": 6.5,
    "where": 8.0,
    "somebody, nobody": 1.5,
    "stands": 1.0,
}
#: the same
AT_LEAST = {
    "if": 22.0,
    "return": 45.0,
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


#: the texts that people read → the highest rates; kits and templates ask questions that begin with
#: "what" and "for whom"
OF_TEXTS = {
    "strings": {"what": 10.5, "where": 8.5, "somebody, nobody": 1.0, "stands": 0.5},
    "docs": {"what": 22.0, "where": 3.0, "somebody, nobody": 3.0, "stands": 0.5},
    "kits": {"what": 105.0, "where": 8.0, "somebody, nobody": 3.5, "stands": 1.5},
    "templates": {
        "what": 194.5,
        "where": 14.0,
        "somebody, nobody": 11.0,
        "stands": 3.0,
    },
    "pages": {"what": 24.0, "where": 1.0, "somebody, nobody": 1.0, "stands": 1.0},
    "test names": {"what": 52.5, "where": 8.3, "somebody, nobody": 4.5, "stands": 1.5},
}
#: words of the first clause of a docstring, and the share of those that have more
WORDS_OF_A_CLAUSE = 10
LONG_CLAUSES = 0.137
#: names such as "a folder that cannot be read is no fault"
MOST_NEGATIONS = 3


def texts(kind: str) -> Iterator[str]:
    """The texts of one kind."""

    def files(folder: str, pattern: str) -> Iterator[str]:
        for path in sorted((ROOT / folder).rglob(pattern)):
            yield path.read_text(encoding="utf-8")

    if kind == "strings":
        for source in files("launch_kits", "*.py"):
            yield from english.strings_of(source)
    elif kind == "docs":
        yield from files("docs", "*.md")
        yield from (
            (ROOT / name).read_text("utf-8")
            for name in ("README.md", "CONTRIBUTING.md")
        )
    elif kind == "kits":
        yield from files("launch_kits/kits", "*.yaml")
    elif kind == "templates":
        yield from map(english.own_prose_of, files("templates", "*.j2"))
    elif kind == "pages":
        yield from map(
            english.own_prose_of, files("launch_kits/room/templates", "*.html")
        )
    elif kind == "test names":
        for source in files("tests", "test_*.py"):
            yield from english.names_of_tests(source)


@pytest.mark.parametrize("kind", OF_TEXTS)
def test_texts_that_people_read_keep_their_markers_low(kind: str) -> None:
    found = list(texts(kind))
    assert len(found) > 1
    rate = english.rates_in(found)
    too_high = {
        name: rate[name] for name, most in OF_TEXTS[kind].items() if rate[name] > most
    }
    assert too_high == {}


def test_test_names_say_that_a_thing_is_not_another() -> None:
    found = [
        name
        for name in texts("test names")
        if re.search(
            r"\b(?<!there )(?:is|are) no (?!longer|earlier|later|taller|one)", name
        )
    ]
    assert len(found) <= MOST_NEGATIONS, found


def test_the_first_clause_of_a_docstring_is_short() -> None:
    clauses = [
        clause
        for folder in ("launch_kits", "flows")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for clause in english.first_clauses_of(path.read_text(encoding="utf-8"))
    ]
    assert len(clauses) > 1000
    long = [each for each in clauses if len(each.split()) > WORDS_OF_A_CLAUSE]
    assert len(long) / len(clauses) <= LONG_CLAUSES
