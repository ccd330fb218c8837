from __future__ import annotations

import pytest

from launch_kits.database.records import NoticeKind
from launch_kits.database.store import Store
from launch_kits.verbs import done, reassign
from launch_kits.verbs.handover_facts import given, given_now
from tests.launches import (
    KIT,
    LEAD,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    brief_with,
    changed,
    notices,
    opened,
    sentence_of,
    task,
)

GIVEN = {"given": {"by": LEAD, "from": PMM, "note": "Pia is on leave"}}


@pytest.fixture
def flying(store: Store) -> Store:
    return opened(store)


def give(store: Store, to: str, *, key: str = "research", by: str = LEAD) -> None:
    note = "Pia is on leave"
    changed(reassign(store, SLUG, key, to=to, by=by, note=note, now=NOW))


def facts(store: Store, key: str = "research") -> dict[str, object]:
    with store.read() as session:
        return given(session, task(store, key))


def test_the_last_person_who_gave_it_counts(flying: Store) -> None:
    assert facts(flying) == {}
    give(flying, SALES)
    assert facts(flying) == GIVEN
    give(flying, OPS, by=SALES)
    assert facts(flying)["given"]["by"] == SALES


def test_a_person_who_takes_a_task_is_told_nothing_of_it(flying: Store) -> None:
    give(flying, OPS, by=OPS)
    assert facts(flying) == {}


def test_the_first_message_says_who_gave_it_and_why(flying: Store) -> None:
    give(flying, OPS)
    told = notices(flying, NoticeKind.TASK, key="research")
    (notice,) = [each for each in told if each.to == OPS]
    assert notice.facts == GIVEN
    assert sentence_of(flying, notice).endswith(
        "Lee gave it to you: Pia is on leave. Pia had it before."
    )


def test_a_task_for_later_says_so_in_digests_until_its_message_comes(
    store: Store,
) -> None:
    opened(store, brief_with(kit=KIT | {"handout": None}))
    done(store, SLUG, "positioning", now=NOW)
    give(store, OPS, key="legal_review")
    later = task(store, "legal_review")
    assert later.handed_out_at is None
    with store.read() as session:
        assert given_now(session, later, OPS)["given"]["by"] == LEAD
        later.handed_out_at = NOW
        assert given_now(session, later, OPS) == {}
        later.in_hands_of = SALES
        assert given_now(session, later, SALES) == {"for": OPS}
        assert given_now(session, task(store, "research"), PMM) == {}
