from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from prefect.client.schemas.objects import StateType
from prefect.events.schemas.events import Event

from launch_kits.board import events
from launch_kits.board.graph import Look, StateChange
from launch_kits.views.undelivered import Undelivered
from tests.launches import NOW, PMM, SLUG


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


RUN = UUID(int=1)
CLIENT: Any = object()


@pytest.fixture
def emitted(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def keep(client: object, event: Event) -> None:
        assert client is CLIENT
        found.append(event.model_dump())

    monkeypatch.setattr(events, "_send", keep)
    return found


def test_an_event_is_sent_in_one_call(view) -> None:
    sent: list[Any] = []
    client = SimpleNamespace(request=lambda *given, json: sent.append((given, json)))
    events.launch_event(client, view(NOW), RUN, "opened", now=NOW)
    ((given, (event,)),) = sent
    assert given == ("POST", "/events")
    assert event["event"] == "launch-kits.launch.opened"
    assert event["resource"]["prefect.resource.id"] == f"launch-kits.launch.{SLUG}"


def test_a_sweep_emits_its_duration_and_problems(emitted) -> None:
    events.sweep_event(CLIENT, ended_at=NOW, seconds=1.25, problems=2)
    (event,) = emitted
    assert event["event"] == "launch-kits.sweep.ended"
    assert event["payload"] == {"seconds": "1.2", "problems": "2"}
    assert event["occurred"] == NOW
    assert event["resource"]["launch-kits.sweep.outcome"] == "failed"
    events.sweep_event(CLIENT, ended_at=NOW, seconds=1, problems=0)
    assert emitted[-1]["resource"]["launch-kits.sweep.outcome"] == "completed"


def _change(view, before: str | None, after: str) -> StateChange:
    return StateChange(
        view(NOW).tasks[0], UUID(int=2), before, Look(StateType.RUNNING, after)
    )


@pytest.mark.parametrize(("state", "event"), events.EVENTS.items())
def test_a_new_state_emits_its_event(view, emitted, state: str, event: str) -> None:
    events.task_event(CLIENT, view(NOW), RUN, _change(view, "Waiting", state), now=NOW)
    assert [each["event"] for each in emitted] == [event]
    assert emitted[0]["payload"]["before"] == "Waiting"
    assert emitted[0]["payload"]["launch"] == SLUG


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "Done"),
        ("Blocked", "InProgress"),
        ("Overdue", "InReview"),
        ("Overdue", "Overdue"),
        ("Done", "Waiting"),
    ],
)
def test_no_event_is_emitted_if_nothing_new_happened(
    view, emitted, before, after
) -> None:
    events.task_event(CLIENT, view(NOW), RUN, _change(view, before, after), now=NOW)
    assert emitted == []


def test_no_task_event_is_emitted_if_the_launch_was_cancelled(view, emitted) -> None:
    cancelled = replace(view(NOW), status="cancelled")
    events.task_event(
        CLIENT, cancelled, RUN, _change(view, "InProgress", "Dropped"), now=NOW
    )
    assert emitted == []


def test_equal_events_have_equal_ids(view, emitted) -> None:
    change = _change(view, "InProgress", "Overdue")
    events.task_event(CLIENT, view(NOW), RUN, change, now=NOW)
    events.task_event(CLIENT, view(NOW), RUN, change, now=later(5))
    events.task_event(CLIENT, view(NOW), UUID(int=3), change, now=NOW)
    ids = [each["id"] for each in emitted]
    assert ids[0] == ids[1] != ids[2]


def test_a_launch_event_occurs_when_the_launch_ended(view, emitted) -> None:
    ended = replace(view(NOW), ended_at=later(1))
    events.launch_event(CLIENT, ended, RUN, "done", now=later(9))
    events.launch_event(CLIENT, ended, RUN, "at-risk", now=later(9))
    assert [(each["event"], each["occurred"]) for each in emitted] == [
        ("launch-kits.launch.done", later(1)),
        ("launch-kits.launch.at-risk", later(9)),
    ]


def test_a_notice_event_has_another_id_after_each_attempt(view, emitted) -> None:
    notice = Undelivered(key="news:1", to=PMM, attempts=1, error="gone")
    events.notice_event(CLIENT, view(NOW), RUN, notice, now=NOW)
    events.notice_event(CLIENT, view(NOW), RUN, replace(notice, attempts=2), now=NOW)
    assert emitted[0]["payload"]["error"] == "gone"
    assert emitted[0]["id"] != emitted[1]["id"]
