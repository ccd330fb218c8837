from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.verbs import (
    begin,
    block,
    done,
    drop,
    reopen,
)
from tests.launches import (
    NOW,
    PMM,
    SLUG,
    at,
    brief_with,
    changed,
    events,
    kit_with,
    launch,
    notices,
    opened,
    pending,
    send_all,
    status,
    statuses,
    task,
)

#: a task that another person approves, one that no one approves, one whose owner approves it
REVIEWED = "battlecard:kite"
PLAIN = "research"
OWN = "legal_review"


def test_a_dropped_task_owes_no_document(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    drop(falcon, SLUG, REVIEWED, now=NOW)
    assert task(falcon, REVIEWED).document_owed_at is None


def test_a_reopened_task_takes_back_what_has_not_begun(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    begin(falcon, SLUG, "legal_review", now=NOW)
    block(falcon, SLUG, "battlecard:osprey", now=NOW)
    outcome = changed(reopen(falcon, SLUG, "positioning", now=at("01-12")))
    assert statuses(falcon) | {"retro": ""} == {
        "positioning": "ready",
        "research": "ready",
        "battlecard:osprey": "waiting",
        "battlecard:kite": "waiting",
        "legal_review": "doing",
        "training": "waiting",
        "go_live": "waiting",
        "retro": "",
    }
    assert "back to waiting: battlecard:osprey, battlecard:kite" in outcome.message
    assert pending(falcon, "task", key="battlecard:kite") == []
    found = task(falcon, "battlecard:osprey")
    assert (found.status_before, found.ready_at, found.document_owed_at) == (
        None,
        None,
        None,
    )


def test_what_was_taken_back_opens_again_and_is_told_again(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    send_all(falcon)
    reopen(falcon, SLUG, "positioning", now=NOW)
    assert pending(falcon, "task") == [PMM]
    done(falcon, SLUG, "positioning", now=at("01-12"))
    assert status(falcon, REVIEWED) == "ready"
    assert [notice.status for notice in notices(falcon, "task", key=REVIEWED)] == [
        "sent",
        "pending",
    ]


def test_the_history_tells_a_reopening_before_what_it_took_back(falcon: Store) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    reopen(falcon, SLUG, "positioning", now=NOW)
    told = [(event.verb, event.task, event.by) for event in events(falcon)][-4:]
    assert told[0] == ("reopen", "positioning", PMM)
    assert {(verb, by) for verb, _, by in told[1:]} == {("wait", "launch-kits")}


def test_a_reopened_task_starts_afresh(falcon: Store) -> None:
    begin(falcon, SLUG, "research", now=NOW)
    done(falcon, SLUG, "research", now=NOW)
    reopen(falcon, SLUG, "research", now=at("01-13"))
    found = task(falcon, "research")
    assert (found.status, found.ready_at, found.begun_at, found.done_at) == (
        "ready",
        at("01-13"),
        None,
        None,
    )
    assert pending(falcon, "task", key="research") == [PMM]


def test_a_dropped_task_reopened_waits_where_its_predecessors_are_open(
    falcon: Store,
) -> None:
    drop(falcon, SLUG, REVIEWED, now=NOW)
    outcome = changed(reopen(falcon, SLUG, REVIEWED, now=NOW))
    assert status(falcon, REVIEWED) == "waiting"
    assert "waiting again" in outcome.message
    assert pending(falcon, "task", key=REVIEWED) == []


def test_a_reopened_launch_runs_again_and_can_end_again(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(only=["positioning", "research"])))
    done(store, SLUG, "positioning", now=NOW)
    done(store, SLUG, "research", now=NOW)
    assert (launch(store).status, launch(store).ended_at) == ("done", NOW)
    changed(reopen(store, SLUG, "research", now=at("01-12")))
    assert (launch(store).status, launch(store).ended_at) == ("running", None)
    changed(done(store, SLUG, "research", now=at("01-13")))
    assert (launch(store).status, launch(store).ended_at) == ("done", at("01-13"))
    assert [event.at for event in events(store, verb="finished")] == [NOW, at("01-13")]


def test_a_dropped_task_passes_its_open_predecessors_on(falcon: Store) -> None:
    for key in ("battlecard:osprey", "battlecard:kite"):
        drop(falcon, SLUG, key, now=NOW)
    drop(falcon, SLUG, "legal_review", now=NOW)
    assert status(falcon, "training") == "waiting", "it waits for positioning now"
    done(falcon, SLUG, "positioning", now=NOW)
    assert status(falcon, "training") == "waiting", (
        "the lag of two working days still counts"
    )
    reopen(falcon, SLUG, "positioning", now=NOW)
    with pytest.raises(Refused, match="waits for positioning"):
        begin(falcon, SLUG, "training", now=NOW)


def test_a_dropped_task_opens_its_successors_where_nothing_else_holds_them(
    falcon: Store,
) -> None:
    outcome = drop(falcon, SLUG, "positioning", now=NOW)
    assert {
        status(falcon, key)
        for key in ("battlecard:osprey", "battlecard:kite", "legal_review")
    } == {"ready"}
    assert "ready now" in outcome.message
