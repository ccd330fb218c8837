from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest

from launch_kits import verbs
from launch_kits.database.store import Store
from launch_kits.slack.inbound.app import SlackApp
from launch_kits.slack.inbound.forms import CLICKS, FORMS
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.verbs import TaskEdit, cancel, drop, edit
from launch_kits.verbs.actors import Door
from tests.launches import LEAD, NOW, OPS, PMM, SLUG, dump, events
from tests.slack.messages.test_golden import (
    COMMAND,
    ISO_DAY,
    JARGON,
    SLIPS,
    SMALL_START,
    lines_of,
)
from tests.slack.office import Office

#: the keys of the launch and of its tasks
KEY = re.compile(
    rf"(?<!#)\b({SLUG}|research|positioning|go_live|legal_review|training)\b"
)
#: an option of the command line, with its dashes or without the first ones
OPTION = re.compile(r"--[a-z]|\baccept-[a-z]+")
#: what is typed into the forms with a preview, and into others that need something
TYPED = {
    "task_edit": {"title": "Ask more", "days": "40", "due": "2027-01-20"},
    "launch_move": {"launch_on": "2027-01-20"},
    "launch_add": {"title": "Press kit", "days": "9", "before": "training"},
    "gate_waive": {"note": "It can wait"},
}


def place(key: str) -> str:
    return json.dumps({"launch": SLUG, "task": key})


def test_every_form_is_shown_or_confirms_a_preview() -> None:
    previewed = {name for name, form in FORMS.items() if form.preview}
    confirmed = {name for name, form in FORMS.items() if form.show is None}
    assert confirmed == {f"{name}_now" for name in previewed}
    assert set(CLICKS) == set(FORMS) - confirmed


def test_a_confirmed_preview_sent_twice_changes_nothing_the_second_time(
    falcon_office: Office,
) -> None:
    falcon_office.click(LEAD, "task_edit", place("research"))
    falcon_office.fill(LEAD, title="Better research")
    payload = falcon_office.people.filled(LEAD, falcon_office.slack.modals[-1][1])
    for _ in range(2):
        falcon_office.people.post(payload)
        falcon_office.settle()
    assert len(events(falcon_office.store, verb="edit")) == 1


