from __future__ import annotations

from launch_kits.errors import Refused
from launch_kits.slack.api.faults import Rejected
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.refusals import refusal_of
from launch_kits.slack.messages.late import TOO_LATE_TO_OPEN
from tests.launches import PMM, SLUG
from tests.slack.office import Office

DROPPED = Refused('task "research" is dropped; `reopen` it before 2027-02-01')


def test_keys_days_and_commands_are_told_in_words(falcon_office: Office) -> None:
    slack = falcon_office.app.slack
    place = ActionPlace(launch=SLUG, reader=PMM)
    assert refusal_of(slack, place, DROPPED) == 'Not done: "Research" is dropped.'
    late = Refused(f'launch "{SLUG}" is on 2027-02-09')
    said = "Not done: Falcon 2 is on Tue 9 Feb."
    assert refusal_of(slack, place, late) == said
    assert refusal_of(slack, ActionPlace(), late) == said, "the error names the launch"


def test_without_a_launch_it_is_told_as_it_is(falcon_office: Office) -> None:
    gone = ActionPlace(launch="gone")
    full = Refused("the database is full")
    said = refusal_of(falcon_office.app.slack, gone, full)
    assert said == "Not done: the database is full."


def test_a_form_that_comes_too_late_has_words_of_its_own(falcon_office: Office) -> None:
    late = Rejected("views.open", code="expired_trigger_id")
    assert refusal_of(falcon_office.app.slack, ActionPlace(), late) == TOO_LATE_TO_OPEN
