from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.slack.inbound.launch_names import (
    find_leading,
    find_named,
    find_subject,
)
from launch_kits.verbs import cancel
from tests.launches import NOW, brief_with, opened


@pytest.fixture
def two(falcon: Store) -> Store:
    opened(falcon, brief_with(launch="falcon-3", product="Falcon 3"))
    return falcon


@pytest.mark.parametrize(
    "words", ["falcon-3", "FALCON-3", "Falcon 3", "falcon  3", "falcon-3 "]
)
def test_a_launch_is_found_by_its_name_or_product(two: Store, words: str) -> None:
    assert find_named(two, words.split()) == "falcon-3"


def test_a_beginning_is_enough_if_only_one_has_it(two: Store) -> None:
    with pytest.raises(NotFound, match='no launch "falcon"; did you mean'):
        find_named(two, ["falcon"])
    with pytest.raises(NotFound, match=r"which launch\?.*Falcon 3 \(falcon-3\)"):
        find_named(two, [])
    with pytest.raises(NotFound, match=r"running launches: .*Falcon 2"):
        find_named(two, ["eagle"])
    cancel(two, "falcon-3", now=NOW)
    assert find_named(two, ["falc"]) == "falcon-2"


def test_an_ended_launch_is_found_by_its_whole_name(two: Store) -> None:
    cancel(two, "falcon-3", now=NOW)
    assert find_named(two, ["falcon-3"]) == "falcon-3"
    with pytest.raises(NotFound):
        find_named(two, ["Falcon", "3"])


@pytest.mark.parametrize(
    ("typed", "slug", "rest"),
    [
        ("falcon-2 is it fast?", "falcon-2", "is it fast?"),
        ("FALCON 3 is it fast?", "falcon-3", "is it fast?"),
        ("falcon 3", None, None),
        ("falcon is it fast?", None, None),
        ("eagle", None, None),
        ("ea is it fast?", "eagle-1", "is it fast?"),
        ("Eagle One One of two?", "eagle-1", "One of two?"),
    ],
)
def test_the_first_words_name_a_launch(
    two: Store, typed: str, slug: str | None, rest: str | None
) -> None:
    opened(two, brief_with(launch="eagle-1", product="Eagle One"))
    words = typed.split()
    if slug is None or rest is None:
        with pytest.raises(NotFound):
            find_leading(two, words)
    else:
        assert find_leading(two, words) == (slug, rest.split())


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("falcon-2 Do you run on Windows?", "Do you run on Windows?"),
        ("Do you run on Windows?", "Do you run on Windows?"),
        ("why", "why"),
        ("falcon 2", ""),
    ],
)
def test_a_question_without_a_name_is_about_the_only_running_launch(
    falcon: Store, typed: str, question: str
) -> None:
    cancel(falcon, "valkey-9", now=NOW)
    assert find_subject(falcon, typed.split()) == (
        "falcon-2",
        question.split() if question else (),
    )


def test_a_question_that_names_no_launch_of_several_is_not_guessed(two: Store) -> None:
    with pytest.raises(
        NotFound, match=r"which launch\? Name it .*Falcon 2 \(falcon-2\)"
    ):
        find_subject(two, ["Do", "you", "run?"])
    with pytest.raises(NotFound, match="did you mean"):
        find_subject(two, ["falcn-2", "why?"])
