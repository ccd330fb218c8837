from __future__ import annotations

import json

from launch_kits.slack.inbound.invitations import invite
from launch_kits.slack.messages.late import KEPT_FOR_LATER
from launch_kits.slack.outbound import client
from tests.launches import LEAD, LEGAL, PMM, SALES, SLUG
from tests.slack.office import Office, words
from tests.slack.stand_in import Fault

ABOUT = json.dumps({"launch": SLUG})


def test_the_team_is_invited_to_the_channel(falcon_office: Office) -> None:
    del falcon_office.slack.people[SALES]
    falcon_office.click(LEAD, "launch_invite", ABOUT)
    assert words(falcon_office.slack.modals[-1][1])[0] == (
        "Falcon 2\nInvite to its channel: Lee, Pia, Lou, Sam, Ola."
    )
    falcon_office.fill(LEAD)
    channel = next(
        each
        for each in falcon_office.slack.channels.values()
        if each.name == "falcon-2-launch"
    )
    team = {falcon_office.slack.people[each] for each in (PMM, LEGAL)}
    assert team <= set(channel.invited)
    assert falcon_office.told == (
        "4 people of the team can read #falcon-2-launch now; Slack cannot invite Sam."
    )


def test_people_are_invited_one_by_one_and_those_who_are_there_stay(
    falcon_office: Office,
) -> None:
    slack = falcon_office.slack
    slack.faults.append(Fault("conversations.invite", "already_in_channel"))
    slack.faults.append(Fault("conversations.invite", "user_is_restricted"))
    said = invite(
        falcon_office.store,
        falcon_office.settings,
        SLUG,
        "falcon-2-launch",
        [LEAD, PMM, LEGAL],
        name=str.title,
    )
    assert said == (
        "2 people of the team can read #falcon-2-launch now; "
        "Slack cannot invite Pmm@Example.Com"
    )


def test_the_team_is_invited_to_a_channel_that_was_renamed(
    falcon_office: Office,
) -> None:
    office = falcon_office
    channel = office.slack.named("falcon-2-launch")
    office.slack.rename(channel.id, "eagle")
    client.connect.cache_clear()
    office.click(LEAD, "launch_invite", ABOUT)
    office.fill(LEAD)
    assert office.told == "5 people of the team can read #eagle now."
    assert office.slack.people[PMM] in channel.invited
    assert "falcon-2-launch" not in {
        each.name for each in office.slack.channels.values()
    }


def test_an_invitation_that_slack_does_not_take_now_is_made_later(
    falcon_office: Office,
) -> None:
    office = falcon_office
    channel = office.slack.named("falcon-2-launch")
    office.click(LEAD, "launch_invite", ABOUT)
    office.slack.faults.append(Fault("conversations.invite", "drop", times=9, after=2))
    office.fill(LEAD)
    assert office.told == KEPT_FOR_LATER
    office.slack.faults.clear()
    office.app.resume()
    office.settle()
    assert office.told == "5 people of the team can read #falcon-2-launch now."
    assert len(channel.invited) == 5
