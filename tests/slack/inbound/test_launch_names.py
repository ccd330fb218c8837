from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.slack.inbound.launch_names import find_named
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
