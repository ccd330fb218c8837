from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.verbs import advance, begin, block, changing, enqueue_digests, unblock
from launch_kits.verbs.digest_news import MOST, inform, merge_news, tell_with
from launch_kits.views.notices.digest import morning
from launch_kits.views.notices.news_events import NewsEvent
from tests.launches import (
    LEAD,
    PMM,
    SLUG,
    at,
    notices,
    paragraphs_of,
    send_all,
    task,
)
from tests.slack.views import READER

NOON = at("02-02", 12)


def blocked(store: Store, *keys: str) -> list[Notice]:
    """The news for the lead of tasks that were blocked at noon, before what is pending is sent."""
    send_all(store)
    for key in keys:
        begin(store, SLUG, key, by=PMM, now=NOON)
        block(store, SLUG, key, by=PMM, now=NOON, note=f"No data for {key}")
    return [each for each in notices(store, "news") if each.to == LEAD]


def informed(store: Store, *, now: datetime = NOON) -> None:
    """News that ask nothing of the lead, after what is pending was sent."""
    send_all(store)
    due = task(store, "research").due.isoformat()
    facts = {
        "event": NewsEvent.EXTENSION_ANSWERED,
        "by": PMM,
        "granted": True,
        "due": due,
    }
    with changing(store, SLUG, now=now) as change:
        inform(change, LEAD, task=change.task("research"), facts=facts)


def told_in(digest: Notice) -> str:
    groups = morning(digest.facts, reader=READER).groups
    return "\n".join(item.text for group in groups for item in group.items)


def test_news_that_only_inform_are_told_in_the_next_digest(falcon: Store) -> None:
    informed(falcon)
    (news,) = [each for each in notices(falcon, "news") if each.to == LEAD]
    assert news.send_after == at("02-03", 10), "an hour after the morning"
    enqueue_digests(falcon, now=at("02-03", 9))
    (digest,) = [each for each in notices(falcon, "digest") if each.to == LEAD]
    (news,) = [each for each in notices(falcon, "news") if each.to == LEAD]
    assert (news.status, news.error) == ("dropped", digest.key)
    assert "granted: now due Mon 8 Feb" in told_in(digest)


def test_without_a_digest_they_go_by_themselves_within_a_working_day(
    falcon: Store,
) -> None:
    informed(falcon, now=at("01-12", 12))
    enqueue_digests(falcon, now=at("01-13", 9))
    assert [each for each in notices(falcon, "digest") if each.to == LEAD] == []
    (news,) = [each for each in notices(falcon, "news") if each.to == LEAD]
    assert (news.status, news.send_after) == ("pending", at("01-13", 10))


def test_news_of_a_blocked_task_wait_for_no_digest(falcon: Store) -> None:
    (news,) = blocked(falcon, "research")
    assert news.send_after == NOON


def test_a_digest_that_is_replaced_passes_its_news_on(falcon: Store) -> None:
    blocked(falcon, "research")
    for day in ("02-03", "02-09"):  # the first is not sent in between
        enqueue_digests(falcon, now=at(day, 9))
    found = [each for each in notices(falcon, "digest") if each.to == LEAD]
    first, last = sorted(found, key=lambda each: each.filed_at)
    assert (first.status, last.status) == ("dropped", "pending")
    (news,) = [each for each in notices(falcon, "news") if each.to == LEAD]
    assert news.error == last.key
    assert "No data for research" in told_in(last)


@pytest.mark.parametrize("more", [0, 3])
def test_more_news_than_a_digest_holds_stay_pending(falcon: Store, more: int) -> None:
    facts = {"event": "blocked", "by": PMM, "note": "No data yet"}
    with falcon.write() as session:
        digest = Notice(key="digest:x", kind="digest", launch=SLUG, to=LEAD)
        digest.filed_at = digest.send_after = NOON
        news = [
            Notice(
                key=f"news:{number}",
                kind="news",
                launch=SLUG,
                task="research",
                to=LEAD,
                filed_at=NOON + timedelta(minutes=number),
                send_after=NOON,
                facts=facts,
            )
            for number in range(MOST + more)
        ]
        session.add_all(news)
        merge_news(session, digest, news)
        assert len(digest.facts["news"]) == MOST
        left = [each.key for each in news if each.status == "pending"]
        assert left == [f"news:{MOST + number}" for number in range(more)]


