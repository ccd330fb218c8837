from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from launch_kits.database.store import Store
from launch_kits.verbs import (
    advance,
    begin,
    block,
    done,
    drop,
    move,
    reassign,
    reopen,
    submit,
    unblock,
)
from launch_kits.verbs.advance import due_launches
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    changed,
    kit_with,
    notices,
    opened,
    status,
    task,
)

#: the small kit, which hands a task out when its planned start is near
SLOW = KIT | {"handout": None}
#: legal_review is planned from Thursday 14 to Friday 15 January, its latest start is in February
PLANNED = at("01-14", 0)


def slow(store: Store, kit: dict[str, Any] = SLOW, **changes: Any) -> Store:
    return opened(store, brief_with(kit=kit, **changes))


@pytest.fixture
def early(store: Store) -> Store:
    """A launch whose legal review is ready three days before its planned start."""
    slow(store)
    done(store, SLUG, "positioning", now=NOW)
    assert task(store, "legal_review").planned_start == date(2027, 1, 14)
    return store


def told(store: Store, key: str = "legal_review") -> list[str]:
    return [notice.to for notice in notices(store, "task", key=key)]


def handed_out(store: Store, key: str = "legal_review") -> bool:
    return task(store, key).handed_out_at is not None


def test_the_first_day_tells_the_owners_of_tasks_that_are_planned_for_it(
    store: Store,
) -> None:
    slow(store)
    assert told(store, "positioning") == told(store, "research") == [PMM]


def test_a_task_that_is_ready_early_waits_for_its_planned_start(early: Store) -> None:
    assert status(early, "legal_review") == "ready"
    assert task(early, "legal_review").ready_at == NOW
    assert (told(early), handed_out(early)) == ([], False)
    assert task(early, "legal_review").look_at == PLANNED
    advance(early, SLUG, now=at("01-13", 23, 59))
    assert told(early) == []
    with early.read() as session:
        assert due_launches(session, now=PLANNED) == [SLUG]
    advance(early, SLUG, now=PLANNED)
    assert told(early) == [LEGAL]
    assert task(early, "legal_review").handed_out_at == PLANNED
    advance(early, SLUG, now=at("01-14", 12))
    assert told(early) == [LEGAL]


def test_the_event_and_the_document_come_when_a_task_is_ready(early: Store) -> None:
    card = task(early, "battlecard:osprey")
    assert (card.status, card.handed_out_at) == ("ready", None)
    assert card.document_owed_at == NOW


def test_without_float_a_task_is_handed_out_two_days_before_its_latest_start(
    store: Store,
) -> None:
    kit = kit_with(legal_review={"due": "T-17"}) | {"handout": None}
    slow(store, kit)
    done(store, SLUG, "positioning", now=NOW)
    assert task(store, "legal_review").start_by == date(2027, 1, 14)
    assert task(store, "legal_review").look_at == at("01-12", 0)
    advance(store, SLUG, now=at("01-12", 0))
    assert told(store) == [LEGAL]


def test_the_two_days_are_those_of_the_owner(store: Store) -> None:
    kit = kit_with(legal_review={"due": "T-17"}) | {"handout": None}
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["legal"]["away"] = [{"from": "2027-01-12", "to": "2027-01-12"}]
    slow(store, kit, team=team, begin_on="2027-01-08")
    done(store, SLUG, "positioning", now=at("01-08"))
    assert task(store, "legal_review").start_by == date(2027, 1, 14)
    advance(store, SLUG, now=at("01-10", 23))
    assert told(store) == []
    advance(store, SLUG, now=at("01-11", 0))
    assert told(store) == [LEGAL]


def test_a_task_that_begins_is_handed_out_at_once(early: Store) -> None:
    changed(begin(early, SLUG, "legal_review", now=at("01-12")))
    assert told(early) == [LEGAL]
    assert task(early, "legal_review").handed_out_at == at("01-12")
    advance(early, SLUG, now=PLANNED)
    assert told(early) == [LEGAL]


def test_a_waiting_task_that_begins_early_is_handed_out_at_once(store: Store) -> None:
    slow(store, begin_on="2027-01-18")
    begin(store, SLUG, "research", now=NOW)
    assert told(store, "research") == [PMM]


@pytest.mark.parametrize("verb", [submit, done, block])
def test_work_on_a_task_hands_it_out(early: Store, verb: Any) -> None:
    changed(verb(early, SLUG, "battlecard:osprey", now=NOW))
    assert told(early, "battlecard:osprey") == [PMM]
    assert handed_out(early, "battlecard:osprey")


def test_a_kit_hands_out_at_once_if_it_says_so(store: Store) -> None:
    opened(store)
    done(store, SLUG, "positioning", now=NOW)
    assert told(store) == [LEGAL]
    assert told(store, "battlecard:osprey") == [PMM]


