from __future__ import annotations

import dataclasses
import threading
from datetime import timedelta

import pytest

from launch_kits import outbox
from launch_kits.database.records import (
    TaskStatus,
)
from launch_kits.slack.api import transport
from launch_kits.slack.outbound import client, posting
from launch_kits.views.notices import context
from launch_kits.worker.delivery import Delivered, deliver
from tests.slack.changes import change
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Fault

LATER = NOW + timedelta(minutes=5)


class TestWhatGoesWrong:
    def test_a_lost_reply_is_looked_up_and_leaves_one_message(
        self, store, slack, send, file, read
    ):
        slack.faults = [Fault("chat.postMessage", "lost")]
        key = file()
        first = send(NOW)
        assert (first.sent, first.given_back) == (0, 1)
        assert "its answer was lost" in first.problems[0]
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        assert send(LATER) == Delivered(sent=1, edited=1)
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert (read(key).ts, read(key).attempts) == (message["ts"], 2)
        assert "Please finish" in message["text"]
        assert slack.called("chat.postMessage") == 1

    def test_it_is_found_among_later_messages_too(self, slack, send, file):
        slack.faults = [Fault("chat.postMessage", "lost")]
        file()
        send(NOW)
        for number in range(7):
            file("news", text=f"News {number}")
        send(NOW)
        assert send(LATER).sent == 1
        assert len(slack.messages(to=PEOPLE["pmm"])) == 8

    @pytest.mark.parametrize("kind", ["drop", "broken", "page", "fatal_error"])
    def test_what_was_not_posted_is_posted_by_the_next_delivery(
        self, slack, send, file, kind
    ):
        slack.faults = [Fault("chat.postMessage", kind)]
        file()
        assert send(NOW).given_back == 1
        assert send(LATER).sent == 1
        assert len(slack.messages(to=PEOPLE["pmm"])) == 1
        assert slack.called("conversations.history") == 1

    def test_a_late_answer_is_waited_out_before_anything_is_sent_again(
        self, slack, send, file, read, monkeypatch
    ):
        monkeypatch.setattr(transport, "TIMEOUT", 2)
        client.connect.cache_clear()
        given_up = threading.Event()
        slack.faults = [Fault("chat.postMessage", "late", until=given_up.is_set)]
        key = file()
        assert send(NOW).given_back == 1
        given_up.set()
        monkeypatch.undo()
        monkeypatch.setattr(transport, "PACE", 0)
        client.connect.cache_clear()
        assert read(key).send_after >= NOW + timedelta(seconds=60)
        assert send(LATER).sent == 1
        assert len(slack.messages(to=PEOPLE["pmm"])) == 1

    def test_a_claim_that_outlived_its_process_is_looked_up_before_it_is_sent_again(
        self, store, slack, send, file
    ):
        file()
        with store.write() as session:
            outbox.claim(session, by="a process that died", now=NOW)
        assert send(NOW + timedelta(minutes=1)) == Delivered()
        assert send(LATER) == Delivered(sent=1)
        assert slack.called("conversations.history") == 1

    def test_a_refused_token_stops_it_and_nothing_is_lost(
        self, store, slack, slack_settings, file, read
    ):
        keys = [
            file(),
            file("news", text="News"),
            file("news", task=None, to=PEOPLE["lead"], text="More"),
        ]
        wrong = dataclasses.replace(slack_settings, slack_bot_token="xoxb-wrong-secret")
        delivered = deliver(store, settings=wrong, now=NOW)
        assert (delivered.dead, delivered.given_back) == (0, 0)
        (problem,) = delivered.problems
        assert "invalid_auth): set SLACK_BOT_TOKEN" in problem
        assert "secret" not in problem
        waiting = {(read(key).status, read(key).attempts) for key in keys}
        assert waiting == {("pending", 0)}
        assert len(slack.calls) == 1
        (problem,) = deliver(store, settings=wrong, now=NOW).problems
        assert "it is tried again after 15:15 UTC" in problem
        assert len(slack.calls) == 1, "Slack is left alone"
        deliver(store, settings=wrong, now=NOW + timedelta(minutes=16))
        assert len(slack.calls) == 2, "it is tried again, slowly"
        now = NOW + timedelta(minutes=17)
        assert deliver(store, settings=slack_settings, now=now).sent == 3
        assert slack.called("conversations.history") == 0

    def test_slack_is_left_alone_after_three_unclear_ends(self, slack, send, file):
        slack.faults = [Fault("chat.postMessage", "drop", times=99)]
        for number in range(10):
            file("news", text=f"News {number}")
        delivered = send(NOW)
        assert delivered.given_back == 3
        assert slack.called("chat.postMessage") == 3

    def test_a_notice_that_slack_refuses_is_dead_and_the_others_go_out(
        self, slack, send, file, read
    ):
        slack.faults = [Fault("chat.postMessage", "invalid_blocks")]
        bad = file("news", text="a")
        good = file("news", text="b")
        assert send(NOW).dead == 1
        assert (read(bad).status, read(good).status) == ("dead", "sent")
        assert "invalid_blocks" in read(bad).error

    def test_a_fault_of_ours_does_not_hold_up_the_others(
        self, slack, send, file, read, monkeypatch
    ):
        bad = file("nudge")
        good = file()
        compose = context.compose

        def stumble(notice, view, *, reader):
            if notice.key == bad:
                raise KeyError("x")
            return compose(notice, view, reader=reader)

        monkeypatch.setattr(context, "compose", stumble)
        delivered = send(NOW)
        assert (delivered.sent, delivered.given_back) == (1, 1)
        assert (read(bad).status, read(good).status) == ("pending", "sent")

    def test_a_claim_about_to_end_is_not_used_to_post(
        self, slack, send, file, monkeypatch
    ):
        monkeypatch.setattr(posting, "MARGIN", outbox.LEASE)
        file()
        delivered = send(NOW)
        assert (delivered.sent, slack.posted) == (0, [])

    def test_two_deliverers_at_once_send_everything_once(self, slack, send, file):
        keys = {file("news", text=f"News {number}") for number in range(12)}
        results = []
        threads = [
            threading.Thread(target=lambda: results.append(send(NOW))) for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(result.sent for result in results) == 12
        posted = [
            message["metadata"]["event_payload"]["key"] for message in slack.posted
        ]
        assert len(posted) == 12
        assert set(posted) == keys


class TestSideBySide:
    CHANNELS = 8
    MESSAGES = 4

    @pytest.fixture
    def crowd(self, slack, file, monkeypatch):
        """News for many channels, at a pace that the stand-in insists on; it may take its time."""
        slack.pace = 0.2
        slack.latency = 0.05
        monkeypatch.setattr(transport, "PACE", 0.23)
        monkeypatch.setattr(transport, "TIMEOUT", 120)
        return [
            file(
                "news",
                None,
                f"#channel-{number % self.CHANNELS}",
                text=f"News {number}",
            )
            for number in range(self.CHANNELS * self.MESSAGES)
        ]

    def keys(self, slack, number):
        return [
            message["metadata"]["event_payload"]["key"]
            for message in slack.messages(to=f"#channel-{number}")
        ]

    def posted(self, slack):
        """The channels of the posts that were answered."""
        return [
            channel
            for method, channel in slack.answered
            if method == "chat.postMessage"
        ]

    def test_channels_are_written_to_at_once_each_in_its_order(
        self, slack, send, crowd
    ):
        slack.faults = [
            Fault(
                "chat.postMessage",
                "late",
                times=self.CHANNELS,
                until=lambda: slack.called("chat.postMessage") >= self.CHANNELS,
            )
        ]
        assert send(NOW).sent == len(crowd)
        assert len(set(self.posted(slack)[: self.CHANNELS])) == self.CHANNELS
        assert [self.keys(slack, number) for number in range(self.CHANNELS)] == [
            sorted(crowd[number :: self.CHANNELS]) for number in range(self.CHANNELS)
        ]

    @pytest.mark.parametrize(
        "kinds", [["late"], ["limited", "late"]], ids=["late", "limited"]
    )
    @pytest.mark.usefixtures("crowd")
    def test_a_slow_channel_holds_no_other_up(self, slack, send, file, kinds):
        send(NOW)
        slow = slack.named("channel-0").id
        others = len(self.posted(slack)) + 3

        def others_are_answered():
            return len(self.posted(slack)) >= others

        slack.faults = [
            Fault("chat.postMessage", kind, until=others_are_answered, channel=slow)
            for kind in kinds
        ]
        for number in range(4):
            file("news", None, f"#channel-{number}", text="More")
        assert send(LATER).sent == 4
        assert self.posted(slack)[-1] == slow
