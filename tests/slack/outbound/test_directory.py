from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.slack.api import transport
from launch_kits.slack.outbound import client
from launch_kits.worker.delivery import Delivered
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Channel, Fault
from tests.slack.stand_in_members import APP_USER


class TestTheChannel:
    def test_it_is_created_when_missing_with_the_lead_in_it(self, slack, send, file):
        file("headline", None, "#valkey-9-launch")
        file("news", None, "#valkey-9-launch", text="It begins")
        assert send(NOW) == Delivered(sent=2)
        assert len(slack.messages(to="#valkey-9-launch")) == 2
        assert slack.called("conversations.create") == 1
        assert slack.named("valkey-9-launch").invited == [slack.people[PEOPLE["lead"]]]

    def test_one_that_is_there_is_joined(self, slack, send, file):
        slack.channels |= {
            f"C{at}": Channel(f"C{at}", f"other-{at}") for at in range(5)
        }
        slack.channels["C9"] = Channel("C9", "valkey-9-launch", member=False)
        file("headline", None, "#valkey-9-launch")
        assert send(NOW) == Delivered(sent=1)
        assert slack.named("valkey-9-launch").invited == []

    def test_the_lead_is_invited_if_the_process_ended_after_its_creation(
        self, slack, send, file
    ):
        slack.channels["C9"] = Channel("C9", "valkey-9-launch", creator=APP_USER)
        file("headline", None, "#valkey-9-launch")
        assert send(NOW).sent == 1
        assert slack.named("valkey-9-launch").invited == [slack.people[PEOPLE["lead"]]]

    @pytest.mark.parametrize("ended_after", ["invitation", "first post"])
    def test_an_invitation_that_failed_is_owed_although_the_process_ended(
        self, slack, send, file, ended_after
    ):
        slack.faults = [Fault("conversations.invite", "internal_error")]
        if ended_after == "invitation":
            slack.faults.append(Fault("chat.postMessage", "drop"))
        else:
            slack.faults.append(Fault("pins.add", "drop"))
            file("news", None, "#valkey-9-launch", text="It begins")
        file("headline", None, "#valkey-9-launch")
        send(NOW)
        client.connect.cache_clear()
        send(NOW + timedelta(minutes=6))
        assert slack.named("valkey-9-launch").invited == [slack.people[PEOPLE["lead"]]]

    def test_one_that_another_process_just_created_is_used(self, slack, send, file):
        slack.channels["C9"] = Channel("C9", "valkey-9-launch")
        slack.faults = [Fault("conversations.create", "name_taken")]
        file("headline", None, "#valkey-9-launch")
        assert send(NOW).sent == 1

    @pytest.mark.parametrize("member", [True, False])
    def test_one_beyond_the_last_page_is_not_missing_if_the_app_is_in_it(
        self, slack, send, file, monkeypatch, member
    ):
        monkeypatch.setattr(transport, "PAGES", 2)
        slack.channels |= {
            f"C{at}": Channel(f"C{at}", f"other-{at}", member=False) for at in range(5)
        }
        launch = Channel("C9", "valkey-9-launch", private=True, member=member)
        slack.channels["C9"] = launch
        file("headline", None, "#valkey-9-launch")
        delivered = send(NOW)
        assert (delivered.sent, delivered.dead) == ((1, 0) if member else (1, 1))
        assert slack.called("conversations.join") == 0
        if not member:
            assert "invite it there" in delivered.problems[0]

    @pytest.mark.parametrize(
        ("channel", "words"),
        [
            (
                Channel("C9", "valkey-9-launch", archived=True),
                "is archived: unarchive it",
            ),
            (
                Channel("C9", "valkey-9-launch", private=True, member=False),
                "invite it there",
            ),
        ],
    )
    def test_one_that_cannot_be_posted_to_makes_the_notice_dead(
        self, slack, send, file, channel, words
    ):
        slack.channels["C9"] = channel
        file("headline", None, "#valkey-9-launch")
        delivered = send(NOW)
        assert delivered.dead == 1
        assert words in delivered.problems[0]

    def test_an_app_that_may_not_create_channels_uses_the_one_there_is(
        self, slack, send, file, read
    ):
        slack.faults = [Fault("conversations.create", "missing_scope", times=2)]
        key = file("headline", None, "#valkey-9-launch")
        delivered = send(NOW)
        assert delivered.given_back == 1
        assert "conversations.create (missing_scope)" in delivered.problems[0]
        slack.channels["C9"] = Channel("C9", "valkey-9-launch")
        assert send(NOW + timedelta(minutes=6)).sent == 1
        assert read(key).error is None
