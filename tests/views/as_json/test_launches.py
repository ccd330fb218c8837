from __future__ import annotations

from datetime import UTC, datetime

from launch_kits.database.records import Decision, Event, TaskStatus
from launch_kits.views.as_json import (
    export_json,
    gates_json,
    history_json,
    launches_json,
    status_json,
    tasks_json,
)
from tests.slack.views import launch, task

AT = datetime(2027, 2, 1, 15, tzinfo=UTC)


def event(key: str | None) -> Event:
    return Event(launch="valkey-9", at=AT, by="a@example.com", verb="note", task=key)


def test_all_launches_count_their_open_tasks():
    view = launch(task("a", status=TaskStatus.DONE), task("b"), task("c"))
    (found,) = launches_json([view])
    assert (found["launch"], found["tasks_open"]) == ("valkey-9", 2)
    assert found["readiness"] == 0.3333


def test_status_names_the_parts_that_changed_since_a_document_was_written():
    view = launch(task("a"), task("b"), stale={"b": ("positioning",)})
    tasks = status_json(view)["tasks"]
    assert isinstance(tasks, list)
    assert [each["stale"] for each in tasks] == [[], ["positioning"]]


def test_tasks_begin_with_their_launch():
    (found,) = tasks_json([task("a")])
    assert list(found)[:2] == ["launch", "key"]
    assert found["launch"] == "valkey-9"


def test_export_has_the_events_of_its_tasks_and_of_the_launch():
    view = launch(task("a"), task("b"))
    events = [event("a"), event("b"), event(None)]
    found = export_json(view, view.tasks[:1], events)
    kept = found["events"]
    assert isinstance(kept, list)
    assert [each["task"] for each in kept] == ["a", None]


def test_history_keeps_its_order():
    found = history_json([event("b"), event("a")])
    assert [each["task"] for each in found] == ["b", "a"]
    assert found[0]["at"] == "2027-02-01T15:00:00+00:00"


def test_decision_is_a_word_or_null():
    assert gates_json(launch())["decision"] is None
    made = Decision(launch="valkey-9", at=AT, by="a@example.com", go=False, note="No")
    found = gates_json(launch(decision=made))["decision"]
    assert found == {
        "decision": "no-go",
        "by": "a@example.com",
        "at": "2027-02-01T15:00:00+00:00",
        "note": "No",
    }
