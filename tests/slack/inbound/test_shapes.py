from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from launch_kits.slack.inbound.shapes import well_shaped
from tests.launches import SLUG, dump
from tests.slack.office import Office
from tests.slack.workspace import signature

VIEW = {"type": "modal", "id": "V1", "callback_id": "task_done"}
BUTTON = {"type": "button", "action_id": "task_done", "block_id": "b"}
EVENT = {"type": "app_home_opened", "user": "U2", "tab": "home", "channel": "D1"}
SOUND = [
    {},
    {"command": "/launch", "text": "help", "user_id": "U2", "team_id": "T1"},
    {"type": "url_verification", "challenge": "abc"},
    {"type": "event_callback", "event": EVENT, "authorizations": [{"team_id": "T1"}]},
    {"type": "block_actions", "user": {"id": "U2"}, "actions": [BUTTON]},
    {"type": "view_submission", "user": {"id": "U2"}, "view": VIEW},
    {"type": "block_actions", "actions": [BUTTON], "view": {**VIEW, "state": {}}},
    {"type": "view_closed", "view": {**VIEW, "private_metadata": "", "state": None}},
    {
        "type": "view_submission",
        "view": {
            **VIEW,
            "private_metadata": '{"launch": "falcon"}',
            "state": {"values": {"note": {"note": {"value": None}}}},
        },
    },
]
SPOILT = [
    [],
    "text",
    {"type": ["view_submission"]},
    {"type": "view_submission"},
    {"type": "view_submission", "view": ""},
    {"type": "view_submission", "view": {"callback_id": "task_done"}},
    {"type": "view_submission", "view": {**VIEW, "callback_id": 5}},
    {"type": "view_closed", "view": []},
    *(
        {"type": kind, "actions": [BUTTON], "view": {**VIEW, "private_metadata": text}}
        for kind in ("view_submission", "block_actions")
        for text in ("{", "[]", "5", "[" * 60_000, {})
    ),
    *(
        {"type": "view_submission", "view": {**VIEW, "state": state}}
        for state in ([], "", {"values": []}, {"values": None}, {"values": {"a": []}})
    ),
    {
        "type": "view_submission",
        "view": {**VIEW, "private_metadata": "{", "state": {"values": []}},
    },
    {"type": "view_submission", "view": {**VIEW, "state": {"values": {"a": {"a": 5}}}}},
    {"type": "block_actions"},
    {"type": "block_actions", "actions": []},
    {"type": "block_actions", "actions": [0]},
    {"type": "block_actions", "actions": 5},
    {"type": "block_actions", "actions": "task_done"},
    {"type": "block_actions", "actions": [{"block_id": "b"}]},
    {"type": "block_actions", "actions": [{**BUTTON, "action_id": [None]}]},
    {"type": "event_callback", "event": ""},
    {"type": "event_callback", "event": None},
    {"type": "event_callback", "event": {**EVENT, "type": 5}},
    {"type": "event_callback", "event": EVENT, "authorizations": {"a": 1}},
    {"command": 5},
    {"user": ["id"]},
    {"response_urls": [{}]},
]


@pytest.mark.parametrize("payload", SOUND)
def test_a_payload_of_slack_is_well_shaped(payload: object) -> None:
    assert well_shaped(payload)


@pytest.mark.parametrize("payload", SPOILT)
def test_a_payload_of_another_shape_is_not(payload: object) -> None:
    assert not well_shaped(payload)


@pytest.mark.parametrize(
    "payload", [each for each in SPOILT if isinstance(each, dict) and "type" in each]
)
def test_a_signed_payload_of_another_shape_is_refused_and_changes_nothing(
    falcon_office: Office, payload: dict[str, object]
) -> None:
    body = urlencode({"payload": json.dumps(payload)}).encode()
    before = dump(falcon_office.store)
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = falcon_office.app.answer(body, {**form, **signature(body)})
    falcon_office.settle()
    assert (answer.status, dump(falcon_office.store)) == (400, before)


def test_a_day_that_is_not_one_is_a_fault_of_its_field(falcon_office: Office) -> None:
    place = json.dumps({"launch": SLUG, "task": "positioning"})
    day = {"type": "datepicker", "selected_date": "button"}
    values = {"until": {"until": day}, "reason": {"reason": {"value": "Longer"}}}
    view = {**VIEW, "callback_id": "task_extend", "private_metadata": place}
    payload = {
        "type": "view_submission",
        "user": {"id": "U2"},
        "view": {**view, "state": {"values": values}},
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = falcon_office.app.answer(body, {**form, **signature(body)})
    assert json.loads(answer.body) == {
        "response_action": "errors",
        "errors": {"until": "Pick a day."},
    }
