from __future__ import annotations

import json
from datetime import timedelta

import pytest

from launch_kits import outbox
from launch_kits.database.queries import find_task
from launch_kits.database.records import Event, Notice, NoticeKind, TaskStatus
from launch_kits.outbox.restored import note_restored
from launch_kits.slack.api.transport import Wire
from launch_kits.slack.outbound import client
from launch_kits.worker.delivery import Delivered
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.stand_in import Fault

LATER = NOW + timedelta(minutes=5)
LATEST = NOW + timedelta(minutes=30)
CARD = "battlecard:redis"


@pytest.fixture
def write(store, slack_settings):
    """Write the document of the battlecard, as a step does."""

    def write(text, *names):
        folder = slack_settings.documents / "valkey-9"
        folder.mkdir(parents=True, exist_ok=True)
        for name in names or (
            "battlecard-redis.md",
            "battlecard-redis.html",
            "battlecard-redis.pdf",
        ):
            (folder / name).write_text(text, encoding="utf-8")
        with store.write() as session:
            task = find_task(session, "valkey-9", CARD)
            task.document = "valkey-9/battlecard-redis.md"
            session.add(task)
            outbox.outdate(
                session,
                launch="valkey-9",
                task=CARD,
                kinds=[NoticeKind.TASK, NoticeKind.REVIEW],
            )

    return write


@pytest.fixture
def happen(store):
    """The rows that a verb records."""

    def happen(verb, *, at=LATER, by=PEOPLE["pmm"], note=None, **data):
        with store.write() as session:
            session.add(
                Event(
                    launch="valkey-9",
                    task=CARD,
                    at=at,
                    by=by,
                    verb=verb,
                    note=note,
                    data=data,
                )
            )
            outbox.outdate(
                session,
                launch="valkey-9",
                task=CARD,
                kinds=[NoticeKind.TASK, NoticeKind.REVIEW],
            )

    return happen


def histories(slack, to=PEOPLE["pmm"]):
    return [
        message
        for message in slack.messages(to=to)
        if message.get("metadata", {}).get("event_type") == "launch_kits_history"
    ]


def lines(message):
    return [
        line
        for block in message["blocks"]
        for line in block["text"]["text"].splitlines()
    ]


