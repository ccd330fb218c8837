from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused
from launch_kits.verbs import TaskEdit, begin, done, edit
from tests.launches import NOW, SLUG, dump, notices, status, waits


def after(store: Store, key: str, *wanted: str) -> None:
    edit(store, SLUG, key, TaskEdit(after=wanted), now=NOW)


def test_tasks_come_and_go(falcon: Store) -> None:
    after(falcon, "training", "+research", "-battlecard:kite")
    assert waits(falcon)["training"] == {
        "research",
        "battlecard:osprey",
        "legal_review",
    }


def test_a_key_without_its_item_is_the_whole_family(falcon: Store) -> None:
    after(falcon, "training", "-battlecard")
    assert waits(falcon)["training"] == {"legal_review"}
    after(falcon, "training", "battlecard")
    assert waits(falcon)["training"] >= {"battlecard:osprey", "battlecard:kite"}


def test_a_ready_task_waits_for_an_open_predecessor(falcon: Store) -> None:
    after(falcon, "research", "+positioning")
    assert status(falcon, "research") == "waiting"
    assert notices(falcon, "task", key="research")[0].status == "dropped"
    after(falcon, "research", "-positioning")
    assert status(falcon, "research") == "ready"


def test_a_done_predecessor_holds_nothing(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    after(falcon, "research", "+positioning")
    assert status(falcon, "research") == "ready"


@pytest.mark.parametrize(
    ("key", "wanted", "why"),
    [
        ("positioning", "+training", "would wait for each other"),
        ("training", "+training", "cannot wait for itself"),
        ("training", "+trainin", 'did you mean "training"'),
        ("training", "-legal_revew", 'did you mean "legal_review"'),
        ("research", "-legal", "it waits for no task"),
    ],
)
def test_a_predecessor_that_cannot_be_is_refused(
    falcon: Store, key: str, wanted: str, why: str
) -> None:
    before = dump(falcon)
    with pytest.raises((Refused, NotFound), match=why):
        after(falcon, key, wanted)
    assert dump(falcon) == before


def test_begun_work_waits_for_nothing_more(falcon: Store) -> None:
    begin(falcon, SLUG, "research", now=NOW)
    with pytest.raises(Refused, match="has begun"):
        after(falcon, "research", "+positioning")
