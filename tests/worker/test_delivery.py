from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from launch_kits import outbox
from launch_kits.database import delivery_lease
from launch_kits.database.records import (
    NoticeKind,
)
from launch_kits.slack.outbound import client
from launch_kits.worker import delivery
from launch_kits.worker.delivery import Delivered, deliver
from tests.slack.changes import change
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.delivery_fixtures import *  # noqa: F403  fixtures

LATER = NOW + timedelta(minutes=5)


class TestABusyLaunch:
    """One that changes with every word that is said of it."""

    @pytest.fixture
    def meanwhile(self, store, file, monkeypatch):
        """The keys of notices that are filed during a call of Slack.

        Every message is outdated by it too.
        """
        filed = []

        def busy(call):
            def called(*args, **kwargs):
                filed.append(file("news", text="More"))
                filed.append(file("news", None, f"#channel-{len(filed)}", text="More"))
                with store.write() as session:
                    outbox.outdate(session, launch="valkey-9", kinds=list(NoticeKind))
                change(store, title=f"Card {len(filed)}")
                return call(*args, **kwargs)

            return called

        for name in ("post", "update"):
            monkeypatch.setattr(
                client.SlackClient, name, busy(getattr(client.SlackClient, name))
            )
        return filed

    def test_a_delivery_delivers_what_was_owed_when_it_began(
        self, slack, send, file, read, meanwhile
    ):
        owed = [
            file(),
            file("headline", None, "#valkey-9-launch"),
            file("news", text="First"),
        ]
        delivered = send(NOW)
        assert delivered.sent == len(owed)
        assert delivered.edited <= len(owed), "each message is edited once at most"
        assert {read(key).status for key in owed} == {"sent"}
        assert {read(key).status for key in meanwhile} == {"pending"}
        assert slack.called("chat.update") <= len(owed)

    def test_what_was_filed_meanwhile_is_the_next_deliverys(
        self, slack, send, file, read, meanwhile
    ):
        file()
        send(NOW)
        left = list(meanwhile)
        assert send(LATER).sent == len(left) > 0
        assert {read(key).status for key in left} == {"sent"}

    def test_messages_it_made_stale_are_true_once_it_is_quiet(
        self, store, slack, send, file, monkeypatch
    ):
        with monkeypatch.context() as busy:
            update = client.SlackClient.update
            file()
            send(NOW)

            def stale(*args, **kwargs):
                change(store, title=f"Card {slack.called('chat.update')}")
                return update(*args, **kwargs)

            busy.setattr(client.SlackClient, "update", stale)
            change(store, title="Card")
            assert send(LATER).edited == 1
        assert send(LATER).edited == 1
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert "Card 0" in message["text"]
        assert send(LATER) == Delivered()

    def test_the_console_prints_what_was_owed_when_it_began(
        self, store, settings, file, read
    ):
        owed = [file(), file("news", text="First")]
        filed = []

        def busy(_line):
            filed.append(file("news", text="More"))

        assert deliver(store, settings=settings, now=NOW, write=busy) == Delivered(
            sent=2
        )
        assert {read(key).status for key in owed} == {"sent"}
        assert {read(key).status for key in filed} == {"pending"}
        assert deliver(store, settings=settings, now=NOW, write=[].append).sent == len(
            filed
        )

    def test_the_process_that_waited_for_it_delivers_what_came_up_meanwhile(
        self, slack, send, file, read, monkeypatch
    ):
        begun = threading.Event()
        go_on = threading.Event()
        waits = threading.Event()
        results: dict[str, Delivered] = {}
        post = client.SlackClient.post
        take = delivery_lease._take

        def slow(*args, **kwargs):
            begun.set()
            assert go_on.wait(600)
            return post(*args, **kwargs)

        def taken(*args, **kwargs):
            held = take(*args, **kwargs)
            if not held:
                waits.set()
            return held

        monkeypatch.setattr(client.SlackClient, "post", slow)
        monkeypatch.setattr(delivery_lease, "_take", taken)
        monkeypatch.setattr(delivery, "PATIENCE", 60.0)
        file()
        first = threading.Thread(target=lambda: results.update(first=send(NOW)))
        first.start()
        assert begun.wait(600)
        late = file("news", text="Meanwhile")
        second = threading.Thread(target=lambda: results.update(second=send(NOW)))
        second.start()
        assert waits.wait(600)
        go_on.set()
        first.join()
        second.join()
        assert results == {"first": Delivered(sent=1), "second": Delivered(sent=1)}
        assert read(late).status == "sent"


def test_slacks_library_is_not_imported_for_the_console():
    program = (
        "import sys, launch_kits.worker.delivery; sys.exit('slack_sdk' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
