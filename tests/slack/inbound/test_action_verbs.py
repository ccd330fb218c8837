from __future__ import annotations

import pytest

from launch_kits.errors import NotFound
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.action_verbs import VERBS
from launch_kits.slack.inbound.actions import BUTTONS, FORMS
from launch_kits.verbs import Outcome, changing
from tests.launches import LEAD, NOW, PMM, SLUG, events, status, task
from tests.slack.office import Office

PLACE = ActionPlace(launch=SLUG, task="positioning")


def _do(
    office: Office, action: str, place: ActionPlace, by: str, values: dict[str, str]
) -> Outcome:
    with changing(office.store, SLUG, now=NOW) as change:
        return VERBS[action](change, place, by, values)


def test_every_button_but_open_has_a_verb() -> None:
    assert set(VERBS) == {*BUTTONS, *FORMS} - {"task_open"}


@pytest.mark.parametrize(
    ("action", "values", "after"),
    [
        ("task_begin", {}, "doing"),
        ("task_done", {"link": "https://example.com/x", "note": "fine"}, "done"),
        ("task_block", {"reason": "no budget"}, "blocked"),
        ("task_ack", {}, "ready"),
    ],
)
def test_an_action_carries_out_its_verb(
    falcon_office: Office, action: str, values: dict[str, str], after: str
) -> None:
    outcome = _do(falcon_office, action, PLACE, PMM, values)
    assert outcome.changed
    assert status(falcon_office.store, "positioning") == after


def test_block_names_the_person_or_thing_it_waits_on(falcon_office: Office) -> None:
    _do(
        falcon_office,
        "task_block",
        PLACE,
        PMM,
        {"reason": "no budget", "by": "Finance"},
    )
    (event,) = events(falcon_office.store, verb="block")
    assert event.note == "no budget (waits on Finance)"
    _do(falcon_office, "task_unblock", PLACE, PMM, {})
    assert status(falcon_office.store, "positioning") == "ready"


def test_approve_and_reject_answer_a_request_for_more_time(
    falcon_office: Office,
) -> None:
    until = "2027-03-01"
    _do(falcon_office, "task_extend", PLACE, PMM, {"until": until, "reason": "ill"})
    assert task(falcon_office.store, "positioning").due.isoformat() < until
    asked = ActionPlace(launch=SLUG, task="positioning", until=until)
    _do(falcon_office, "task_approve", asked, LEAD, {})
    assert task(falcon_office.store, "positioning").due.isoformat() == until
    assert status(falcon_office.store, "positioning") == "ready"


def test_a_missing_task_is_not_found(falcon_office: Office) -> None:
    place = ActionPlace(launch=SLUG, task="nothing")
    with pytest.raises(NotFound):
        _do(falcon_office, "task_begin", place, PMM, {})
    assert events(falcon_office.store, key="nothing") == []
