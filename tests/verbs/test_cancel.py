from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import (
    PREFECT,
    advance,
    cancel,
    done,
    drop,
    extend,
    move,
    reassign_role,
)
from launch_kits.worker.step import sweep_due
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    already,
    at,
    brief_with,
    changed,
    dump,
    events,
    extensions,
    kit_with,
    launch,
    notices,
    opened,
    send_all,
    statuses,
    task,
)


def test_a_cancelled_launch_has_ended(falcon: Store) -> None:
    outcome = changed(cancel(falcon, SLUG, now=at("01-12"), note="Not this year"))
    assert (
        outcome.message
        == "falcon-2 is cancelled; 4 people and #falcon-2-launch are told"
    )
    assert (launch(falcon).status, launch(falcon).ended_at) == (
        "cancelled",
        at("01-12"),
    )
    event = events(falcon)[-1]
    assert (event.verb, event.by, event.note) == ("cancel", LEAD, "Not this year")


def test_a_person_who_may_cancel_its_run_in_prefect_may_end_a_launch(
    falcon: Store,
) -> None:
    changed(
        cancel(falcon, SLUG, by=PREFECT, now=NOW, note="its run was cancelled there")
    )
    assert (events(falcon)[-1].by, events(falcon)[-1].note) == (
        "Prefect",
        "its run was cancelled there",
    )
    assert notices(falcon, "cancelled", status="pending")


def test_the_person_who_cancels_a_launch_is_not_told_of_it(falcon: Store) -> None:
    cancel(falcon, SLUG, by=LEAD, now=NOW)
    told = {notice.to for notice in notices(falcon, "cancelled")}
    assert told == {"#falcon-2-launch", LEGAL, PMM, SALES}


def test_everyone_with_open_work_is_told_once(falcon: Store) -> None:
    cancel(falcon, SLUG, now=NOW, note="Not this year")
    told = notices(falcon, "cancelled")
    assert sorted(notice.to for notice in told) == [
        "#falcon-2-launch",
        LEAD,
        LEGAL,
        PMM,
        SALES,
    ]
    assert {(notice.facts["by"], notice.facts["note"]) for notice in told} == {
        (LEAD, "Not this year")
    }


def test_those_whose_work_was_done_are_left_alone(falcon: Store) -> None:
    drop(falcon, SLUG, "training", now=NOW)
    cancel(falcon, SLUG, now=NOW)
    assert SALES not in [notice.to for notice in notices(falcon, "cancelled")]


def test_nothing_else_is_pending_any_more(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    cancel(falcon, SLUG, now=NOW)
    assert {notice.kind for notice in notices(falcon, status="pending")} == {
        "cancelled"
    }


def test_messages_sent_before_are_brought_up_to_date(falcon: Store) -> None:
    send_all(falcon)
    cancel(falcon, SLUG, now=NOW)
    assert {notice.kind for notice in notices(falcon) if notice.outdated} == {
        "task",
        "headline",
    }


def test_tasks_stay_as_they_stood(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    before = statuses(falcon)
    cancel(falcon, SLUG, now=NOW)
    assert statuses(falcon) == before
    assert {
        (task(falcon, key).look_at, task(falcon, key).document_owed_at)
        for key in before
    } == {(None, None)}


def test_a_request_for_more_time_lapses(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=at("05-03").date(), now=NOW)
    cancel(falcon, SLUG, now=NOW)
    assert [extension.status for extension in extensions(falcon)] == ["lapsed"]


def test_a_launch_is_cancelled_once(falcon: Store) -> None:
    cancel(falcon, SLUG, now=NOW)
    before = dump(falcon)
    already(cancel(falcon, SLUG, now=at("01-12")))
    assert dump(falcon) == before


@pytest.mark.parametrize("who", [PMM, LEGAL, STRANGER])
def test_only_the_lead_cancels(falcon: Store, who: str) -> None:
    before = dump(falcon)
    with pytest.raises(
        NotYours, match=f"{who} may not cancel Falcon 2; these may: {LEAD}"
    ):
        cancel(falcon, SLUG, by=who, now=NOW)
    assert dump(falcon) == before


def test_a_launch_that_is_done_cannot_be_cancelled(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(only=["positioning"])))
    done(store, SLUG, "positioning", now=NOW)
    before = dump(store)
    with pytest.raises(Refused, match="is done"):
        cancel(store, SLUG, now=NOW)
    assert dump(store) == before


def test_an_unknown_launch_cannot_be_cancelled(falcon: Store) -> None:
    with pytest.raises(NotFound):
        cancel(falcon, "kestrel", now=NOW)


def test_after_the_end_nothing_moves(falcon: Store) -> None:
    cancel(falcon, SLUG, now=NOW)
    before = dump(falcon, without="digest_due")
    assert not advance(falcon, SLUG, now=at("03-01"))
    sweep_due(falcon, now=at("03-01"))
    with pytest.raises(Refused, match="cancelled"):
        move(falcon, SLUG, on=at("03-02").date(), now=NOW)
    with pytest.raises(Refused, match="cancelled"):
        reassign_role(falcon, SLUG, role="pmm", to="ops", now=NOW)
    assert dump(falcon, without="digest_due") == before
