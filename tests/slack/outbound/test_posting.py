from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from launch_kits.database.records import SlackUser
from launch_kits.slack.outbound import client
from launch_kits.worker.backup import make_backup, restore
from launch_kits.worker.delivery import Delivered
from tests.slack.changes import buttons
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Channel, Fault

#: a week and a day after the backup
LATER = NOW + timedelta(days=8)
NOBODY = PEOPLE["legal"]  # a person whom Slack does not know


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
            'For Legal (legal@example.com): Please start "Legal review" (Valkey 9.0).'
        )
        assert read(key).channel == slack.named("valkey-9-launch").id

    def test_the_lead_is_told_in_private_of_an_account_that_was_deactivated(
        self, slack, send, file, read
    ):
        keys = [file()]
        assert send(NOW).sent == 1
        slack.make(PEOPLE["pmm"], deleted=True)
        client.connect.cache_clear()
        keys += [file("nudge"), file("news", text="It begins")]
        assert send(NOW).dead == 2
        client.connect.cache_clear()
        keys.append(file("nudge"))
        assert send(NOW).dead == 1
        assert [read(key).status for key in keys] == ["sent", "dead", "dead", "dead"]
        assert slack.messages(to="#valkey-9-launch") == []
        told = slack.messages(to=PEOPLE["lead"])
        assert told[0]["text"] == (
            'Valkey 9.0: Pmm could not be told about "Battlecard: redis": the Slack account of '
            "pmm@example.com is deactivated: give the work to another person. Once that is "
            "mended, the person who runs this can send it again."
        )

    def test_an_account_that_is_known_to_have_left_is_not_told_in_public(
        self, store, slack, send, file
    ):
        with store.write() as session:
            gone = {"id": "U77", "email": NOBODY, "name": "Legal", "standing": "left"}
            session.add(SlackUser(**gone, read_at=NOW))
        file(task="legal_review", to=NOBODY)
        assert send(NOW).dead == 1
        assert slack.messages(to="#valkey-9-launch") == []
        (told,) = slack.messages(to=PEOPLE["lead"])
        assert "the Slack account of legal@example.com is deactivated" in told["text"]

    def test_a_person_with_a_new_account_gets_messages_there(
        self, store, slack, send, file
    ):
        with store.write() as session:
            old = {"id": "U_OLD", "email": PEOPLE["pmm"], "name": "Pmm"}
            session.add(SlackUser(**old, read_at=NOW))
        slack.people["old@example.com"] = "U_OLD"
        slack.make("old@example.com", deleted=True)
        file()
        assert send(NOW).sent == 1
        assert len(slack.messages(to=PEOPLE["pmm"])) == 1

    def test_a_person_who_cannot_be_written_to_is_not_told_in_public(
        self, slack, send, file, read
    ):
        slack.faults = [Fault("conversations.open", "cannot_dm_bot")]
        key = file()
        assert send(NOW).dead == 1
        assert "conversations.open: cannot_dm_bot" in read(key).error
        assert slack.messages(to="#valkey-9-launch") == []
        (told,) = slack.messages(to=PEOPLE["lead"])
        assert "Pmm could not be told about" in told["text"]

    def test_a_notice_is_dead_only_when_the_channel_fails_too(
        self, slack, send, file, read
    ):
        slack.channels["C9"] = Channel("C9", "valkey-9-launch", archived=True)
        lost = file(task="legal_review", to=NOBODY)
        fine = file()
        delivered = send(NOW)
        assert (delivered.sent, delivered.dead) == (2, 1), "the lead is told"
        assert (read(lost).status, read(fine).status) == ("dead", "sent")
        assert read(lost).error == (
            "Slack has no active account with the email address legal@example.com; "
            "and in #valkey-9-launch: "
            "#valkey-9-launch is archived: unarchive it, or name another channel in the brief"
        )
        assert delivered.problems == (f"{lost} is dead: {read(lost).error}",)


class TestTheChannel:
    def test_one_that_was_renamed_is_found_again(self, slack, send, file):
        file("headline", None, "#valkey-9-launch")
        send(NOW)
        channel = slack.named("valkey-9-launch")
        slack.rename(channel.id, "valkey-nine")
        client.connect.cache_clear()  # another process
        file("news", None, "#valkey-9-launch", text="News")
        assert send(NOW) == Delivered(sent=1)
        assert len(slack.messages(to="#valkey-nine")) == 2
        assert slack.called("conversations.create") == 1

    def test_one_that_the_app_left_is_joined_again(self, slack, send, file):
        file("headline", None, "#valkey-9-launch")
        send(NOW)
        slack.named("valkey-9-launch").member = False
        file("news", None, "#valkey-9-launch", text="News")
        assert send(NOW) == Delivered(sent=1)

    def test_one_that_was_archived_makes_the_notice_dead(self, slack, send, file, read):
        file("headline", None, "#valkey-9-launch")
        send(NOW)
        slack.named("valkey-9-launch").archived = True
        key = file("news", None, "#valkey-9-launch", text="News")
        assert send(NOW).dead == 1
        assert "#valkey-9-launch is archived: unarchive it" in read(key).error

    def test_one_that_is_gone_is_made_again(self, slack, send, file):
        file("headline", None, "#valkey-9-launch")
        send(NOW)
        del slack.channels[slack.named("valkey-9-launch").id]
        client.connect.cache_clear()
        file("news", None, "#valkey-9-launch", text="News")
        assert send(NOW).sent == 1
        assert len(slack.messages(to="#valkey-9-launch")) == 1


@pytest.fixture
def backup(store, settings, tmp_path_factory):
    """Back up the house; gives the function that restores it."""

    def make():
        made = make_backup(store, settings, tmp_path_factory.mktemp("b"), now=NOW)

        def bring_back(now: datetime) -> None:
            store.close()
            restore(store, settings, made, now=now)

        return bring_back

    return make


class TestAfterARestore:
    def test_messages_that_went_out_after_the_backup_are_found(
        self, slack, send, file, read, backup
    ):
        bring_back = backup()
        file()
        assert send(NOW + timedelta(days=3)).sent == 1
        bring_back(LATER)
        key = file()
        assert send(LATER).sent == 1
        assert slack.called("chat.postMessage") == 1
        assert read(key).ts == slack.messages(to=PEOPLE["pmm"])[0]["ts"]

    def test_a_message_that_did_not_go_out_is_sent(self, slack, send, file, backup):
        file()
        bring_back = backup()
        slack.faults = [Fault("chat.postMessage", "drop")]
        assert send(NOW).sent == 0
        bring_back(NOW + timedelta(hours=1))
        assert send(NOW + timedelta(hours=1)).sent == 1
        assert len(slack.messages(to=PEOPLE["pmm"])) == 1

    def test_a_message_whose_answer_was_lost_is_found(self, slack, send, file, backup):
        file()
        bring_back = backup()
        slack.faults = [Fault("chat.postMessage", "lost")]
        assert send(NOW).sent == 0
        bring_back(LATER)
        assert send(LATER).sent == 1
        assert slack.called("chat.postMessage") == 1
