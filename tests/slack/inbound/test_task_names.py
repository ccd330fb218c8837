from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.slack.inbound.task_names import (
    find_task_named,
    find_task_with_link,
)
from launch_kits.verbs import drop
from tests.launches import NOW, SLUG


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("positioning", "positioning"),
        ("POSITIONING", "positioning"),
        ("battlecard: osprey", "battlecard:osprey"),
        ("battlecard:osprey", "battlecard:osprey"),
        ("Legal Review", "legal_review"),
        ("legal_review", "legal_review"),
        ("leg", "legal_review"),
    ],
)
def test_a_task_is_found_by_title_key_or_beginning(
    falcon: Store, typed: str, key: str
) -> None:
    assert find_task_named(falcon, SLUG, typed.split()) == key


def test_several_are_told_and_the_open_one_goes_first(falcon: Store) -> None:
    with pytest.raises(NotFound, match='which task is meant: "Battlecard: Osprey", "B'):
        find_task_named(falcon, SLUG, ["battlecard"])
    drop(falcon, SLUG, "battlecard:kite", now=NOW)
    assert find_task_named(falcon, SLUG, ["battlecard"]) == "battlecard:osprey"
    with pytest.raises(NotFound, match='no task is called "pos"'):
        find_task_named(falcon, SLUG, ["pos"], whole=True)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Legal review", ("legal_review", "")),
        ("Legal review https://x.example/a", ("legal_review", "https://x.example/a")),
        ("legal_review x.example", ("legal_review", "x.example")),
    ],
)
def test_the_last_word_may_be_a_link(
    falcon: Store, typed: str, found: tuple[str, str]
) -> None:
    assert find_task_with_link(falcon, SLUG, typed.split()) == found
