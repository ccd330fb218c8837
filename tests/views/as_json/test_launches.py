from __future__ import annotations

from datetime import UTC, datetime

from launch_kits.database.records import Decision, Event
from launch_kits.plan import State
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.views.as_json import (
    export_json,
    gate_list_json,
    gates_json,
    history_json,
    launches_json,
    status_json,
    tasks_json,
)
from launch_kits.views.overview import Overview
from tests.slack.views import launch, task

AT = datetime(2027, 2, 1, 15, tzinfo=UTC)


def event(key: str | None) -> Event:
    return Event(launch="valkey-9", at=AT, by="a@example.com", verb="note", task=key)


def test_all_launches_count_their_open_tasks():
    listed = Overview(
        slug="valkey-9",
        product="Valkey 9.0",
        status="running",
        launch_on=AT.date(),
        readiness=1 / 3,
        late=0,
        state=State.ON_TRACK,
        lands_on=None,
        tasks_open=2,
    )
    (found,) = launches_json([listed])
    assert (found["launch"], found["tasks_open"]) == ("valkey-9", 2)
    assert found["readiness"] == 0.3333


def test_status_names_the_parts_that_changed_since_a_document_was_written():
    view = launch(task("a"), task("b"), stale={"b": ("positioning",)})
    tasks = status_json(view, levelled=None)["tasks"]
    assert isinstance(tasks, list)
    assert [each["stale"] for each in tasks] == [[], ["positioning"]]


def test_tasks_begin_with_their_launch():
    (found,) = tasks_json([task("a")])
    assert list(found)[:2] == ["launch", "key"]
    assert found["launch"] == "valkey-9"


def test_export_has_the_events_of_its_tasks_and_of_the_launch():
    view = launch(task("a"), task("b"))
    events = [event("a"), event("b"), event(None)]
    found = export_json(view, view.tasks[:1], events, levelled=None)
    kept = found["events"]
    assert isinstance(kept, list)
    assert [each["task"] for each in kept] == ["a", None]


def test_history_keeps_its_order():
    found = history_json([event("b"), event("a")])
    assert [each["task"] for each in found] == ["b", "a"]
    assert found[0]["at"] == "2027-02-01T15:00:00+00:00"


def test_decision_is_a_word_or_null():
    assert gates_json(launch())["decision"] is None
    made = Decision(
        launch="valkey-9", at=AT, by="a@example.com", go=False, note="No", task="go"
    )
    found = gates_json(launch(decision=made))["decision"]
    assert found == {
        "decision": "no-go",
        "by": "a@example.com",
        "at": "2027-02-01T15:00:00+00:00",
        "note": "No",
        "task": "go",
    }


def test_the_list_of_gates_has_the_keys_of_the_contract():
    checks = (
        CheckState(
            1,
            "Sellers are trained",
            evidence=True,
            key="trained",
            checked_by="a@example.com",
            checked_at=AT,
            link="https://example.com/r",
        ),
        CheckState(
            2, "Cards are read", evidence=False, key="cards", waived_until=AT.date()
        ),
    )
    sales = GateState("sales", "Sales can sell it", "a@example.com", True, True, checks)
    after = GateState(
        "after", "It went well", "a@example.com", False, False, (), after_launch=True
    )
    view = launch(gates=(sales, after))
    trained = {
        "n": 1,
        "key": "trained",
        "title": "Sellers are trained",
        "evidence": True,
        "met": True,
        "link": "https://example.com/r",
        "by": "a@example.com",
        "at": "2027-02-01T15:00:00+00:00",
        "waived_until": None,
    }
    cards = {
        "n": 2,
        "key": "cards",
        "title": "Cards are read",
        "evidence": False,
        "met": False,
        "link": None,
        "by": None,
        "at": None,
        "waived_until": "2027-02-01",
    }
    first = {"stage": "sales", "title": "Sales can sell it", "hard": True}
    second = {"stage": "after", "title": "It went well", "hard": False}
    assert gate_list_json(view) == [
        {**first, "after_launch": False, "checks": [trained, cards]},
        {**second, "after_launch": True, "checks": []},
    ]
    assert [each["stage"] for each in gate_list_json(view, stage="after")] == ["after"]
