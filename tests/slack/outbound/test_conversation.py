from __future__ import annotations

from datetime import timedelta

import pytest

from launch_kits import outbox
from launch_kits.database.records import (
    NoticeKind,
    TaskStatus,
)
from launch_kits.slack.outbound import client
from launch_kits.worker.delivery import Delivered, deliver
from tests.slack.changes import buttons, change
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Fault

LATER = NOW + timedelta(minutes=5)


NOBODY = PEOPLE["legal"]  # a person whom Slack does not know


class TestEditing:
    def test_a_message_is_edited_in_place_when_its_task_changes(
        self, store, slack, send, file, read
    ):
        key = file()
        send(NOW)
        ts = read(key).ts
        change(store, status=TaskStatus.DONE, done_at=NOW)
        assert send(LATER) == Delivered(edited=1)
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert (message["ts"], message["edits"], buttons(message)) == (ts, 1, [])
        assert message["text"] == 'Done Mon 1 Feb: "Battlecard: redis" (Valkey 9.0).'
        assert message["metadata"]["event_payload"]["key"] == key
        assert send(LATER) == Delivered()

    def test_the_headline_is_one_message_kept_up_to_date(
        self, store, slack, send, file
    ):
        file("headline", None, "#valkey-9-launch")
        send(NOW)
        change(store, status=TaskStatus.DONE, done_at=NOW)
        with store.write() as session:
            outbox.outdate(session, launch="valkey-9", kinds=[NoticeKind.HEADLINE])
        assert send(LATER).edited == 1
        (message,) = slack.messages(to="#valkey-9-launch")
        assert "66% ready" in message["text"]

    def test_a_former_owner_reads_who_has_it_now(self, store, slack, send, file):
        file()
        send(NOW)
        change(store, owner=PEOPLE["lead"])
        send(LATER)
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert message["text"] == (
            'Lead has "Battlecard: redis" (Valkey 9.0) now, '
            "so nothing is left for you to do."
        )
        assert buttons(message) == []

    def test_a_message_in_the_channel_keeps_saying_whom_it_is_for(
        self, store, slack, send, file
    ):
        file(task="legal_review", to=NOBODY)
        send(NOW)
        change(store, "legal_review", status=TaskStatus.DOING, begun_at=NOW)
        assert send(LATER).edited == 1
        (message,) = slack.messages(to="#valkey-9-launch")
        assert message["text"].startswith(
            'For Legal (legal@example.com): Please finish "Legal review" (Valkey 9.0).'
        )

    def test_a_change_while_the_message_is_on_its_way_is_not_lost(
        self, store, slack, send, file, monkeypatch
    ):
        file()
        post = client.SlackClient.post

        def meanwhile(*args, **kwargs):
            change(store, status=TaskStatus.DOING, begun_at=NOW)
            return post(*args, **kwargs)

        monkeypatch.setattr(client.SlackClient, "post", meanwhile)
        assert send(NOW) == Delivered(sent=1, edited=1)
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert "Please finish" in message["text"]

    def test_an_edit_that_is_limited_for_a_moment_waits(self, store, slack, send, file):
        file()
        send(NOW)
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        slack.faults = [Fault("chat.update", "limited", seconds=1)]
        assert send(LATER) == Delivered(edited=1)

    def test_a_change_that_shows_nothing_new_costs_no_edit(
        self, store, slack, send, file
    ):
        file()
        send(NOW)
        change(store)
        assert send(LATER) == Delivered()
        assert slack.called("chat.update") == 0

    @pytest.mark.parametrize("kind", ["lost", "broken"])
    def test_an_edit_that_failed_is_made_by_the_next_delivery(
        self, store, slack, send, file, kind
    ):
        file()
        send(NOW)
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        slack.faults = [Fault("chat.update", kind, seconds=0)]
        assert send(LATER).edited == 0
        client.connect.cache_clear()  # another process
        assert send(LATER).edited == 1

    def test_what_was_printed_is_never_edited(self, store, settings, send, file, read):
        key = file()
        deliver(store, settings=settings, now=NOW, write=lambda _line: change(store))
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        assert (
            deliver(store, settings=settings, now=LATER, write=[].append) == Delivered()
        )
        assert read(key).outdated is False
        assert send(LATER) == Delivered()
