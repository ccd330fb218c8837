from __future__ import annotations

from datetime import timedelta

from launch_kits.database.records import TaskStatus
from tests.slack.changes import buttons, change, end_launch
from tests.slack.conftest import NOW, PEOPLE

LATER = NOW + timedelta(minutes=5)


class TestClosing:
    def test_a_message_about_finished_work_is_one_line_without_buttons(
        self, store, slack, send, file, read
    ):
        key = file()
        send(NOW)
        change(store, status=TaskStatus.DONE, done_at=NOW)
        assert send(LATER).edited == 1
        (message,) = slack.messages(to=PEOPLE["pmm"])
        line = 'Done Mon 1 Feb: "Battlecard: redis" (Valkey 9.0).'
        assert message["text"] == line
        (block,) = message["blocks"]
        assert block["text"]["text"] == line
        assert message["metadata"]["event_payload"]["key"] == key
        assert read(key).closed["why"] == "done"

    def test_it_stays_so_whatever_happens_to_the_task(self, store, slack, send, file):
        file()
        send(NOW)
        change(store, status=TaskStatus.DONE, done_at=NOW)
        send(LATER)
        change(store, status=TaskStatus.READY, done_at=None)
        assert send(LATER).edited == 0
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert buttons(message) == []

    def test_reminders_and_escalations_end_with_their_task(
        self, store, slack, send, file
    ):
        change(store, due=NOW.date() - timedelta(3))
        file("nudge")
        file("escalation", to=PEOPLE["lead"])
        send(NOW)
        shown = [*slack.messages(to=PEOPLE["pmm"]), *slack.messages(to=PEOPLE["lead"])]
        assert all(map(buttons, shown))
        change(store, status=TaskStatus.DROPPED)
        send(NOW + timedelta(days=1))
        for message in shown:
            assert "was left out, so nothing is left to do" in message["text"]
            assert len(message["blocks"]) == 1

    def test_a_new_reminder_closes_the_one_before_it(self, slack, send, file, read):
        first = file("nudge")
        send(NOW)
        second = file("nudge")
        assert send(LATER).edited == 1
        old, new = slack.messages(to=PEOPLE["pmm"])
        assert old["text"] == (
            'A newer message tells of "Battlecard: redis" (Valkey 9.0).'
        )
        assert (buttons(old), read(first).closed) == ([], {"why": "replaced"})
        assert "task_begin" in buttons(new)
        assert read(second).closed is None

    def test_the_end_of_the_launch_closes_all(self, store, slack, send, file):
        file()
        send(NOW)
        end_launch(store)
        send(NOW + timedelta(days=1))
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert message["text"] == (
            'Valkey 9.0 is cancelled, so nothing is left to do for "Battlecard: redis".'
        )


class TestRelativeWords:
    def test_they_are_edited_each_day_and_no_oftener(self, slack, send, file):
        file()
        send(NOW)
        (message,) = slack.messages(to=PEOPLE["pmm"])
        assert "in 3 working days" in message["text"]
        tomorrow = NOW + timedelta(days=1)
        assert [send(tomorrow).edited, send(tomorrow).edited] == [1, 0]
        assert "in 2 working days" in message["text"]

    def test_edits_do_not_wait_for_hours(self, slack, send, file):
        file()
        send(NOW)
        assert send(NOW + timedelta(hours=14)).edited == 1, "Tuesday, 00:00"


LINE = {
    "launch": "valkey-9",
    "product": "Valkey 9.0",
    "task": "battlecard:redis",
    "title": "Battlecard: redis",
    "owner": PEOPLE["pmm"],
    "due": "2027-02-04",
    "planned_start": "2027-01-28",
    "planned_finish": "2027-02-01",
    "status": "ready",
}


class TestDigests:
    def digest(self, file, day="2027-02-01"):
        return file("digest", None, day=day, tasks=[LINE], help=[])

    def texts(self, message):
        """A message without its buttons."""
        kept = [block for block in message["blocks"] if block["type"] != "actions"]
        bare = [{**block, "accessory": None} for block in kept]
        return message["text"], bare

    def test_a_digest_keeps_its_text_and_loses_the_buttons_of_what_is_over(
        self, store, slack, send, file, read
    ):
        key = self.digest(file)
        send(NOW)
        (message,) = slack.messages(to=PEOPLE["pmm"])
        before = self.texts(message)
        assert "task_begin" in str(message["blocks"])
        change(store, status=TaskStatus.DOING, begun_at=NOW)
        assert send(NOW + timedelta(days=1)).edited == 1
        assert "task_begin" not in str(message["blocks"])
        assert "task_done" in str(message["blocks"])
        change(store, status=TaskStatus.DONE, done_at=NOW)
        assert send(NOW + timedelta(days=2)).edited == 1
        assert "task_" not in str(message["blocks"])
        assert self.texts(message) == before
        assert read(key).closed == {}
        assert send(NOW + timedelta(days=3)).edited == 0

    def test_a_new_digest_takes_the_buttons_of_the_one_before_it(
        self, slack, send, file
    ):
        self.digest(file)
        send(NOW)
        self.digest(file, "2027-02-02")
        assert send(NOW + timedelta(days=1)).edited == 1
        old, new = slack.messages(to=PEOPLE["pmm"])
        assert "task_" not in str(old["blocks"])
        assert "task_begin" in str(new["blocks"])
