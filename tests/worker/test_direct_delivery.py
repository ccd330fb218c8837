"""Direct delivery, shown with a channel that is neither Slack nor the console."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import delete

from launch_kits import outbox
from launch_kits.database.records import Notice, NoticeKind, TaskStatus
from launch_kits.database.store import Store
from launch_kits.views.notices.channel import ChannelLimits, NotSent, Place
from launch_kits.views.notices.context import ContextLoader
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.worker.console import Console
from launch_kits.worker.delivery import (
    CHANNELS,
    ChannelChoice,
    Delivered,
    deliver,
    through,
)
from launch_kits.worker.direct_delivery import DirectDelivery
from tests.launches import NOW as MONDAY
from tests.launches import SLUG, opened
from tests.slack.changes import change
from tests.slack.conftest import NOW, PEOPLE
from tests.slack.delivery_fixtures import *  # noqa: F403  fixtures
from tests.views.notices.happenings import OLD_NOTICES

NIGHT = datetime(2027, 2, 1, 3, tzinfo=UTC)
SENTENCE = (
    'Please start "Battlecard: redis" (Valkey 9.0). '
    "Due Thu 4 Feb, in 3 working days; planned for 1-3 Feb."
)
LATER = NOW + timedelta(minutes=5)


class Mailbox:
    """A third channel: letters by key, rendered in a way of its own."""

    limits = ChannelLimits(hours=True, edits=True, sentence=140)

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}
        self.sent: list[str] = []
        #: the fault of the next letter: ``before`` or ``after`` it is sent
        self.fails: str | None = None

    def send(self, notice: Notice, message: NoticeMessage) -> Place:
        if self.fails == "before":
            raise NotSent("the mailbox is full; empty it")
        self.letters[notice.key] = self._letter(message)
        self.sent.append(notice.key)
        if self.fails == "after":
            raise NotSent("the line went dead")
        return Place(f"mail:{notice.to}", notice.key, self.letters[notice.key])

    def edit(self, notice: Notice, message: NoticeMessage) -> str | None:
        if self.fails:
            raise NotSent("the mailbox is full; empty it")
        letter = self._letter(message)
        if notice.shown == letter:
            return None
        self.letters[notice.key] = letter
        return letter

    def find(
        self, notice: Notice, *, now: datetime, since: datetime | None = None
    ) -> Place | None:
        assert now >= notice.filed_at
        if notice.key not in self.letters:
            return None
        return Place(f"mail:{notice.to}", notice.key)

    def _letter(self, message: NoticeMessage) -> str:
        rows = [f"{row.label}: {', '.join(row.value)}" for row in message.rows[:1]]
        actions = [action.label for action in message.actions[:2]]
        sentence = message.sentence[: self.limits.sentence]
        title = [message.headline] if message.headline else []
        return "\n".join([*title, sentence, *rows, *actions])


def delivered(store: Store, box: Mailbox, now: datetime = NOW) -> tuple[Counter, list]:
    contexts = ContextLoader(store, documents=Path("/nowhere"))
    direct = DirectDelivery(store, box, contexts, by="us", now=now)
    direct.deliver_all(launch=None)
    return direct.counts, direct.problems


def test_a_third_channel_renders_sends_and_settles(store, file, read):
    key = file()
    box = Mailbox()
    assert delivered(store, box) == ({"sent": 1}, [])
    assert box.letters[key].splitlines() == [
        SENTENCE,
        "Start",
        "Done",
    ]
    notice = read(key)
    assert (notice.status, notice.channel, notice.ts, notice.shown) == (
        "sent",
        f"mail:{PEOPLE['pmm']}",
        key,
        box.letters[key],
    )


def test_an_outdated_message_is_edited_in_place_once(store, file, read):
    key = file()
    box = Mailbox()
    delivered(store, box)
    change(store, status=TaskStatus.DOING)
    assert delivered(store, box, LATER) == ({"edited": 1}, [])
    assert "Please finish" in box.letters[key]
    assert (read(key).outdated, read(key).shown) == (False, box.letters[key])
    change(store)
    assert delivered(store, box, LATER) == ({}, [])
    assert box.sent == [key]


def test_a_message_whose_end_was_unclear_is_found_and_not_sent_again(store, file, read):
    key = file()
    box = Mailbox()
    box.fails = "after"
    counts, problems = delivered(store, box)
    assert (counts, problems) == ({"given_back": 1}, [f"{key}: the line went dead"])
    assert read(key).status == "pending"
    box.fails = None
    counts, problems = delivered(store, box, LATER)
    # it is found as it was sent, and then checked for changes
    assert (counts["sent"], problems, box.sent) == (1, [], [key])
    assert (read(key).status, read(key).outdated) == ("sent", False)


def test_a_message_that_was_not_sent_is_sent_by_the_next_delivery(store, file, read):
    key = file()
    box = Mailbox()
    box.fails = "before"
    counts, problems = delivered(store, box)
    assert counts == {"given_back": 1}
    assert problems == [f"{key}: the mailbox is full; empty it"]
    assert read(key).error == "the mailbox is full; empty it"
    box.fails = None
    assert delivered(store, box, LATER) == ({"sent": 1}, [])
    assert read(key).error is None


def test_a_message_is_kept_true_without_a_mark_and_closed_at_the_end(store, file, read):
    first = file("nudge")
    box = Mailbox()
    delivered(store, box)
    tomorrow = NOW + timedelta(days=1)
    assert delivered(store, box, tomorrow) == ({"edited": 1}, [])
    assert "in 2 working days" in box.letters[first]
    second = file("nudge")
    assert delivered(store, box, tomorrow) == ({"sent": 1, "edited": 1}, [])
    assert box.letters[first] == (
        'A newer message tells of "Battlecard: redis" (Valkey 9.0).'
    )
    change(store, status=TaskStatus.DROPPED)
    delivered(store, box, tomorrow + timedelta(days=1))
    assert "was left out, so nothing is left to do" in box.letters[second]


def test_an_edit_that_fails_stays_owed(store, file, read):
    key = file()
    box = Mailbox()
    delivered(store, box)
    change(store, status=TaskStatus.DOING)
    box.fails = "before"
    _, problems = delivered(store, box, LATER)
    assert problems == [f"{key}: the mailbox is full; empty it"]
    assert read(key).outdated
    box.fails = None
    assert delivered(store, box, LATER) == ({"edited": 1}, [])


def test_a_channel_that_keeps_hours_waits_for_them(store, file, read):
    key = file()
    box = Mailbox()
    with store.write() as session:
        outbox.note(session, key, send_after=NIGHT)
    assert delivered(store, box, NIGHT) == ({"given_back": 1}, [])
    notice = read(key)
    assert (notice.status, notice.attempts, box.sent) == ("pending", 0, [])
    assert notice.send_after > NIGHT
    assert delivered(store, box, notice.send_after) == ({"sent": 1}, [])


def test_a_notice_that_is_no_longer_true_is_dropped(store, file, read):
    key = file()
    box = Mailbox()
    change(store, status=TaskStatus.DONE, done_at=NOW)
    assert delivered(store, box) == ({"dropped": 1}, [])
    assert (read(key).status, box.letters) == ("dropped", {})


def test_the_console_takes_the_same_interface(store, file):
    file()
    printed: list[str] = []
    contexts = ContextLoader(store, documents=Path("/nowhere"))
    direct = DirectDelivery(store, Console(printed.append), contexts, by="us", now=NOW)
    direct.deliver_all(launch=None)
    assert printed[0] == "pmm@example.com  task  valkey-9 battlecard:redis"


def test_a_third_channel_needs_one_row_and_its_setting(
    store, file, settings, monkeypatch
):
    key = file()
    box = Mailbox()
    row = ChannelChoice("mail", lambda each: each == settings, through(lambda _: box))
    monkeypatch.setattr("launch_kits.worker.delivery.CHANNELS", (row, *CHANNELS))
    assert deliver(store, settings=settings, now=NOW) == Delivered(sent=1)
    assert box.sent == [key]


def test_pending_notices_of_the_old_shape_are_delivered(
    tmp_path, sqlite_template, settings
):
    shutil.copy(sqlite_template, tmp_path / "launch-kits.db")
    store = opened(Store(settings.database_url))
    with store.write() as session:
        session.exec(delete(Notice))
        for number, old in enumerate(OLD_NOTICES.values()):
            key = f"{old['key']}{number}"
            session.add(
                Notice(
                    **{**old, "key": key},
                    kind=NoticeKind.NEWS,
                    launch=SLUG,
                    filed_at=MONDAY,
                    send_after=MONDAY,
                )
            )
    printed: list[str] = []
    found = deliver(store, settings=settings, now=MONDAY, write=printed.append)
    store.close()
    assert found == Delivered(sent=len(OLD_NOTICES))
    text = "\n".join(printed)
    for old in OLD_NOTICES.values():
        assert " ".join(old["facts"]["text"].split()) in text
