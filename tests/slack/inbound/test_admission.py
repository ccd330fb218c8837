from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from launch_kits.database.records import MemberStanding, SlackUser
from launch_kits.errors import Refused
from launch_kits.slack.inbound.admission import OUTSIDE
from launch_kits.slack.inbound.members import rebind
from launch_kits.slack.messages.late import KEPT_FOR_LATER
from launch_kits.slack.outbound.acquaintance import ids_of_people
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
    before = changeable(office.store)
    shown = len(office.slack.modals)
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


SECOND = "pia.new@example.com"


def second_account(office: Office) -> None:
    """Another account of the workspace, whose profile has the email of the owner."""
    office.slack.people[SECOND] = "U77"
    office.slack.shown_as[SECOND] = PMM


REFUSED = (
    "Sorry: another Slack account used the app with your email first, and only that one can act "
    "with it; if both are yours, ask your admin of Launch Kits to rebind the member U77."
)


@pytest.mark.parametrize("asked", ["click", "command", "modal", "home"])
@pytest.mark.parametrize("gone", [False, True])
def test_a_second_account_with_a_known_email_can_do_and_see_nothing(
    falcon_office: Office, asked: str, *, gone: bool
) -> None:
    office = falcon_office
    office.type(PMM, "mine")
    office.slack.make(PMM, deleted=gone)
    second_account(office)
    before = changeable(office.store)
    shown = len(office.slack.modals)
    if asked == "click":
        office.click(SECOND, "task_begin", PLACE)
    elif asked == "command":
        office.type(SECOND, f"done {SLUG} positioning")
    elif asked == "modal":
        office.click(SECOND, "task_done", PLACE)
    else:
        office.people.open_home(SECOND)
        office.settle()
        assert REFUSED in str(words(office.slack.homes[-1][1]))
        assert "Positioning" not in str(office.slack.homes[-1][1])
    if asked != "home":
        assert office.told == REFUSED
    assert changeable(office.store) == before
    assert len(office.slack.modals) == shown


def test_rebind_passes_the_email_on_to_the_second_account(
    falcon_office: Office,
) -> None:
    office = falcon_office
    office.type(PMM, "mine")
    second_account(office)
    office.type(SECOND, "mine")
    assert rebind(office.store, "U77") == (None, PMM)
    office.click(SECOND, "task_begin", PLACE)
    assert status(office.store, "positioning") == "doing"
    office.type(PMM, "mine")
    assert office.told.startswith("Sorry: another Slack account")
    assert ids_of_people(office.store)[PMM] == "U77"


def test_an_account_of_another_workspace_takes_no_email(falcon_office: Office) -> None:
    office = falcon_office
    second_account(office)
    office.slack.make(SECOND, is_stranger=True)
    office.type(SECOND, "mine")
    office.click(PMM, "task_begin", PLACE)
    assert status(office.store, "positioning") == "doing"


def test_of_two_accounts_that_were_given_one_email_the_later_loses_it(
    falcon_office: Office,
) -> None:
    office = falcon_office
    second_account(office)
    with office.store.write() as session:
        for days, user in enumerate([office.slack.people[PMM], "U77"]):
            at = office.now - timedelta(days=3 - days)
            row = SlackUser(id=user, email=PMM, name="P", standing="member", read_at=at)
            session.merge(row)
    office.type(SECOND, "mine")
    assert office.told == REFUSED
    office.click(PMM, "task_begin", PLACE)
    assert status(office.store, "positioning") == "doing"


def test_a_second_account_cannot_be_picked(falcon_office: Office) -> None:
    office = falcon_office
    office.type(PMM, "mine")
    second_account(office)
    with pytest.raises(Refused, match="pick that one"):
        office.app.slack.picked("U77")
