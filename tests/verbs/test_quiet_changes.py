from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import changing
from launch_kits.verbs.quiet_changes import put_in_hands
from tests.launches import NOW, OPS, SLUG, events, launch, task


def test_a_task_in_other_hands_is_shown_so(falcon: Store) -> None:
    before = launch(falcon).revision
    for _ in range(2):  # the second time nothing changes
        with changing(falcon, SLUG, now=NOW) as change:
            put_in_hands(change, change.task("research"), OPS)
    assert task(falcon, "research").in_hands_of == OPS
    assert launch(falcon).revision == before + 1
    assert events(falcon, key="research", verb="delegate") == []
