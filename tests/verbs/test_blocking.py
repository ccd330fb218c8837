from __future__ import annotations

from collections.abc import Callable

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.verbs import block, unblock
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    PMM,
    SLUG,
    events,
    notices,
    sentence_of,
    task,
)
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


def test_the_person_who_can_help_is_told(falcon: Store) -> None:
    outcome = block(falcon, SLUG, "research", now=NOW, note="No access", waits_on="ops")
    assert outcome.message == f"research is blocked; {OPS} is told"
    helped, led = sorted(notices(falcon, "news"), key=lambda each: each.to == LEAD)
    assert (helped.to, led.to) == (OPS, LEAD)
    assert "names you as the person who can help: No access" in sentence_of(
        falcon, helped
    )
    assert "No access (waits on Ola)" in sentence_of(falcon, led)
    (event,) = events(falcon, verb="block")
    assert event.data["waits_on"] == OPS


def test_the_lead_who_can_help_is_told_once(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access", waits_on=LEAD.upper())
    (news,) = notices(falcon, "news")
    assert news.to == LEAD


def test_a_person_who_names_themselves_is_not_told(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, waits_on=PMM)
    assert [news.to for news in notices(falcon, "news")] == [LEAD]


def test_an_unknown_helper_is_refused(falcon: Store) -> None:
    with pytest.raises(NotFound):
        block(falcon, SLUG, "research", now=NOW, waits_on="nobody")
    assert task(falcon, "research").status == "ready"
