from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from launch_kits import outbox
from launch_kits.database import delivery_lease
from launch_kits.database.queries import find_launch, find_task
from launch_kits.database.records import (
    LaunchStatus,
    NoticeKind,
    NoticeStatus,
    TaskStatus,
)
from launch_kits.slack.api import transport
from launch_kits.slack.outbound import client, posting
from launch_kits.views.notices import context
from launch_kits.worker import delivery
from launch_kits.worker.delivery import Delivered, deliver
from tests.slack.conftest import (
    NOW,
    PEOPLE,
    file,
    launched,
    read,
    send,
    settings,
    slack,
    slack_settings,
    store,
)
from tests.slack.stand_in import Channel, Fault

__all__ = [
    "file",
    "launched",
    "read",
    "send",
    "settings",
    "slack",
    "slack_settings",
    "store",
]

LATER = NOW + timedelta(minutes=5)
NOBODY = PEOPLE["legal"]  # whom Slack does not know


def change(store, key="battlecard:redis", **values):
    """What a verb does to a task.

    The change, and the mark on messages that no longer show what is true.
    """
    with store.write() as session:
        task = find_task(session, "valkey-9", key)
        for name, value in values.items():
            setattr(task, name, value)
        session.add(task)
        outbox.outdate(
            session,
            launch="valkey-9",
            task=key,
            kinds=[NoticeKind.TASK, NoticeKind.REVIEW],
        )


def end_launch(store):
    with store.write() as session:
        launch = find_launch(session, "valkey-9")
        launch.status, launch.ended_at = LaunchStatus.CANCELLED, NOW
        session.add(launch)


