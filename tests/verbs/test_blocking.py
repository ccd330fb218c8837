from __future__ import annotations

from collections.abc import Callable

from launch_kits.database.store import Store
from launch_kits.verbs import block, unblock
from tests.launches import LEAD, NOW, SLUG, notices, sentence_of, task
from tests.verbs.statuses import REVIEWED, slug_at


def test_the_lead_hears_why_work_stands_still(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access")
    (news,) = notices(falcon, "news")
    assert news.to == LEAD
    assert "No access" in sentence_of(falcon, news)


def test_the_lead_is_not_told_what_the_lead_did(falcon: Store) -> None:
    block(falcon, SLUG, "research", by=LEAD, now=NOW)
    assert notices(falcon, "news") == []


def test_a_task_goes_on_where_it_stood(standing: Callable[..., Store]) -> None:
    store = standing()
    for before in ("ready", "doing", "review"):
        block(store, slug_at(before), REVIEWED, now=NOW)
        assert task(store, REVIEWED, slug=slug_at(before)).status_before == before
        unblock(store, slug_at(before), REVIEWED, now=NOW)
        found = task(store, REVIEWED, slug=slug_at(before))
        assert (found.status, found.status_before) == (before, None)
