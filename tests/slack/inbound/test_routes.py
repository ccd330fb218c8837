from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from launch_kits.slack.inbound import actions, routes
from launch_kits.slack.inbound.app import SlackApp
from launch_kits.slack.messages.late import AGAIN
from tests.launches import LEAD, SLUG
from tests.slack.office import Office


def test_every_button_and_form_has_its_work() -> None:
    assert set(routes.CLICKS) >= {*actions.BUTTONS, *actions.FORMS, AGAIN}
    assert set(routes.FORMS) >= {*actions.FORMS, "launch_start"}


_TYPED = {
    "note": "It is late",
    "reason": "It is late",
    "question": "Does it run on Windows?",
    "answer": "It does",
    "title": "Press kit",
    "days": "3",
    "product": "Heron",
    "link": "https://x.example/results",
    "source": "https://x.example/s",
}
#: a value for every input of every form, as Slack sends it
VALUES: Mapping[str, Mapping[str, object]] = {
    **{
        name: {"type": "plain_text_input", "value": value}
        for name, value in _TYPED.items()
    },
    **{
        name: {"type": "datepicker", "selected_date": "2027-02-16"}
        for name in ("until", "due", "launch_on")
    },
    "decision": {"type": "radio_buttons", "selected_option": {"value": "go"}},
    "owner": {"type": "users_select", "selected_user": "U2"},
}


@pytest.mark.parametrize("name", sorted(routes.FORMS))
def test_slack_is_asked_for_nothing_before_a_form_is_acknowledged(
    gate_office: Office, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    office = gate_office
    monkeypatch.setattr(SlackApp, "_work_on", lambda *_: None)
    where = {"launch": SLUG, "task": "research", "stage": "sales"}
    if name == "task_decide":
        where["task"] = "go_live"
    wanted = {"title": "Press kit", "days": "3", "launch_on": "2027-02-16"}
    about = {**where, "check": "cards-are-read", "reader": LEAD, "wanted": wanted}
    state = {input_name: {input_name: value} for input_name, value in VALUES.items()}
    view = {"type": "modal", "callback_id": name, "private_metadata": json.dumps(about)}
    payload = office.people.filled(LEAD, {**view, "title": {}, "blocks": []})
    payload["view"]["state"] = {"values": state}
    office.settle()
    before = list(office.slack.calls)
    status, _ = office.people.post(payload)
    office.settle()
    assert (status, office.slack.calls) == (200, before)