class TestTheDocument:
    def test_it_is_uploaded_into_the_thread_as_a_pdf_with_the_tasks_title(
        self, slack, send, file, read, write
    ):
        write("<p>v1</p>")
        key = file()
        assert send(NOW) == Delivered(sent=1, edited=1)
        message, shared = slack.messages(to=PEOPLE["pmm"])
        (uploaded,) = shared["files"]
        assert shared["thread_ts"] == message["ts"]
        assert uploaded["title"] == "Battlecard: redis"
        assert uploaded["name"].startswith("battlecard-redis-")
        assert uploaded["name"].endswith(".pdf")
        assert slack.files[uploaded["id"]]["content"] == b"<p>v1</p>"
        assert read(key).file_id == uploaded["id"]
        assert not read(key).outdated

    def test_the_message_links_to_the_document(self, slack, send, file, read, write):
        write("<p>v1</p>")
        key = file()
        send(NOW)
        (first,) = slack.uploaded(to=PEOPLE["pmm"])
        assert read(key).file_link == first["permalink"]
        linked = f"<{first['permalink']}|battlecard-redis.md>"
        assert linked in json.dumps(slack.messages(to=PEOPLE["pmm"])[0]["blocks"])
        assert send(LATER) == Delivered()
        write("<p>v2</p>")
        assert send(LATER).edited == 1
        _, second = slack.uploaded(to=PEOPLE["pmm"])
        assert read(key).file_link == second["permalink"] != first["permalink"]

    def test_the_same_is_never_uploaded_twice_and_another_is(
        self, slack, send, file, write
    ):
        write("<p>v1</p>")
        file()
        send(NOW)
        write("<p>v1</p>")
        send(LATER)
        assert len(slack.uploaded(to=PEOPLE["pmm"])) == 1
        write("<p>v2</p>")
        send(LATER)
        first, second = slack.uploaded(to=PEOPLE["pmm"])
        assert (first["title"], first["name"]) != (second["title"], second["name"])
        assert first["title"] == second["title"]

    def test_the_same_text_of_another_day_is_not_uploaded_again(
        self, slack, send, file, write
    ):
        write("As of **Mon 1 Feb**: v1")
        file()
        send(NOW)
        write("As of **Tue 2 Feb**: v1")
        send(LATER)
        assert len(slack.uploaded(to=PEOPLE["pmm"])) == 1

    def test_markdown_is_uploaded_if_there_is_no_pdf_and_html_never(
        self, slack, send, file, write
    ):
        write("# Card", "battlecard-redis.md", "battlecard-redis.html")
        file()
        send(NOW)
        (uploaded,) = slack.uploaded(to=PEOPLE["pmm"])
        assert uploaded["name"].endswith(".md")

    def test_a_file_that_is_missing_or_empty_is_not_an_error(
        self, slack, send, file, write
    ):
        write("", "battlecard-redis.md")
        file()
        assert send(NOW) == Delivered(sent=1)
        write("", "another")
        assert slack.called("files.getUploadURLExternal") == 0

    @pytest.mark.parametrize(
        "method",
        ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"],
    )
    @pytest.mark.parametrize("kind", ["lost", "drop", "broken"])
    def test_whatever_is_lost_on_the_way_there_is_one_in_the_end(  # noqa: PLR0917  fixtures
        self, slack, send, file, read, write, method, kind
    ):
        slack.faults = [Fault(method, kind)]
        write("<p>v1</p>")
        key = file()
        assert send(NOW).sent == 1
        assert read(key).outdated
        client.connect.cache_clear()  # another process
        assert send(LATER).problems == ()
        (uploaded,) = slack.uploaded(to=PEOPLE["pmm"])
        assert read(key).file_id == uploaded["id"]
        assert not read(key).outdated

    def test_what_is_not_allowed_is_told_once_and_holds_nothing_up(  # noqa: PLR0917  fixtures
        self, slack, send, file, read, write, happen
    ):
        slack.faults = [Fault("files.getUploadURLExternal", "missing_scope", times=99)]
        write("<p>v1</p>")
        key = file()
        delivered = send(NOW)
        assert delivered.sent == 1
        (problem,) = delivered.problems
        assert "may not call files.getUploadURLExternal (missing_scope)" in problem
        happen("begin")
        assert send(LATER).problems == ()
        assert len(histories(slack)) == 1
        assert not read(key).outdated

    def test_the_approver_gets_it_with_the_question(
        self, slack, send, file, write, store
    ):
        write("<p>v1</p>")
        with store.write() as session:
            task = find_task(session, "valkey-9", CARD)
            task.status = TaskStatus.REVIEW
            task.approver = PEOPLE["lead"]
            session.add(task)
        file("review", to=PEOPLE["lead"])
        send(NOW)
        (uploaded,) = slack.uploaded(to=PEOPLE["lead"])
        assert uploaded["title"] == "Battlecard: redis"

    def test_a_former_owner_gets_it_no_more(self, slack, send, file, write, store):
        file()
        send(NOW)
        with store.write() as session:
            task = find_task(session, "valkey-9", CARD)
            task.owner = PEOPLE["lead"]
            session.add(task)
        write("<p>v1</p>")
        send(LATER)
        assert slack.uploaded(to=PEOPLE["pmm"]) == []

    def test_an_address_that_is_none_of_the_webs_is_not_opened(
        self, slack, send, file, write, monkeypatch
    ):
        ask = Wire.ask

        def elsewhere(wire, method, **form):
            reply = dict(ask(wire, method, **form))
            return (
                reply | {"upload_url": "file:///etc/passwd"}
                if "upload_url" in reply
                else reply
            )

        monkeypatch.setattr(Wire, "ask", elsewhere)
        write("<p>v1</p>")
        file()
        assert "unusable address for an upload" in send(NOW).problems[0]


