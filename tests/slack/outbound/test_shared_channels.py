from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits import outbox
from launch_kits.database.queries import find_task
from launch_kits.slack.outbound import client
from launch_kits.slack.outbound.canvases import look_again
from launch_kits.verbs import begin
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Channel

SLUG = "valkey-9"
CHANNEL = "valkey-9-launch"
NOBODY = PEOPLE["legal"]  # a person whom Slack does not know
SAID = (
    "Valkey 9.0: Another organisation can read #valkey-9-launch, so the launch page, the cards and "
    "documents are not put there."
)


@pytest.fixture
def shared(slack):
    channel = slack.channels["C9"] = Channel("C9", CHANNEL, foreign=True)
    return channel


def of_lead(slack):
    return [
        each["text"]
        for each in slack.messages(to=PEOPLE["lead"])
        if each["text"].startswith(SAID)
    ]


def test_no_page_is_put_into_a_shared_channel_and_the_lead_is_told_once(
    store, slack, send, file, shared
):
    file("headline", None, f"#{CHANNEL}")
    send(NOW)
    begin(store, SLUG, "legal_review", now=NOW)
    for minutes in (5, 10):
        send(NOW + timedelta(minutes=minutes))
    assert slack.canvases == {}
    assert slack.uploaded(to=f"#{CHANNEL}") == []
    assert len(of_lead(slack)) == 1


def test_no_page_is_put_there_as_a_file_either(slack, send, file, shared):
    slack.canvases_refused = "team_tier_cannot_create_channel_canvases"
    file("headline", None, f"#{CHANNEL}")
    send(NOW)
    assert slack.uploaded(to=f"#{CHANNEL}") == []


def test_a_canvas_is_emptied_once_its_channel_is_shared_and_filled_again_after(
    store, slack, send, file
):
    file("headline", None, f"#{CHANNEL}")
    send(NOW)
    (canvas,) = slack.canvases.values()
    channel = slack.named(CHANNEL)
    page = canvas.markdown

    def share(*, shared, minutes):
        channel.foreign = shared
        with store.write() as session:
            look_again(session, outbox.launches_in(session, channel.id))
            outbox.outdate(session, launch=SLUG, kinds=["headline"])
        send(NOW + timedelta(minutes=minutes))

    share(shared=True, minutes=5)
    assert canvas.markdown == (
        "This page is not shown in a channel that another organisation can read.\n"
    )
    share(shared=False, minutes=10)
    assert canvas.markdown == page
    assert len(slack.canvases) == 1


def test_a_document_is_not_put_below_a_message_in_a_shared_channel(
    store, slack, settings, send, file
):
    shared = slack.channels["C9"] = Channel("C9", CHANNEL, foreign=True)
    folder = settings.documents / SLUG
    folder.mkdir(parents=True)
    for ending in ("md", "pdf"):
        (folder / f"review.{ending}").write_text("Internal", encoding="utf-8")
    with store.write() as session:
        task = find_task(session, SLUG, "legal_review")
        task.document = f"{SLUG}/review.md"
        session.add(task)
    file(task="legal_review", to=NOBODY)
    send(NOW)
    assert len(slack.messages(to=f"#{CHANNEL}")) == 1
    assert slack.uploaded(to=f"#{CHANNEL}") == []
    send(NOW + timedelta(minutes=5))
    assert len(of_lead(slack)) == 1
    shared.foreign = False
    client.connect.cache_clear()
    with store.write() as session:
        outbox.outdate(session, launch=SLUG, task="legal_review", kinds=["task"])
    send(NOW + timedelta(minutes=10))
    assert len(slack.uploaded(to=f"#{CHANNEL}")) == 1