def buttons(message):
    return [
        each["action_id"]
        for block in message["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
    ]


class TestTheConsole:
    def test_a_notice_is_printed_in_three_lines_and_settled(
        self, store, settings, file, read
    ):
        key, lines = file(), []
        assert deliver(
            store, settings=settings, now=NOW, write=lines.append
        ) == Delivered(sent=1)
        assert lines == [
            "pmm@example.com  task  valkey-9 battlecard:redis",
            "  Battlecard: redis (Valkey 9.0) is ready for you to start. Due Thu 4 Feb, in 3 working days.",
            "  launch-kits begin valkey-9 battlecard:redis  (done, block, extend --until DATE)",
        ]
        notice = read(key)
        assert (notice.status, notice.channel, notice.ts, notice.sent_at) == (
            "sent",
            "console",
            None,
            NOW,
        )

    def test_hours_are_ignored(self, store, settings, file):
        file()
        night = datetime(2027, 2, 1, 3, tzinfo=UTC)
        assert deliver(store, settings=settings, now=night, write=[].append).sent == 1

    def test_lines_go_to_standard_error_when_nobody_takes_them(
        self, store, settings, file, capsys
    ):
        file()
        deliver(store, settings=settings, now=NOW)
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("pmm@example.com  task")

    def test_a_notice_that_is_no_longer_true_is_dropped(
        self, store, settings, file, read
    ):
        key, lines = file(), []
        change(store, status=TaskStatus.DONE, done_at=NOW)
        assert deliver(
            store, settings=settings, now=NOW, write=lines.append
        ) == Delivered(dropped=1)
        assert lines == []
        assert (read(key).status, read(key).error) == ("dropped", "the task is done")

    def test_a_fault_of_ours_does_not_hold_up_the_others(
        self, store, settings, file, read, monkeypatch
    ):
        bad, good = file("nudge"), file()
        compose = context.compose

        def stumble(notice, view, *, reader):
            if notice.key == bad:
                raise KeyError("x")
            return compose(notice, view, reader=reader)

        monkeypatch.setattr(context, "compose", stumble)
        delivered = deliver(store, settings=settings, now=NOW, write=[].append)
        assert (delivered.sent, delivered.given_back) == (1, 1)
        assert delivered.problems == (f"{bad}: KeyError: 'x'",)
        assert (read(bad).status, read(good).status) == ("pending", "sent")

    def test_only_the_named_launch_is_delivered(self, store, settings, file):
        file()
        assert (
            deliver(
                store, settings=settings, now=NOW, launch="another", write=[].append
            )
            == Delivered()
        )


class TestToPeople:
    def test_a_task_goes_to_its_owners_dm_with_its_key_in_the_metadata(
        self, slack, send, file, read
    ):
        key = file()
        assert send(NOW) == Delivered(sent=1)
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert message["metadata"] == {
            "event_type": "launch_kits_notice",
            "event_payload": {
                "key": key,
                "launch": "valkey-9",
                "task": "battlecard:redis",
            },
        }
        assert buttons(message) == [
            "task_begin",
            "task_done",
            "task_block",
            "task_extend",
            "task_open",
        ]
        notice = read(key)
        assert (notice.status, notice.channel, notice.ts) == (
            "sent",
            slack.dm(PEOPLE["pmm"]).id,
            message["ts"],
        )
        assert (notice.attempts, notice.error) == (1, None)

    def test_a_person_is_looked_up_once_a_process(self, slack, send, file):
        for _ in range(3):
            file("news", text="Something happened")
            send(NOW)
        assert len(slack.messages(to=PEOPLE["pmm"])) == 3
        assert (
            slack.called("users.lookupByEmail"),
            slack.called("conversations.open"),
        ) == (1, 1)

    def test_a_notice_waits_for_its_readers_hours(self, slack, send, file, read):
        key = file()
        friday_evening = datetime(2027, 2, 5, 23, tzinfo=UTC)
        assert send(friday_evening) == Delivered(given_back=1)
        assert slack.posted == []
        monday = datetime(2027, 2, 8, 14, tzinfo=UTC)
        assert (read(key).status, read(key).send_after, read(key).attempts) == (
            "pending",
            monday,
            0,
        )
        assert send(monday).sent == 1

    def test_an_unknown_email_goes_to_the_launchs_channel_with_the_name(
        self, slack, send, file, read
    ):
        key = file(task="legal_review", to=NOBODY)
        assert send(NOW) == Delivered(sent=1)
        (message,) = slack.messages(to="#valkey-9-launch")
        assert message["text"].startswith(
            "For Legal (legal@example.com): Legal review (Valkey 9.0) is ready"
        )
        assert read(key).channel == slack.named("valkey-9-launch").id

    def test_somebody_who_left_is_written_to_in_the_channel(self, slack, send, file):
        slack.faults = [Fault("conversations.open", "user_disabled")]
        file()
        assert send(NOW).sent == 1
        assert len(slack.messages(to="#valkey-9-launch")) == 1

    def test_a_notice_is_dead_only_when_the_channel_fails_too(
        self, slack, send, file, read
    ):
        slack.channels["C9"] = Channel("C9", "valkey-9-launch", archived=True)
        lost, fine = file(task="legal_review", to=NOBODY), file()
        delivered = send(NOW)
        assert (delivered.sent, delivered.dead) == (2, 1), "the lead is told"
        assert (read(lost).status, read(fine).status) == ("dead", "sent")
        assert read(lost).error == (
            "Slack knows nobody as legal@example.com; and in #valkey-9-launch: "
            "#valkey-9-launch is archived: unarchive it, or name another channel in the brief"
        )
        assert delivered.problems == (f"{lost} is dead: {read(lost).error}",)


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

    def test_one_that_another_process_just_created_is_used(self, slack, send, file):
        slack.channels["C9"] = Channel("C9", "valkey-9-launch")
        slack.faults = [Fault("conversations.create", "name_taken")]
        file("headline", None, "#valkey-9-launch")
        assert send(NOW).sent == 1

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
        assert "is under way" in message["text"]
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

    def test_a_limit_is_obeyed_for_its_channel_and_the_others_go_on(
        self, slack, send, file, read
    ):
        deliver_to = [
            file("news", text="a"),
            file("news", text="b"),
            file("news", task="legal_review", to=PEOPLE["lead"]),
        ]
        slack.faults = [Fault("chat.postMessage", "limited", seconds=40, channel="DU2")]
        delivered = send(NOW)
        assert (delivered.sent, delivered.given_back, delivered.problems) == (1, 2, ())
        limited, untried, sent = (read(key) for key in deliver_to)
        assert (limited.attempts, untried.attempts, sent.attempts) == (0, 0, 1), (
            "a limit is no attempt"
        )
        assert limited.send_after == untried.send_after, "they keep their order"
        for notice in (limited, untried):
            assert timedelta(seconds=39) < notice.send_after - NOW
        assert slack.called("chat.postMessage") == 2
        assert send(NOW + timedelta(seconds=20)) == Delivered()

    def test_a_limit_on_looking_people_up_puts_off_those_still_unknown(
        self, slack, send, file
    ):
        file()
        send(NOW)
        slack.faults = [Fault("users.lookupByEmail", "limited", seconds=31)]
        file("news", text="To one who is known")
        file("news", task=None, to=PEOPLE["lead"], text="To one who is not")
        assert send(NOW) == Delivered(sent=1, given_back=1)

    def test_a_short_limit_is_waited_out_and_the_order_kept(self, slack, send, file):
        keys = [file("news", text=f"News {number}") for number in range(3)]
        slack.faults = [Fault("chat.postMessage", "limited", seconds=1, times=2)]
        assert send(NOW) == Delivered(sent=3)
        assert [
            message["metadata"]["event_payload"]["key"] for message in slack.posted
        ] == keys
        assert slack.called("conversations.history") == 0, (
            "a limited post is known not to be there"
        )

    def test_a_limit_is_known_to_the_next_process(self, slack, send, file, read):
        slack.faults = [Fault("chat.postMessage", "limited", seconds=40)]
        key = file("news", text="a")
        send(NOW)
        client.connect.cache_clear()
        file("news", text="b")
        assert send(NOW + timedelta(seconds=10)).given_back == 1
        assert slack.called("chat.postMessage") == 1
        client.connect.cache_clear()
        assert send(read(key).send_after) == Delivered(sent=2)

    def test_a_refused_token_ends_it_and_what_was_owed_is_dead(
        self, store, slack, slack_settings, file, read
    ):
        keys = [
            file(),
            file("news", text="News"),
            file("news", task=None, to=PEOPLE["lead"], text="More"),
        ]
        wrong = dataclasses.replace(slack_settings, slack_bot_token="xoxb-wrong-secret")
        delivered = deliver(store, settings=wrong, now=NOW)
        assert (delivered.dead, delivered.given_back) == (3, 0)
        (problem,) = delivered.problems
        assert "invalid_auth): set SLACK_BOT_TOKEN" in problem
        assert "`launch-kits outbox retry`" in problem
        assert "secret" not in problem
        assert {(read(key).status, read(key).attempts) for key in keys} == {("dead", 0)}
        assert len(slack.calls) == 1
        with store.write() as session:
            assert outbox.requeue(session, keys, now=NOW) == 3
        assert deliver(store, settings=slack_settings, now=NOW).sent == 3
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
        slack.faults = [Fault("chat.postMessage", "invalid_blocks", times=2)]
        bad, good = file("news", text="a"), file("news", text="b")
        assert send(NOW).dead == 1
        assert (read(bad).status, read(good).status) == ("dead", "sent")
        assert "invalid_blocks" in read(bad).error

    def test_the_lead_hears_of_what_is_dead_once(self, store, slack, send, file):
        slack.faults = [Fault("chat.postMessage", "invalid_blocks", times=2)]
        key = file()
        send(NOW)
        (told,) = slack.messages(to=PEOPLE["lead"])
        assert (
            "Pmm could not be told about Battlecard: redis (task): Slack"
            in told["text"]
        )
        assert (
            "`launch-kits outbox retry --launch valkey-9` sends it again"
            in told["text"]
        )
        with store.write() as session:
            outbox.requeue(session, [key], now=NOW)
        slack.faults = [Fault("chat.postMessage", "invalid_blocks", times=2)]
        assert send(LATER).dead == 1
        assert len(slack.messages(to=PEOPLE["lead"])) == 1

    def test_nobody_is_told_that_the_lead_could_not_be_told(
        self, store, slack, send, file
    ):
        slack.faults = [Fault("chat.postMessage", "invalid_blocks", times=99)]
        file()
        file("news", task=None, to=PEOPLE["lead"], text="News")
        assert send(NOW).dead == 3
        assert send(LATER) == Delivered()

    def test_the_board_catches_up_with_what_is_dead(self, store, slack, send, file):
        with store.read() as session:
            before = find_launch(session, "valkey-9").revision
        slack.faults = [Fault("chat.postMessage", "invalid_blocks", times=2)]
        file()
        send(NOW)
        with store.read() as session:
            assert find_launch(session, "valkey-9").revision == before + 1

    def test_a_fault_of_ours_does_not_hold_up_the_others(
        self, slack, send, file, read, monkeypatch
    ):
        bad, good = file("nudge"), file()
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


class TestABusyLaunch:
    """One that changes with every word that is said of it."""

    @pytest.fixture
    def meanwhile(self, store, file, monkeypatch):
        """The keys of what is filed while Slack is told something.

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
        owed, filed = [file(), file("news", text="First")], []

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

    def test_whoever_waited_for_it_delivers_what_came_up_meanwhile(
        self, slack, send, file, read, monkeypatch
    ):
        begun, go_on, waits = threading.Event(), threading.Event(), threading.Event()
        results: dict[str, Delivered] = {}
        post, take = client.SlackClient.post, delivery_lease._take

        def slow(*args, **kwargs):
            begun.set()
            assert go_on.wait(60)
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
        assert begun.wait(60)
        late = file("news", text="Meanwhile")
        second = threading.Thread(target=lambda: results.update(second=send(NOW)))
        second.start()
        assert waits.wait(60)
        go_on.set()
        first.join()
        second.join()
        assert results == {"first": Delivered(sent=1), "second": Delivered(sent=1)}
        assert read(late).status == "sent"


class TestWhatIsNoLongerTrue:
    def test_a_closed_task_is_not_announced(self, store, slack, send, file, read):
        key = file()
        change(store, status=TaskStatus.DROPPED)
        assert send(NOW) == Delivered(dropped=1)
        assert (read(key).status, read(key).error, slack.posted) == (
            "dropped",
            "the task is dropped",
            [],
        )

    def test_nothing_is_asked_in_a_launch_that_ended(
        self, store, slack, send, file, read
    ):
        keys = [file(), file("nudge"), file("review")]
        told = file("cancelled", task=None, by=PEOPLE["lead"], note=None)
        end_launch(store)
        assert send(NOW) == Delivered(sent=1, dropped=3)
        assert {read(key).error for key in keys} == {"the launch is cancelled"}
        assert read(told).status == "sent"

    def test_a_task_that_changed_hands_is_announced_to_its_new_owner_alone(
        self, store, slack, send, file
    ):
        file()
        change(store, owner=PEOPLE["lead"])
        file(to=PEOPLE["lead"])
        assert send(NOW) == Delivered(sent=1, dropped=1)
        assert len(slack.messages(to=PEOPLE["lead"])) == 1

    def test_a_question_that_was_answered_is_not_asked(self, slack, send, file):
        file("review", to=PEOPLE["lead"], by=PEOPLE["pmm"])
        file(
            "review",
            to=PEOPLE["lead"],
            until="2027-02-10",
            reason="Waiting for numbers",
        )
        assert send(NOW) == Delivered(dropped=2)


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
        assert message["text"] == "Battlecard: redis (Valkey 9.0) was done Mon 1 Feb."
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
        assert message["text"] == "Battlecard: redis (Valkey 9.0) is now with Lead."
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
            "For Legal (legal@example.com): Legal review (Valkey 9.0) is under way"
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
        assert "is under way" in message["text"]

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

    def test_a_message_that_was_deleted_is_let_be(self, store, slack, send, file, read):
        key = file()
        send(NOW)
        slack.dm(PEOPLE["pmm"]).messages.clear()
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        delivered = send(LATER)
        assert delivered.problems == (
            f"{key}: it cannot be edited (Slack refuses chat.update: message_not_found)",
        )
        assert read(key).status == NoticeStatus.SENT
        assert send(LATER) == Delivered()

    def test_what_was_printed_is_never_edited(self, store, settings, send, file, read):
        key = file()
        deliver(store, settings=settings, now=NOW, write=lambda _line: change(store))
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        assert (
            deliver(store, settings=settings, now=LATER, write=[].append) == Delivered()
        )
        assert read(key).outdated is False
        assert send(LATER) == Delivered()


class TestSideBySide:
    CHANNELS, MESSAGES = 8, 4

    @pytest.fixture
    def crowd(self, slack, file, monkeypatch):
        """News for many channels, at a pace that the stand-in insists on; it may take its time."""
        slack.pace, slack.latency = 0.2, 0.05
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
        slow, others = slack.named("channel-0").id, len(self.posted(slack)) + 3

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


def test_slacks_library_is_not_imported_for_the_console():
    program = (
        "import sys, launch_kits.worker.delivery; sys.exit('slack_sdk' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