def test_a_preview_asks_slack_for_nothing_before_it_is_shown(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    falcon_office.click(LEAD, "task_edit", place("research"))

    def asked(*_: Any) -> Any:
        raise AssertionError("Slack is asked")

    monkeypatch.setattr(SlackSession, "member", asked)
    answered = falcon_office.fill(LEAD, title="Better research")
    assert answered["response_action"] == "push"


def test_a_preview_writes_nothing(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "launch_add", json.dumps({"launch": SLUG}))
    tables = dump(falcon_office.store)
    falcon_office.fill(LEAD, title="Press kit", before="training")
    after = dump(falcon_office.store)
    assert {**after, "answered": []} == {**tables, "answered": []}


def test_a_form_of_a_launch_that_ended_meanwhile_says_so(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_reassign", place("research"))
    cancel(falcon_office.store, SLUG, now=NOW)
    falcon_office.fill(PMM, owner=LEAD)
    assert events(falcon_office.store, verb="reassign") == []
    assert "cancelled" in falcon_office.told


def _undoable(office: Office) -> int:
    """An act of the lead by another door: the id of its event."""
    store = Store(office.store.url, door=Door.ROOM)
    verbs.note(store, SLUG, "research", by=LEAD, note="Soon", now=NOW)
    store.close()
    return events(office.store, verb="note")[-1].id


def shown_by_every_form(office: Office) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every form and preview of a launch with gates, by name."""
    check = {"launch": SLUG, "stage": "sales", "check": "cards-are-read"}
    points = TaskEdit(checklist=("Ask five", "Write it up"))
    edit(office.store, SLUG, "research", points, by=LEAD, now=NOW)
    drop(office.store, SLUG, "legal_review", now=NOW)
    about = {
        "launch_undo": {"launch": SLUG, "check": str(_undoable(office))},
        "task_decide": {"launch": SLUG, "task": "go_live"},
        "task_reopen": {"launch": SLUG, "task": "legal_review"},
        **dict.fromkeys(("gate_check", "gate_waive"), check),
    }
    research = {"launch": SLUG, "task": "research"}
    for name in sorted(CLICKS, key="gate_uncheck".__eq__):
        if name == "gate_uncheck":
            verbs.check(office.store, SLUG, "sales", 2, by=OPS, now=NOW)
            about[name] = check
        if name == "launch_undo":
            about[name] = _last_change(office)
        office.click(LEAD, name, json.dumps(about.get(name, research)))
        assert office.slack.told == [], name
        yield name, office.slack.modals[-1][1]
        if FORMS[name].preview:
            office.fill(LEAD, **TYPED[name])
            yield f"{name}, preview", office.slack.modals[-1][1]


def _last_change(office: Office) -> dict[str, str]:
    """A change of the lead that can be taken back, as a button names it."""
    store = Store(office.store.url, door=Door.SLACK)
    verbs.note(store, SLUG, "research", by=LEAD, note="So far so good", now=NOW)
    with store.read() as session:
        found = verbs.find_undoable(session, SLUG, LEAD, now=NOW)
    store.close()
    assert found is not None
    return {"launch": SLUG, "check": str(found.event)}


def test_no_form_speaks_like_a_program(gate_office: Office) -> None:
    patterns = (JARGON, ISO_DAY, COMMAND, SLIPS, SMALL_START)
    wrong = [
        (name, line)
        for name, view in shown_by_every_form(gate_office)
        for line in lines_of(view)
        for pattern in patterns
        if pattern.search(line)
    ]
    assert wrong == []


def test_socket_mode_and_http_do_the_same(gate_office: Office) -> None:
    bolt = gate_office.app._bolt

    def over_socket(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        request = SocketModeRequest(type=kind, envelope_id="1", payload=payload)
        answer = run_bolt_app(bolt, request)
        assert answer.status == 200
        gate_office.settle()
        return json.loads(answer.body) if answer.body else {}

    people = gate_office.people
    modals = gate_office.slack.modals
    over_socket("slash_commands", people.commanded(LEAD, "move"))
    moved = people.filled(LEAD, modals[-1][1], launch_on="2027-02-16")
    answered = over_socket("interactive", moved)
    assert answered["response_action"] == "push"
    preview = answered["view"]
    assert over_socket("interactive", people.filled(LEAD, preview)) == {
        "response_action": "clear"
    }
    assert len(events(gate_office.store, verb="move")) == 1
    click = people.pressed(LEAD, "task_edit", place("research"), channel="C9")
    over_socket("interactive", click)
    assert modals[-1][1]["callback_id"] == "task_edit"
    message = gate_office.message(PMM, "Please")
    channel = f"D{gate_office.slack.people[PMM]}"
    said = gate_office.slack.say(PMM, channel, "Done soon", thread_ts=message["ts"])
    event = {"type": "message", **said, "channel": channel}
    over_socket("events_api", people.told(event))
    assert [each.note for each in events(gate_office.store, verb="note")] == [
        "Done soon"
    ]


def test_work_that_a_killed_process_left_is_done_once_by_the_next(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    falcon_office.click(PMM, "task_reassign", place("research"))
    message = falcon_office.message(PMM, "Please")
    channel = f"D{falcon_office.slack.people[PMM]}"
    with monkeypatch.context() as killed:
        killed.setattr(SlackApp, "_work_on", lambda *_: None)
        assert falcon_office.fill(PMM, owner=OPS) == {"response_action": "clear"}
        falcon_office.people.write(PMM, channel, "Soon", thread_ts=message["ts"])
        falcon_office.settle()
    assert events(falcon_office.store, verb="reassign") == []
    for _ in range(2):
        falcon_office.app.resume()
        falcon_office.settle()
    assert len(events(falcon_office.store, verb="reassign")) == 1
    assert len(events(falcon_office.store, verb="note")) == 1


def _cancelled(office: Office) -> None:
    cancel(office.store, SLUG, now=NOW)


def _dropped(office: Office) -> None:
    for key in ("research", "positioning"):
        drop(office.store, SLUG, key, now=NOW)


def _begun(office: Office) -> None:
    for key in ("research", "positioning"):
        verbs.begin(office.store, SLUG, key, now=NOW)


@pytest.mark.parametrize("meanwhile", [_cancelled, _dropped, _begun])
def test_no_refusal_of_a_form_speaks_like_a_program(
    gate_office: Office, meanwhile: Callable[[Office], None]
) -> None:
    office = gate_office
    shown = list(shown_by_every_form(office))
    meanwhile(office)
    said = []
    for name, view in shown:
        before = len(office.slack.told)
        status, body = office.people.post(
            office.people.filled(LEAD, view, **TYPED.get(name, {}))
        )
        assert status == 200
        office.settle()
        faults = json.loads(body or "{}").get("errors", {}).values()
        told = (each["text"] for each in office.slack.told[before:])
        said += [(name, line) for line in (*faults, *told)]
    assert said
    patterns = (JARGON, ISO_DAY, COMMAND, SLIPS, SMALL_START, KEY, OPTION)
    assert [each for each in said for one in patterns if one.search(each[1])] == []
