from __future__ import annotations

import dataclasses
import logging
from datetime import timedelta

import pytest

from launch_kits.errors import SettingsError
from launch_kits.slack.api import transport
from launch_kits.slack.api.faults import (
    RateLimited,
    SlackFault,
    Unclear,
)
from launch_kits.slack.messages.blocks import header, message
from launch_kits.slack.outbound.client import SlackClient, connect
from tests.slack.conftest import PEOPLE
from tests.slack.stand_in import TOKEN, Channel, Fault

HELLO = message("Hello", [header("Hello")])


class Clock:
    """Seconds that pass only by sleeping."""

    def __init__(self):
        self.now = 100.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def channel(slack):
    slack.channels["C1"] = Channel("C1", "general")
    return "C1"


@pytest.fixture
def client(slack_settings):
    return connect(slack_settings)


@pytest.fixture
def timed(slack_settings, monkeypatch):
    monkeypatch.setattr(transport, "PACE", 1.0)
    clock = Clock()
    return SlackClient(
        transport.Wire(
            transport.open_wire(slack_settings)._web, clock=clock, sleep=clock.sleep
        )
    ), clock


@pytest.mark.parametrize("kind", ["lost", "drop", "broken", "page"])
def test_a_post_is_sent_once_whatever_happens_to_its_reply(
    slack, client, channel, kind
):
    slack.faults = [Fault("chat.postMessage", kind)]
    with pytest.raises(Unclear):
        client.post(channel, HELLO, payload={"key": "k"})
    assert slack.called("chat.postMessage") == 1


def test_an_unreachable_slack_is_unclear_too(settings):
    gone = dataclasses.replace(
        settings, slack_bot_token=TOKEN, slack_base_url="http://127.0.0.1:9/api/"
    )
    with pytest.raises(Unclear, match="could not be reached"):
        connect(gone).user("a@example.com")


def test_a_message_is_found_by_its_key_wherever_it_is(slack, client, channel):
    ts = client.post(channel, HELLO, payload={"key": "first"})
    reply = client.post(channel, HELLO, payload={"key": "reply"}, thread_ts=ts)
    for number in range(8):
        client.post(channel, HELLO, payload={"key": f"later {number}"})
    now = timedelta(0)
    assert client.find(channel, "first", age=now) == ts
    assert client.find(channel, "reply", age=now, thread_ts=ts) == reply
    assert client.find(channel, "reply", age=now) is None
    assert client.find(channel, "another", age=now, thread_ts=ts) is None


def test_the_search_ends_a_day_before_the_notice_was_filed(slack, client, channel):
    for number in range(30):
        client.post(channel, HELLO, payload={"key": str(number)})
    messages = list(slack.channels[channel].messages.values())
    for number, message_ in enumerate(messages):
        message_["ts"] = (
            f"{float(message_['ts']) - (29 - number) * 7_200:.6f}"  # one every two hours
        )
    assert client.find(channel, "0", age=timedelta(hours=1)) is None
    assert slack.called("conversations.history") == 5
    assert client.find(channel, "0", age=timedelta(days=3)) == messages[0]["ts"]


def test_messages_of_others_are_overlooked(slack, client, channel):
    slack.channels[channel].messages["1.0"] = {"ts": "1.0", "text": "Hi"}
    slack.channels[channel].messages["2.0"] = {
        "ts": "2.0",
        "text": "Hi",
        "metadata": {"event_type": "another_app", "event_payload": {"key": "k"}},
    }
    assert client.find(channel, "k", age=timedelta(0)) is None


def test_posts_to_one_channel_keep_a_second_apart(slack, timed, channel):
    client, clock = timed
    slack.channels["C2"] = Channel("C2", "other")
    for target in (channel, channel, "C2", channel):
        client.post(target, HELLO, payload={"key": "k"})
    assert clock.slept == [1.0, 1.0]


def test_a_limited_channel_is_not_asked_until_its_time_is_over(slack, timed, channel):
    client, clock = timed
    slack.channels["C2"] = Channel("C2", "other")
    slack.faults = [Fault("chat.postMessage", "limited", seconds=20)]
    with pytest.raises(RateLimited) as first:
        client.post(channel, HELLO, payload={"key": "k"})
    clock.now += 5
    with pytest.raises(RateLimited) as second:
        client.post(channel, HELLO, payload={"key": "k"})
    assert (first.value.retry_after, second.value.retry_after) == (20.0, 15.0)
    client.post("C2", HELLO, payload={"key": "k"})
    clock.now += 15
    client.post(channel, HELLO, payload={"key": "k"})
    assert slack.called("chat.postMessage") == 3


def test_an_unknown_person_is_asked_for_once_a_delivery(slack, client):
    for _ in range(3):
        assert client.dm("nobody@example.com") is None
    assert slack.called("users.lookupByEmail") == 1
    slack.people["nobody@example.com"] = "U9"
    client.look_again()
    assert client.dm("nobody@example.com") == "DU9"


def test_a_channel_is_created_even_where_the_lead_cannot_be_invited(slack, client):
    slack.faults = [Fault("conversations.invite", "cant_invite")]
    assert slack.channels[client.channel("new", lead=PEOPLE["lead"])].name == "new"


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("http://127.0.0.1:5", "http://127.0.0.1:5/api/"),
        ("https://slack.test/api", "https://slack.test/api/"),
        (None, None),
    ],
)
def test_an_address_may_be_written_short(settings, written, called):
    there = dataclasses.replace(settings, slack_bot_token=TOKEN, slack_base_url=written)
    assert transport.open_wire(there)._web.base_url == (
        called or "https://slack.com/api/"
    )


def test_an_address_that_is_none_is_refused(settings):
    with pytest.raises(SettingsError, match=r'SLACK_BASE_URL="\*+" is not a URL'):
        transport.open_wire(
            dataclasses.replace(
                settings, slack_bot_token=TOKEN, slack_base_url="localhost:80"
            )
        )


def test_a_host_that_needs_no_proxy_gets_none(settings, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    local = dataclasses.replace(
        settings, slack_bot_token=TOKEN, slack_base_url="http://127.0.0.1:5/api/"
    )
    assert transport.open_wire(local)._web.proxy is None
    assert (
        transport.open_wire(dataclasses.replace(local, slack_base_url=None))._web.proxy
        == "http://proxy.test:3128"
    )


def test_the_token_is_never_logged_nor_told(slack, client, channel, caplog):
    caplog.set_level(logging.DEBUG)
    slack.faults = [
        Fault("chat.postMessage", "lost"),
        Fault("users.lookupByEmail", "invalid_auth"),
    ]
    for call in (
        lambda: client.post(channel, HELLO, payload={"key": "k"}),
        lambda: client.user("a@example.com"),
    ):
        with pytest.raises(SlackFault) as caught:
            call()
        assert TOKEN not in str(caught.value)
    assert TOKEN not in caplog.text
