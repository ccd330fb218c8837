from __future__ import annotations

from dataclasses import replace

from launch_kits.settings import Settings
from launch_kits.slack.outbound.unknown_people import find_unknown_people
from tests.slack.conftest import PEOPLE
from tests.slack.stand_in import Fault, StandIn


def test_people_whom_slack_does_not_know_are_named_once(
    slack: StandIn, slack_settings: Settings
) -> None:
    emails = [*PEOPLE.values(), PEOPLE["legal"]]
    assert find_unknown_people(emails, settings=slack_settings) == (
        [PEOPLE["legal"]],
        None,
    )
    assert slack.called("users.lookupByEmail") == 3


def test_where_slack_cannot_be_asked_it_is_said_why(
    slack: StandIn, slack_settings: Settings
) -> None:
    slack.faults.append(Fault("users.lookupByEmail", "missing_scope"))
    found, trouble = find_unknown_people(PEOPLE.values(), settings=slack_settings)
    assert found == []
    assert "missing_scope" in str(trouble)


def test_without_a_token_no_one_is_asked_about(
    slack: StandIn, slack_settings: Settings
) -> None:
    assert find_unknown_people(
        PEOPLE.values(), settings=replace(slack_settings, slack_bot_token=None)
    ) == ([], None)
    assert slack.calls == []
