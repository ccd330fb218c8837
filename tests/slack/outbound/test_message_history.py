from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits.slack.api import transport
from launch_kits.slack.api.faults import Unclear
from launch_kits.slack.messages.blocks import header, message
from launch_kits.slack.outbound.client import connect
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.outbound.test_missing import ASKED, TOMORROW, keys
from tests.slack.stand_in import Channel

HELLO = message("Hello", [header("Hello")])
TODAY = timedelta(0)


@pytest.fixture
def few_pages(monkeypatch):
    """Slack may give a few messages a page; two pages are read, of three messages each."""
    monkeypatch.setattr(transport, "PAGES", 2)


def test_what_lies_beyond_the_last_page_is_not_known(slack, slack_settings, few_pages):
    slack.channels["C1"] = Channel("C1", "general")
    client = connect(slack_settings)
    places = [
        client.post("C1", HELLO, payload={"key": str(number)}) for number in range(12)
    ]
    assert client.find("C1", "11", age=TODAY) == places[11]
    with pytest.raises(Unclear, match="goes on after"):
        client.find("C1", "0", age=TODAY)
    there = client.there("C1", age=TODAY)
    assert there.ts == set(places[6:])
    assert there.since == float(places[6])


def test_a_conversation_that_is_read_whole_is_known(slack, slack_settings):
    slack.channels["C1"] = Channel("C1", "general")
    client = connect(slack_settings)
    places = [
        client.post("C1", HELLO, payload={"key": str(number)}) for number in range(12)
    ]
    assert client.find("C1", "none", age=TODAY) is None
    there = client.there("C1", age=TODAY)
    assert (there.ts, there.since) == (set(places), 0)


def test_a_message_beyond_the_last_page_is_not_posted_again(
    slack, send, file, few_pages
):
    filed = [file("question", None, **{**ASKED, "id": number}) for number in range(9)]
    send(NOW)
    posted = keys(slack, PEOPLE["pmm"])
    assert sorted(posted) == sorted(filed)
    send(TOMORROW)
    assert keys(slack, PEOPLE["pmm"]) == posted