class TestTheHistory:
    def test_there_is_none_before_anything_happened(self, slack, send, file, happen):
        happen("ready", at=NOW)
        file()
        assert send(NOW) == Delivered(sent=1)
        assert len(slack.messages(to=PEOPLE["pmm"])) == 1

    def test_it_is_one_reply_that_says_who_did_what_when(
        self, slack, send, file, read, happen
    ):
        key = file()
        send(NOW)
        happen("begin")
        happen(
            "note",
            at=LATER + timedelta(minutes=1),
            note="<!channel> *numbers*\nare late",
        )
        send(LATER)
        (reply,) = histories(slack)
        assert reply["thread_ts"] == read(key).ts
        assert reply["metadata"]["event_payload"]["key"] == key
        assert lines(reply) == [
            (
                '"Battlecard: redis": Pmm noted: '
                '"&lt;!channel&gt; *numbers* are late". (Mon 1 Feb, 10:06)'
            ),
            "Pmm started it. (Mon 1 Feb, 10:05)",
        ]

    def test_it_is_edited_in_place(self, slack, send, file, happen):
        file()
        send(NOW)
        happen("begin")
        send(LATER)
        happen("extend", at=LATEST, by=PEOPLE["lead"], until="2027-02-10")
        happen("overdue", at=LATEST, by="launch-kits", due="2027-01-29")
        send(LATEST)
        (reply,) = histories(slack)
        assert reply["edits"] == 1
        assert lines(reply)[:2] == [
            '"Battlecard: redis": Overdue, was due Fri 29 Jan. (Mon 1 Feb, 10:30)',
            "Lead gave time until Wed 10 Feb. (Mon 1 Feb, 10:30)",
        ]

    @pytest.mark.parametrize("kind", ["lost", "drop", "broken"])
    def test_it_is_not_doubled_by_an_unclear_end(  # noqa: PLR0917  fixtures
        self, slack, send, file, read, happen, kind
    ):
        key = file()
        send(NOW)
        happen("begin")
        slack.faults = [Fault("chat.postMessage", kind)]
        assert send(LATER).problems != ()
        client.connect.cache_clear()
        assert send(LATEST).problems == ()
        (reply,) = histories(slack)
        assert read(key).history_ts == reply["ts"]
        assert slack.called("conversations.replies") == 1

    def test_a_long_one_shows_the_newest(self, slack, send, file, happen):
        file()
        send(NOW)
        for number in range(40):
            happen("note", note=f"{number} " + "x" * 5000)
        send(LATER)
        (reply,) = histories(slack)
        assert lines(reply)[-1] == "… 10 lines before this"
        assert "39 xxx" in lines(reply)[0]

    def test_a_former_owner_reads_up_to_the_handing_over(
        self, slack, send, file, happen
    ):
        file()
        send(NOW)
        happen(
            "reassign",
            by=PEOPLE["lead"],
            owner_before=PEOPLE["pmm"],
            owner=PEOPLE["lead"],
        )
        happen("begin", by=PEOPLE["lead"])
        send(LATER)
        (reply,) = histories(slack)
        assert lines(reply) == [
            '"Battlecard: redis": Lead gave it to Lead. (Mon 1 Feb, 10:05)'
        ]


class TestThePin:
    @pytest.fixture
    def headline(self, file):
        return file("headline", None, "#valkey-9-launch")

    def test_the_headline_is_pinned_once(self, slack, send, headline, read):
        assert send(NOW) == Delivered(sent=1)
        assert slack.named("valkey-9-launch").pinned == [read(headline).ts]
        assert read(headline).pinned_at >= NOW
        send(LATER)
        assert slack.called("pins.add") == 1

    @pytest.mark.parametrize("kind", ["lost", "drop", "broken"])
    def test_a_lost_pin_is_set_again(self, slack, send, headline, read, kind):
        slack.faults = [Fault("pins.add", kind)]
        send(NOW)
        client.connect.cache_clear()
        assert send(LATER).problems == ()
        assert slack.named("valkey-9-launch").pinned == [read(headline).ts]
        assert read(headline).pinned_at is not None

    def test_a_missing_scope_is_told_once(self, store, slack, send, headline, read):
        slack.faults = [Fault("pins.add", "missing_scope", times=99)]
        delivered = send(NOW)
        assert (delivered.sent, len(delivered.problems)) == (1, 1)
        with store.write() as session:
            outbox.outdate(session, launch="valkey-9", kinds=[NoticeKind.HEADLINE])
        # the message itself gets the link to the page of its launch
        assert send(LATER) == Delivered(edited=1)
        assert "pins.add" in (read(headline).error or "")
        slack.faults = []
        with store.write() as session:
            outbox.outdate(session, launch="valkey-9", kinds=[NoticeKind.HEADLINE])
        send(LATEST)
        assert read(headline).error is None