def test_news_that_are_not_true_any_more_are_dropped(falcon: Store) -> None:
    blocked(falcon, "research")
    unblock(falcon, SLUG, "research", by=PMM, now=at("02-02", 15))
    enqueue_digests(falcon, now=at("02-04", 9))
    (digest,) = [each for each in notices(falcon, "digest") if each.to == LEAD]
    (news,) = [each for each in notices(falcon, "news") if each.to == LEAD]
    assert (news.status, news.error) == ("dropped", "the task goes on")
    assert "is blocked" not in told_in(digest)


def test_an_open_gate_after_its_day_is_told_once(falcon: Store) -> None:
    send_all(falcon)
    facts = {"event": "gate passed", "gate": "Sales", "checks": ["Cards"]}
    asked = {"launch": SLUG, "title": "Sales", "wanted": "gate"}
    for asks, told in (([asked], 0), ([asked | {"title": "Story"}], 1)):
        with falcon.write() as session:
            digest = Notice(
                key="digest:x",
                kind="digest",
                launch=SLUG,
                to=LEAD,
                facts={"asks": asks},
            )
            news = Notice(key="n", kind="news", launch=SLUG, to=LEAD, facts=facts)
            for each in (digest, news):
                each.filed_at = each.send_after = NOON
            merge_news(session, digest, [news])
            assert len(digest.facts.get("news", [])) == told
            assert news.error == digest.key
            session.rollback()


def test_a_digest_begins_with_a_launch_that_turned_at_risk(falcon: Store) -> None:
    send_all(falcon)
    morning_at = at("02-04", 9)
    advance(falcon, SLUG, now=at("02-04", 1))
    (news,) = [each for each in notices(falcon, "news") if ":at-risk-" in each.key]
    assert news.status == "pending"
    enqueue_digests(falcon, now=morning_at)
    (digest,) = [each for each in notices(falcon, "digest") if each.to == LEAD]
    (news,) = [each for each in notices(falcon, "news") if ":at-risk-" in each.key]
    assert (news.status, news.error) == ("dropped", digest.key)
    said = morning(digest.facts, reader=READER).sentence
    assert said.startswith("Falcon 2 is at risk now. ")


def test_a_digest_that_is_filed_already_takes_in_the_turn(falcon: Store) -> None:
    send_all(falcon)
    enqueue_digests(falcon, now=at("02-04", 9))
    advance(falcon, SLUG, now=at("02-04", 9))
    (digest,) = [each for each in notices(falcon, "digest") if each.to == LEAD]
    (news,) = [each for each in notices(falcon, "news") if ":at-risk-" in each.key]
    assert news.error == digest.key
    assert digest.facts["turned"] == [{"launch": SLUG, "product": "Falcon 2"}]


@pytest.mark.parametrize("still_true", [True, False])
def test_an_answer_about_more_time_goes_with_the_next_reminder(
    falcon: Store, *, still_true: bool
) -> None:
    due = task(falcon, "research").due if still_true else NOON.date()
    facts = {"event": "extension answered", "by": LEAD, "granted": True}
    rows = {
        "news": {**facts, "title": "Research", "due": due.isoformat()},
        "nudge": {},
    }
    with falcon.write() as session:
        for kind, fact in rows.items():
            row = Notice(key=f"{kind}:x", kind=kind, launch=SLUG, to=PMM, facts=fact)
            row.task = "research"
            row.filed_at = NOON
            row.send_after = NOON
            session.add(row)
            session.flush()
        tell_with(session, row, task(falcon, "research"))
    (news,) = [each for each in notices(falcon, "news") if each.to == PMM]
    (nudge,) = notices(falcon, "nudge")
    said = 'More time for "Research" granted: now due '
    told = any(said in text for text in paragraphs_of(falcon, nudge, now=NOON))
    assert (news.status, news.error) == (
        ("dropped", nudge.key) if still_true else ("pending", None)
    )
    assert told == still_true
