from __future__ import annotations

import pytest

from launch_kits.worker.delivery import Delivered
from tests.slack.block_kit import texts
from tests.slack.changes import change
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Fault

HOME = "<slack://app?team=T1&amp;id=A0APP&amp;tab=home|Your tasks in the Home tab>"
CHANNEL = "#valkey-9-launch"


def shown(slack, to: str) -> str:
    return str([text["text"] for text in texts(slack.messages(to=to)[-1]["blocks"])])


@pytest.fixture
def headline(file):
    return file("headline", None, to=CHANNEL)


def test_a_digest_and_a_headline_link_to_the_home_tab(slack, send, file, headline):
    file("digest", None, day="2027-02-01")
    send(NOW)
    assert HOME in shown(slack, PEOPLE["pmm"])
    assert HOME in shown(slack, CHANNEL)
    assert (slack.called("auth.test"), slack.called("bots.info")) == (1, 1)


@pytest.mark.parametrize("method", ["auth.test", "bots.info"])
def test_without_slacks_word_on_the_app_there_is_no_link(
    slack, send, file, headline, method
):
    slack.faults.append(Fault(method, "missing_scope", times=9))
    file("digest", None, day="2027-02-01")
    assert send(NOW) == Delivered(sent=2)
    assert "Home tab|" not in str(slack.posted) + shown(slack, PEOPLE["pmm"])
    assert slack.called(method) == 1


def test_a_digest_keeps_the_links_of_its_sending(slack, send, file, read):
    slack.faults.append(Fault("bots.info", "missing_scope"))
    key = file("digest", None, day="2027-02-01")
    send(NOW)
    send(NOW)
    assert "home" not in read(key).facts
    assert HOME not in shown(slack, PEOPLE["pmm"])


def test_a_headline_links_to_the_page_of_its_launch_at_its_next_edit(
    store, slack, send, headline, read
):
    send(NOW)
    (canvas,) = slack.canvases
    change(store, title="Another title")
    send(NOW)
    page = f"https://stand-in.slack.com/docs/T1/{canvas}"
    assert f"<{page}|Plan and documents>" in shown(slack, CHANNEL)
    assert read(headline).facts["page"] == page


def test_a_headline_links_to_messages_that_its_channel_can_open(  # noqa: PLR0917  fixtures
    store, slack, send, file, headline, read
):
    change(store, owner="gone@example.com")
    file(to="gone@example.com")
    send(NOW)
    assert "link" not in [each["type"] for each in links(slack)]
    change(store, title="Another title")
    send(NOW)
    told = slack.messages(to=CHANNEL)
    there = read(headline).channel
    assert [each["url"] for each in links(slack)] == [
        f"https://stand-in.slack.com/archives/{there}/p{ts_of(each)}"
        for each in told
        if "For gone@" in each["text"]
    ]


def links(slack) -> list[dict[str, str]]:
    (shown_there,) = [
        each
        for each in slack.messages(to=CHANNEL)
        if each["metadata"]["event_payload"]["key"].startswith("headline")
    ]
    found = texts(shown_there["blocks"])
    return [text for text in found if text["type"] == "link"]


def ts_of(message: dict[str, str]) -> str:
    return str(message["ts"]).replace(".", "")
