from __future__ import annotations

from typing import Any

import pytest

from launch_kits.database.records import MemberStanding
from launch_kits.slack.inbound.admission import OUTSIDE
from launch_kits.slack.messages.late import KEPT_FOR_LATER
from tests.launches import LEAD, PMM, SLUG, status
from tests.slack.office import Office, changeable, words
from tests.slack.stand_in import Fault

PLACE = f"{SLUG}|positioning"
OUTSIDERS = [
    ({"is_restricted": True}, MemberStanding.GUEST),
    ({"is_ultra_restricted": True}, MemberStanding.GUEST),
    ({"is_bot": True}, MemberStanding.BOT),
    ({"deleted": True}, MemberStanding.LEFT),
    ({"is_stranger": True}, MemberStanding.FOREIGN),
    ({"team_id": "T9"}, MemberStanding.FOREIGN),
]


@pytest.mark.parametrize(("facts", "standing"), OUTSIDERS)
@pytest.mark.parametrize("asked", ["click", "command", "modal", "home"])
def test_an_outsider_can_do_and_see_nothing_whatever_the_email_says(
    falcon_office: Office,
    facts: dict[str, Any],
    standing: MemberStanding,
    asked: str,
) -> None:
    office = falcon_office
    office.slack.make(PMM, **facts)
    before, shown = changeable(office.store), len(office.slack.modals)
    if asked == "click":
        office.click(PMM, "task_begin", PLACE)
    elif asked == "command":
        office.type(PMM, f"done {SLUG} positioning")
    elif asked == "modal":
        office.click(PMM, "task_done", PLACE)
    else:
        office.people.open_home(PMM)
        office.settle()
    why = OUTSIDE[standing]
    if asked == "home":
        assert why in str(words(office.slack.homes[-1][1]))
        assert "Positioning" not in str(office.slack.homes[-1][1])
    else:
        assert office.told == f"Sorry: {why}."
    assert changeable(office.store) == before
    assert len(office.slack.modals) == shown


def test_a_request_from_another_workspace_is_refused(falcon_office: Office) -> None:
    before = changeable(falcon_office.store)
    falcon_office.slack.people["spy@example.com"] = falcon_office.slack.people[PMM]
    falcon_office.click(PMM, "task_begin", PLACE, team={"id": "T9"})
    assert falcon_office.told == f"Sorry: {OUTSIDE[MemberStanding.FOREIGN]}."
    assert changeable(falcon_office.store) == before


def test_a_profile_that_takes_the_leads_email_gets_none_of_their_tasks(
    falcon_office: Office,
) -> None:
    falcon_office.type(PMM, "mine")
    falcon_office.slack.shown_as[PMM] = LEAD
    falcon_office.type(PMM, "mine")
    assert "Positioning" in str(falcon_office.slack.told[-1])


def test_a_first_click_waits_until_slack_says_whose_it_is(
    falcon_office: Office,
) -> None:
    falcon_office.slack.faults.append(Fault("users.info", "broken"))
    falcon_office.click(PMM, "task_begin", PLACE)
    assert falcon_office.told == KEPT_FOR_LATER
    assert status(falcon_office.store, "positioning") == "ready"
    falcon_office.app.resume()
    falcon_office.settle()
    assert status(falcon_office.store, "positioning") == "doing"