def test_a_task_of_a_kit_is_handed_out_at_once_if_it_says_so(store: Store) -> None:
    slow(store, kit_with(battlecard={"handout": "ready"}) | {"handout": None})
    done(store, SLUG, "positioning", now=NOW)
    assert told(store, "battlecard:osprey") == [PMM]
    assert told(store, "battlecard:kite") == [PMM]
    assert told(store) == []


def test_a_new_owner_waits_for_the_same_day(early: Store) -> None:
    reassign(early, SLUG, "legal_review", to="sales", by=LEAD, now=NOW)
    assert told(early) == []
    advance(early, SLUG, now=PLANNED)
    assert told(early) == [SALES]


def test_a_new_owner_of_a_task_that_was_handed_out_is_told_at_once(
    early: Store,
) -> None:
    advance(early, SLUG, now=PLANNED)
    reassign(early, SLUG, "legal_review", to="sales", by=LEAD, now=at("01-14", 12))
    assert told(early) == [LEGAL, SALES]
    assert task(early, "legal_review").handed_out_at == at("01-14", 12)


def test_a_new_owner_of_a_waiting_task_waits_like_the_one_before(early: Store) -> None:
    begin(early, SLUG, "legal_review", now=NOW)
    done(early, SLUG, "legal_review", now=NOW)
    reopen(early, SLUG, "positioning", now=NOW)
    reopen(early, SLUG, "legal_review", now=NOW)
    assert status(early, "legal_review") == "waiting"
    reassign(early, SLUG, "legal_review", to="sales", by=LEAD, now=NOW)
    done(early, SLUG, "positioning", now=NOW)
    assert told(early) == [LEGAL]
    advance(early, SLUG, now=PLANNED)
    assert told(early) == [LEGAL, SALES]


def test_an_owner_who_knows_a_task_hears_of_it_again_when_it_is_ready_again(
    early: Store,
) -> None:
    advance(early, SLUG, now=PLANNED)
    reopen(early, SLUG, "positioning", now=PLANNED)
    assert status(early, "legal_review") == "waiting"
    done(early, SLUG, "positioning", now=at("01-15"))
    assert told(early) == [LEGAL, LEGAL]


def test_a_dropped_task_that_was_never_handed_out_still_waits_for_its_day(
    early: Store,
) -> None:
    drop(early, SLUG, "legal_review", by=LEAD, now=NOW)
    reopen(early, SLUG, "legal_review", by=LEAD, now=NOW)
    assert (status(early, "legal_review"), told(early)) == ("ready", [])


def test_going_on_after_a_block_tells_no_one_again(early: Store) -> None:
    block(early, SLUG, "legal_review", now=NOW)
    unblock(early, SLUG, "legal_review", now=at("01-12"))
    advance(early, SLUG, now=PLANNED)
    assert told(early) == [LEGAL]


def test_a_later_plan_takes_nothing_back_and_holds_the_rest(early: Store) -> None:
    kite = "battlecard:kite"
    osprey = "battlecard:osprey"
    begin(early, SLUG, kite, now=NOW)
    move(early, SLUG, on=date(2027, 3, 9), by=LEAD, now=at("01-12"))
    assert handed_out(early, kite)
    assert handed_out(early, osprey) == (
        task(early, osprey).planned_start <= date(2027, 1, 12)
    )


def test_no_one_is_reminded_of_a_task_before_it_is_handed_out(early: Store) -> None:
    move(early, SLUG, on=date(2027, 2, 9), by=LEAD, now=NOW)
    with early.write() as session:
        review = session.merge(task(early, "legal_review"))
        review.due = date(2027, 1, 12)
        session.add(review)
    advance(early, SLUG, now=at("01-12", 10))
    reminders = ("nudge", "escalation")
    assert [n for n in notices(early, key="legal_review") if n.kind in reminders] == []


def test_reminders_count_from_the_day_of_the_first_notice(early: Store) -> None:
    for day in ("01-14", "01-15"):
        advance(early, SLUG, now=at(day, 9))
    assert notices(early, "nudge", key="legal_review") == [], "the notice is fresh"
    advance(early, SLUG, now=at("01-29", 9))
    (nudge,) = notices(early, "nudge", key="legal_review")
    assert nudge.key.endswith(":2027-02-03-in-3")


def test_the_day_is_that_of_the_launch_and_the_notice_waits_for_its_reader(
    store: Store,
) -> None:
    kit = kit_with(
        only=["positioning", "training"], training={"after": ["positioning"]}
    )
    slow(store, kit | {"handout": None})
    done(store, SLUG, "positioning", now=NOW)
    advance(store, SLUG, now=at("01-13", 23))
    assert told(store, "training") == []
    advance(store, SLUG, now=PLANNED)
    (notice,) = notices(store, "task", key="training")
    # midnight in New York is one in the afternoon in Singapore
    assert notice.send_after == PLANNED
    assert notice.send_after.astimezone(ZoneInfo("Asia/Singapore")).hour == 13
