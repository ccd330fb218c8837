from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.database.records import SlackWorkspace
from launch_kits.slack.api.faults import SlackFault
from launch_kits.slack.inbound.workspaces import Workspaces, is_from
from tests.launches import NOW
from tests.slack.office import Office
from tests.slack.stand_in import TOKEN, Fault


@pytest.fixture
def workspaces(falcon_office: Office) -> Workspaces:
    office = falcon_office
    web = office.app.slack.web
    return Workspaces(web, office.store, token=TOKEN, clock=lambda: office.now)


def test_slack_is_asked_once_a_day(
    falcon_office: Office, workspaces: Workspaces
) -> None:
    falcon_office.slack.enterprise_id = "E1"
    before = falcon_office.slack.called("auth.test")
    for _ in range(2):
        own = workspaces.own()
    assert (own.team, own.enterprise, own.org_wide) == ("T1", "E1", False)
    assert falcon_office.slack.called("auth.test") == before + 1
    falcon_office.now += timedelta(days=1)
    workspaces.own()
    assert falcon_office.slack.called("auth.test") == before + 2


def test_it_stays_known_while_slack_is_silent(
    falcon_office: Office, workspaces: Workspaces
) -> None:
    falcon_office.slack.faults.append(Fault("auth.test", "drop"))
    with pytest.raises(SlackFault):
        workspaces.own()
    workspaces.own()
    falcon_office.slack.faults.append(Fault("auth.test", "drop", times=9))
    falcon_office.now += timedelta(days=9)
    assert workspaces.own().team == "T1"


def test_another_token_may_be_of_another_workspace(
    falcon_office: Office, workspaces: Workspaces
) -> None:
    workspaces.own()
    office = falcon_office
    other = Workspaces(
        office.app.slack.web, office.store, token="xoxb-2", clock=lambda: office.now
    )
    office.slack.team_id = "T2"
    assert (workspaces.own().team, other.own().team) == ("T1", "T2")


@pytest.mark.parametrize(
    ("body", "ours", "ours_org_wide"),
    [
        ({"team_id": "T1"}, True, True),
        ({"team": {"id": "T1"}, "enterprise": None}, True, True),
        ({"team": {"id": "T1"}, "team_id": "T9"}, False, False),
        ({"team_id": "T9"}, False, False),
        ({"team_id": "T9", "enterprise_id": "E1"}, False, True),
        ({"team": None, "enterprise": {"id": "E1"}}, False, True),
        ({"team_id": "T9", "enterprise_id": "E9"}, False, False),
        ({}, False, False),
    ],
)
def test_a_request_is_tied_to_the_workspace(body, ours, ours_org_wide) -> None:
    facts = {"token": "x", "team": "T1", "enterprise": "E1", "read_at": NOW}
    assert is_from(SlackWorkspace(**facts), body) is ours
    assert is_from(SlackWorkspace(**facts, org_wide=True), body) is ours_org_wide
