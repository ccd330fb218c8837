from __future__ import annotations

from typing import Any

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.verbs import advance, cancel, done, move
from launch_kits.verbs.sponsor import SPONSOR, informed
from launch_kits.verbs.transaction import reading
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    at,
    brief_with,
    kit_with,
    notices,
    opened,
    send_all,
)

SUE = "sponsor@example.com"


def sponsored(store: Store, **changes: Any) -> Store:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team[SPONSOR] = {"name": "Sue", "email": SUE}
    return opened(store, brief_with(team=team, **changes))


def to_sue(store: Store, kind: str) -> list[Notice]:
    return [each for each in notices(store, kind) if each.to == SUE]


def test_the_sponsor_hears_of_a_move_and_of_a_cancellation(store: Store) -> None:
    sponsored(store)
    move(store, SLUG, on=at("03-09").date(), now=NOW, note="A fault")
    (moved,) = to_sue(store, "news")
    assert (moved.facts["launch_before"], moved.facts["note"]) == (
        "2027-02-09",
        "A fault",
    )
    cancel(store, SLUG, now=NOW)
    assert len(to_sue(store, "cancelled")) == 1


def test_the_lead_and_the_sponsor_are_told_unless_it_is_their_act(store: Store) -> None:
    sponsored(store)
    with reading(store, SLUG, now=NOW) as change:
        assert informed(change, besides=[]) == [LEAD, SUE]
        assert informed(change, besides=[LEAD.upper(), PMM]) == [SUE]


def test_a_reminder_of_the_morning_goes_with_the_week(store: Store) -> None:
    kit = kit_with(
        only=["research", "positioning"],
        research={"review": "sponsor", "due": "T-18"},
    )
    sponsored(store, kit=kit)
    done(store, SLUG, "research", by=PMM, now=NOW)
    send_all(store)
    for day in (14, 18):
        advance(store, SLUG, now=at(f"01-{day}", 9))
        if day < 18:
            send_all(store, now=at(f"01-{day}", 9))
    (week,) = to_sue(store, "digest")
    pending = [each.kind for each in to_sue(store, "nudge") if each.status == "pending"]
    assert pending == []
    merged = [each for each in to_sue(store, "nudge") if each.error == week.key]
    assert len(merged) == 1, "the approval is overdue"
