from __future__ import annotations

import json
from typing import Any

import pytest

from launch_kits.slack.inbound.forms import CLICKS, FORMS
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.verbs import cancel
from tests.launches import LEAD, NOW, PMM, SLUG, dump, events
from tests.slack.office import Office


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
