from __future__ import annotations

import json
import logging

import pytest

from launch_kits.errors import Refused
from launch_kits.slack.inbound import commands
from launch_kits.slack.inbound.modal_check import MOST_FAULT
from tests.launches import LEAD, PMM, SLUG, status
from tests.slack.office import Office
from tests.slack.stand_in import Fault

FILLED = {"product": "Heron 3", "launch": "heron-3", "launch_on": "2027-09-01"}
BROKEN = "Slack did not answer as it should. Please try again."
APOLOGY = (
    "Sorry, that went wrong on our side. Please try again; "
    "if it stays so, tell whoever runs this."
)


@pytest.mark.parametrize("failing", ["broken", "drop", "limited"])
def test_a_check_for_which_slack_fails_is_told_in_the_modal_and_can_be_repeated(
    falcon_office: Office, failing: str
) -> None:
    falcon_office.type(LEAD, "start")
    falcon_office.app.slack._people._known.clear()
    falcon_office.slack.faults.append(Fault("users.info", failing))
    answered = falcon_office.fill(LEAD, **FILLED)
    assert answered == {"response_action": "errors", "errors": {"product": BROKEN}}
    assert falcon_office.started == []
    assert falcon_office.fill(LEAD, **FILLED) == {}
    assert len(falcon_office.started) == 1


def test_a_member_that_slack_does_not_know_is_told_so(falcon_office: Office) -> None:
    falcon_office.type(LEAD, "start")
    sent = falcon_office.people.filled(
        LEAD, falcon_office.slack.modals[-1][1], **FILLED
    )
    del sent["user"]
    _, body = falcon_office.people.post(sent)
    assert json.loads(body)["errors"] == {"product": BROKEN}


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (Refused("the database is full"), "Not done: the database is full."),
        (Refused("é" * 900), None),
        (OSError("no space left"), APOLOGY),
        (RecursionError("too deep"), APOLOGY),
    ],
    ids=["refused", "long", "system", "ours"],
)
def test_whatever_a_check_raises_is_told_at_the_first_input(
    falcon_office: Office,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    raised: Exception,
    said: str | None,
) -> None:
    def fail(*_: object) -> dict[str, str]:
        raise raised

    falcon_office.type(LEAD, "start")
    monkeypatch.setattr(commands, "faults_of_start", fail)
    with caplog.at_level(logging.ERROR):
        answered = falcon_office.fill(LEAD, **FILLED)
    assert answered["response_action"] == "errors"
    told = answered["errors"]["product"]
    assert (told == said) if said else (len(told) <= MOST_FAULT)
    assert bool(caplog.records) is not isinstance(raised, Refused)


def test_a_database_that_fails_is_told_and_nothing_is_done(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    falcon_office.click(PMM, "task_extend", f"{SLUG}|positioning")
    before = status(falcon_office.store, "positioning")
    monkeypatch.setattr("launch_kits.slack.inbound.modal_check.was_answered", _locked)
    answered = falcon_office.fill(PMM, until="2027-01-20", reason="Longer")
    assert list(answered["errors"].values()) == [APOLOGY]
    assert status(falcon_office.store, "positioning") == before


def test_a_modal_that_was_carried_out_is_not_checked_again(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "launch_kits.slack.inbound.modal_check.was_answered", lambda *_: True
    )
    falcon_office.type(LEAD, "start")
    sent = falcon_office.people.filled(LEAD, falcon_office.slack.modals[-1][1])
    assert json.loads(falcon_office.people.post(sent)[1] or "{}") == {}


def _locked(*_: object) -> bool:
    raise OSError("database is locked")
