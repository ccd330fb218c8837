from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from launch_kits import outbox
from launch_kits.database.records import MemberStanding, SlackUser
from launch_kits.errors import NotFound, Refused
from launch_kits.slack.api.faults import Rejected
from launch_kits.slack.inbound.members import (
    Member,
    NotNow,
    People,
    rebind,
    standing_of,
)
from launch_kits.slack.inbound.workspaces import Workspaces
from tests.launches import LEAD, PMM, SLUG, STRANGER
from tests.slack.office import Office
from tests.slack.stand_in import TOKEN, Fault

DAY = timedelta(days=1)


@pytest.fixture
def people(falcon_office: Office) -> People:
    office = falcon_office
    web = office.app.slack.web
    workspaces = Workspaces(web, office.store, token=TOKEN, clock=lambda: office.now)
    return People(web, office.store, workspaces, clock=lambda: office.now)


def test_a_member_is_asked_for_once_a_day_and_kept(
    falcon_office: Office, people: People
) -> None:
    office = falcon_office
    user = falcon_office.slack.people[PMM]
    for _ in range(2):
        found = people.member(user)
    assert found == Member(
        email=PMM,
        name="Pat" if PMM.startswith("pat") else PMM.partition("@")[0].title(),
        timezone="Europe/Berlin",
        team="T1",
        standing=MemberStanding.MEMBER,
    )
    assert office.slack.called("users.info") == 1
    office.now += DAY
    people.member(user)
    assert office.slack.called("users.info") == 2
    with office.store.read() as session:
        kept = session.get(SlackUser, user)
    assert kept
    assert (kept.email, kept.zone) == (PMM, "Europe/Berlin")


def test_a_profile_that_is_changed_moves_no_authority(
    falcon_office: Office, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    office = falcon_office
    user = falcon_office.slack.people[PMM]
    people.member(user)
    office.slack.shown_as[PMM] = LEAD
    office.now += DAY
    with caplog.at_level(logging.WARNING):
        assert people.member(user).email == PMM
    assert "has another email now" in caplog.text
    with office.store.read() as session:
        kept = session.get(SlackUser, user)
    assert kept
    assert kept.told_email == LEAD


def test_messages_are_compared_again_only_if_a_profile_has_changed(
    falcon_office: Office, people: People
) -> None:
    office = falcon_office
    user = falcon_office.slack.people[PMM]

    def due() -> list[str]:
        with office.store.read() as session:
            return list(outbox.to_compare(session, now=office.now))

    people.member(user)
    office.now += DAY
    office.deliver()
    people.member(user)
    assert due() == []
    office.now += DAY
    office.deliver()
    office.slack.make(PMM, name="Pia Other")
    people.member(user)
    assert due() == [SLUG]


def test_a_changed_email_counts_once_an_operator_says_so(
    falcon_office: Office, people: People
) -> None:
    office = falcon_office
    user = falcon_office.slack.people[PMM]
    with pytest.raises(NotFound):
        rebind(office.store, office.slack.people[STRANGER])
    people.member(user)
    with pytest.raises(Refused):
        rebind(office.store, user)
    office.slack.shown_as[PMM] = "pia@example.com"
    office.now += DAY
    people.member(user)
    assert rebind(office.store, user) == (PMM, "pia@example.com")
    assert people.member(user).email == "pia@example.com"


def test_a_member_without_an_email_is_asked_for_again(
    falcon_office: Office, people: People
) -> None:
    office = falcon_office
    user = falcon_office.slack.people[STRANGER]
    office.slack.shown_as[STRANGER] = None
    assert people.member(user).email is None
    office.slack.shown_as[STRANGER] = STRANGER
    assert people.member(user).email == STRANGER


def test_a_member_who_was_written_to_keeps_that_email_without_one(
    falcon_office: Office, people: People
) -> None:
    office = falcon_office
    user = falcon_office.slack.people[PMM]
    office.slack.shown_as[PMM] = None
    assert people.member(user).email == PMM


def test_an_unknown_member_is_refused(people: People) -> None:
    with pytest.raises(Rejected):
        people.member("U99")


def test_a_known_member_stays_known_for_a_week_while_slack_is_silent(
    falcon_office: Office, people: People
) -> None:
    office = falcon_office
    user = falcon_office.slack.people[PMM]
    people.member(user)
    office.slack.faults.append(Fault("users.info", "drop", times=9))
    office.now += 6 * DAY
    assert people.member(user).email == PMM
    office.now += 2 * DAY
    with pytest.raises(NotNow):
        people.member(user)


def test_one_who_leaves_is_noticed_the_next_day(
    falcon_office: Office, people: People
) -> None:
    office = falcon_office
    user = falcon_office.slack.people[PMM]
    assert people.member(user).standing is MemberStanding.MEMBER
    office.slack.make(PMM, deleted=True)
    office.now += DAY
    assert people.member(user).standing is MemberStanding.LEFT


OURS = {"team": "T1", "enterprise": "E1", "org_wide": False}


@pytest.mark.parametrize(
    ("user", "standing"),
    [
        ({"team_id": "T1"}, "member"),
        ({"team_id": "T1", "is_restricted": True}, "guest"),
        ({"team_id": "T1", "is_ultra_restricted": True}, "guest"),
        ({"team_id": "T1", "is_bot": True}, "bot"),
        ({"team_id": "T1", "id": "USLACKBOT"}, "bot"),
        ({"team_id": "T1", "deleted": True}, "left"),
        ({"team_id": "T9"}, "foreign"),
        ({"team_id": "T1", "is_stranger": True}, "foreign"),
        ({}, "foreign"),
        (
            {
                "team_id": "E1",
                "enterprise_user": {"enterprise_id": "E1", "teams": ["T1"]},
            },
            "member",
        ),
        (
            {
                "team_id": "T2",
                "enterprise_user": {"enterprise_id": "E1", "teams": ["T2"]},
            },
            "foreign",
        ),
        (
            {
                "team_id": "T2",
                "enterprise_user": {"enterprise_id": "E2", "teams": ["T1"]},
            },
            "foreign",
        ),
    ],
)
def test_the_standing_follows_from_what_slack_says(user, standing: str) -> None:
    assert standing_of(user, **OURS) == standing


def test_an_app_of_the_whole_organisation_knows_all_its_members() -> None:
    user = {
        "team_id": "T2",
        "enterprise_user": {"enterprise_id": "E1", "teams": ["T2"]},
    }
    found = standing_of(user, team="T1", enterprise="E1", org_wide=True)
    assert found is MemberStanding.MEMBER