class TestHours:
    NIGHT = NOW + timedelta(hours=12)
    MORNING = NOW + timedelta(hours=23)

    def test_a_reply_waits_for_the_hours_of_its_reader(
        self, slack, send, file, read, happen
    ):
        key = file()
        send(NOW)
        happen("overdue", at=self.NIGHT, by="launch-kits")
        send(self.NIGHT)
        assert histories(slack) == []
        assert read(key).parts_after == self.MORNING
        assert send(self.NIGHT) == Delivered(), "it is not looked at again before"
        send(self.MORNING)
        assert len(histories(slack)) == 1
        assert read(key).parts_after is None

    def test_a_reply_to_an_act_of_their_own_comes_at_once(
        self, slack, send, file, happen
    ):
        file()
        send(NOW)
        happen("begin", at=self.NIGHT)
        send(self.NIGHT + timedelta(minutes=9))
        assert len(histories(slack)) == 1

    def test_ten_minutes_later_it_waits(self, slack, send, file, happen):
        file()
        send(NOW)
        happen("begin", at=self.NIGHT)
        send(self.NIGHT + timedelta(minutes=11))
        assert histories(slack) == []

    def test_a_reply_that_is_there_is_edited_at_any_hour(
        self, slack, send, file, happen
    ):
        file()
        send(NOW)
        happen("begin")
        send(LATER)
        happen("overdue", at=self.NIGHT, by="launch-kits")
        send(self.NIGHT)
        (reply,) = histories(slack)
        assert reply["edits"] == 1

    def test_a_document_waits_too(self, slack, send, file, write):
        file()
        send(NOW)
        write("<p>v1</p>")
        send(self.NIGHT)
        assert slack.uploaded(to=PEOPLE["pmm"]) == []
        send(self.MORNING)
        assert len(slack.uploaded(to=PEOPLE["pmm"])) == 1

    def test_a_channel_has_the_hours_of_the_launch(self, slack, send, file):
        file("headline", None, "#valkey-9-launch")
        file("news", None, "#valkey-9-launch", text="News")
        assert send(self.NIGHT).sent == 0
        assert send(self.MORNING).sent == 2


@pytest.mark.parametrize("failing", ["broken", "drop", "cant_invite"])
def test_a_lead_who_could_not_be_invited_is_invited_later(
    slack, send, file, store, failing
):
    slack.faults = [Fault("conversations.invite", failing, times=2)]
    key = file("headline", None, "#valkey-9-launch")

    def facts():
        with store.read() as session:
            return session.get(Notice, key).facts

    send(NOW)
    channel = slack.named("valkey-9-launch")
    assert channel.invited == []
    assert facts()["invite"] == PEOPLE["lead"]
    client.connect.cache_clear()  # as another process
    with store.write() as session:
        outbox.outdate(session, launch="valkey-9", kinds=[NoticeKind.HEADLINE])
    send(NOW + timedelta(minutes=5))
    assert channel.invited == [slack.people[PEOPLE["lead"]]]
    assert "invite" not in facts()
    send(NOW + timedelta(minutes=10))
    assert slack.called("conversations.invite") == 3


def test_parts_that_went_out_after_a_backup_are_found_again(  # noqa: PLR0917  fixtures
    store, slack, send, file, happen, write
):
    key = file()
    send(NOW)
    write("<p>v1</p>")
    happen("begin")
    send(LATER)
    sent = len(slack.posted)
    assert slack.files
    assert histories(slack)

    # the backup was made before both
    with store.write() as session:
        lost = ("file_id", "file_hash", "file_link", "history_ts", "history_shown")
        outbox.note(session, key, **dict.fromkeys(lost))
        note_restored(session, backup_at=NOW, now=LATER)
    happen("note", at=LATER, note="done again")
    send(LATER + timedelta(minutes=1))
    assert len(slack.posted) == sent
    (told,) = histories(slack)
    assert any("done again" in line for line in lines(told))
