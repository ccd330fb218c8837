from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from launch_kits.database.records import DigestDue
from launch_kits.database.store import Store
from launch_kits.verbs import (
    advance,
    begin,
    cancel,
    done,
    enqueue_digests,
)
from tests.launches import (
    KIT,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SLUG,
    at,
    brief_with,
    kit_with,
    notices,
    opened,
    send_all,
)

RESEARCH = kit_with(only=["research"])


def alone(store: Store, kit: dict[str, Any] = RESEARCH, **changes: Any) -> Store:
    """A launch with one task, whose message has been sent."""
    opened(store, brief_with(kit=kit, **changes))
    send_all(store)
    return store


def test_several_tasks_make_a_digest_in_the_morning(falcon: Store) -> None:
    send_all(falcon)
    enqueue_digests(falcon, now=at("01-12", 8, 59))
    assert notices(falcon, "digest") == []
    enqueue_digests(falcon, now=at("01-12", 9))
    (digest,) = notices(falcon, "digest")
    assert (digest.to, digest.task, digest.send_after) == (PMM, None, at("01-12", 9))
    assert [line["task"] for line in digest.facts["tasks"]] == [
        "positioning",
        "research",
    ]
    enqueue_digests(falcon, now=at("01-12", 9, 5))
    assert len(notices(falcon, "digest")) == 1


def test_a_single_task_makes_no_digest(store: Store) -> None:
    alone(store)
    enqueue_digests(store, now=at("01-12", 9))
    assert notices(store, "digest") == []


def test_a_digest_holds_the_work_of_all_launches(store: Store) -> None:
    alone(store)
    opened(store, brief_with(launch="kestrel", kit=RESEARCH))
    enqueue_digests(store, now=at("01-12", 9))
    (digest,) = [*notices(store, "digest"), *notices(store, "digest", slug="kestrel")]
    assert {line["launch"] for line in digest.facts["tasks"]} == {SLUG, "kestrel"}


def test_tasks_for_later_are_in_a_digest_but_make_none(store: Store) -> None:
    opened(store, brief_with(kit=KIT | {"handout": None}))
    done(store, SLUG, "positioning", now=NOW)
    send_all(store)
    enqueue_digests(store, now=at("01-12", 9))
    assert notices(store, "digest") == [], "only research is in hand"
    begin(store, SLUG, "battlecard:kite", now=at("01-12"))
    enqueue_digests(store, now=at("01-13", 9))
    (digest,) = notices(store, "digest")
    assert {line["task"]: line["later"] for line in digest.facts["tasks"]} == {
        "battlecard:kite": False,
        "battlecard:osprey": True,
        "research": False,
    }
    dates = {(line["planned_start"], line["due"]) for line in digest.facts["tasks"]}
    assert ("2027-01-14", "2027-02-05") in dates


def test_a_person_with_tasks_for_later_only_is_noted_when_they_are_handed_out(
    store: Store,
) -> None:
    kit = kit_with(only=["positioning", "legal_review"]) | {"handout": None}
    opened(store, brief_with(kit=kit))
    done(store, SLUG, "positioning", now=NOW)

    def noted() -> list[str]:
        with store.read() as session:
            return list(session.exec(select(DigestDue.person)).all())

    assert LEGAL not in noted()
    advance(store, SLUG, now=at("01-14", 0))
    assert LEGAL in noted()


def test_reminders_of_the_day_go_into_its_digest(falcon: Store) -> None:
    send_all(falcon)
    now = at("02-09")
    enqueue_digests(falcon, now=now)
    advance(falcon, SLUG, now=now)
    (digest,) = notices(falcon, "digest", status="pending")
    nudges = [notice for notice in notices(falcon, "nudge") if notice.to == PMM]
    assert {(notice.status, notice.error) for notice in nudges} == {
        ("dropped", digest.key)
    }
    assert len(nudges) == 2


def test_reminders_after_the_digest_was_sent_are_in_it_already(falcon: Store) -> None:
    send_all(falcon)
    enqueue_digests(falcon, now=at("02-09", 9))
    send_all(falcon, now=at("02-09", 9))
    advance(falcon, SLUG, now=at("02-09", 9, 5))
    assert {
        notice.status for notice in notices(falcon, "nudge") if notice.to == PMM
    } == {"dropped"}
    assert (
        len([notice for notice in notices(falcon, "digest") if notice.to == PMM]) == 1
    )


def test_several_escalations_are_one_digest(store: Store) -> None:
    kit = kit_with(only=["positioning", "research"])
    opened(store, brief_with(kit=kit))
    begin(store, SLUG, "research", now=NOW)
    send_all(store)
    advance(store, SLUG, now=at("02-12"))
    (digest,) = [
        notice
        for notice in notices(store, "digest", status="pending")
        if notice.to == OPS
    ]
    assert sorted(line["task"] for line in digest.facts["help"]) == [
        "positioning",
        "research",
    ]
    assert {each.error for each in notices(store, "escalation") if each.to == OPS} == {
        digest.key
    }


def test_whoever_has_no_work_left_hears_nothing(falcon: Store) -> None:
    send_all(falcon)
    cancel(falcon, SLUG, now=NOW)
    enqueue_digests(falcon, now=at("01-12", 9))
    assert notices(falcon, "digest") == []


def test_a_digest_comes_in_a_persons_own_morning(store: Store) -> None:
    singapore = ZoneInfo("Asia/Singapore")
    kit = kit_with(
        only=["training", "research"],
        training={"after": []},
        research={"role": "sales"},
    )
    opened(store, brief_with(kit=kit))
    enqueue_digests(store, now=at("01-13", 8, zone=singapore))
    assert notices(store, "digest") == []
    enqueue_digests(store, now=at("01-13", 9, zone=singapore))
    assert [notice.to for notice in notices(store, "digest")] == ["sales@example.com"]
