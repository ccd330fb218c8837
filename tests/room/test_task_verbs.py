from __future__ import annotations

from pathlib import Path

from launch_kits.room.task_verbs import TASK_VERBS, denial, verbs_for
from launch_kits.verbs import begin, block, done, extend
from launch_kits.views.launch import read_launch
from tests.launches import LEAD, LEGAL, NOW, PMM, SALES, SLUG, at, opened


def names(store, key, email):
    with store.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=Path())
    return [verb.name for verb in verbs_for(view, view.task(key), email)]


def test_the_verbs_fit_the_status(store):
    opened(store)
    others = ["extend", "note", "reassign", "edit", "drop"]
    assert names(store, "positioning", PMM) == ["begin", "done", "block", *others]
    begin(store, SLUG, "positioning", by=PMM, now=NOW)
    assert names(store, "positioning", PMM) == ["done", "block", *others]
    block(store, SLUG, "positioning", by=PMM, now=NOW, note="Waits")
    assert names(store, "positioning", PMM) == ["unblock", *others]
    assert names(store, "training", SALES) == others
    done(store, SLUG, "research", by=PMM, now=NOW)
    assert names(store, "research", PMM) == ["reopen"]


def test_questions_are_offered_to_those_who_answer(store):
    opened(store)
    extend(store, SLUG, "positioning", until=at("03-25").date(), by=PMM, now=NOW)
    assert names(store, "positioning", LEAD)[:2] == ["grant", "refuse"]
    assert "grant" not in names(store, "positioning", PMM)
    for key in ("positioning", "battlecard:kite"):
        done(store, SLUG, key, by=PMM, now=NOW)
    assert names(store, "battlecard:kite", LEGAL) == ["approve", "reject", "note"]


def test_no_one_is_offered_nothing(store):
    opened(store)
    assert names(store, "positioning", None) == []
    assert names(store, "positioning", SALES) == []
    with store.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=Path())
    task = view.task("positioning")
    assert denial(view, task, TASK_VERBS["begin"], SALES) is not None
    assert denial(view, task, TASK_VERBS["begin"], PMM) is None


def test_only_a_button_without_fields_acts_at_once():
    assert [each.name for each in TASK_VERBS.values() if each.direct] == [
        "begin",
        "unblock",
        "ack",
    ]
