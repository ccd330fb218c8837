from __future__ import annotations

from datetime import timedelta

from launch_kits import outbox
from launch_kits.database.records import Launch, Notice, NoticeStatus
from launch_kits.database.store import Store
from tests.launches import NOW, PMM, SLUG
from tests.outbox.rows import LATER, NUDGE, REVIEW, claim, file, read, run, settle


def sent(store: Store, occasion: str, **changes: object) -> str:
    key = file(store, occasion, **changes)
    claim(store)
    settle(store, key)
    return key


def supersede(store: Store, key: str) -> list[str]:
    with store.write() as session:
        notice = session.get(Notice, key)
        assert notice is not None
        return [older for older, _ in outbox.supersede(session, notice)]


class TestWhatIsCompared:
    def test_a_launch_is_compared_until_it_was(self, empty: Store) -> None:
        assert run(empty, outbox.to_compare, now=NOW) == [SLUG]
        run(empty, outbox.note_compared, SLUG, revision=0, again_at=None)
        assert run(empty, outbox.to_compare, now=NOW) == []

    def test_a_change_of_the_launch_makes_it_due(self, empty: Store) -> None:
        run(empty, outbox.note_compared, SLUG, revision=0, again_at=None)
        with empty.write() as session:
            launch = session.get(Launch, SLUG)
            assert launch is not None
            launch.revision += 1
        assert run(empty, outbox.to_compare, now=NOW) == [SLUG]
        assert run(empty, outbox.to_compare, now=NOW, launch="other") == []

    def test_a_new_day_makes_it_due(self, empty: Store) -> None:
        run(empty, outbox.note_compared, SLUG, revision=0, again_at=LATER)
        assert run(empty, outbox.to_compare, now=LATER - timedelta(seconds=1)) == []
        assert run(empty, outbox.to_compare, now=LATER) == [SLUG]

    def test_what_was_learnt_about_a_person_makes_every_launch_due(
        self, empty: Store
    ) -> None:
        run(empty, outbox.note_compared, SLUG, revision=0, again_at=LATER)
        run(empty, outbox.compare_again)
        assert run(empty, outbox.to_compare, now=NOW) == [SLUG]

    def test_only_posted_messages_that_are_not_closed_are_compared(
        self, empty: Store
    ) -> None:
        key = sent(empty, "1")
        file(empty, "2")
        sent(empty, "3", kind="cancelled")
        assert [each.key for each in run(empty, outbox.live_messages, SLUG)] == [key]
        run(empty, outbox.close, [key], {"why": "done"})
        assert run(empty, outbox.live_messages, SLUG) == []


class TestMarks:
    def test_a_marked_message_is_edited_at_once(self, empty: Store) -> None:
        key = sent(empty, "1")
        run(
            empty,
            outbox.settle_edit,
            key,
            changes=0,
            parts_after=LATER,
        )
        assert run(empty, outbox.pending_edits, now=NOW) == []
        run(empty, outbox.mark, [key])
        assert run(empty, outbox.pending_edits, now=NOW) == [(key, PMM)]

    def test_a_closed_message_is_not_marked(self, empty: Store) -> None:
        key = sent(empty, "1")
        run(empty, outbox.close, [key], {"why": "done"})
        run(empty, outbox.mark, [key])
        assert not read(empty, key).outdated


class TestTheNewestMessage:
    def test_it_closes_the_ones_before_it(self, empty: Store) -> None:
        first, second = (sent(empty, each, kind=NUDGE) for each in ("1", "2"))
        assert supersede(empty, second) == [first]
        assert (read(empty, first).closed, read(empty, first).outdated) == (
            {"why": "replaced"},
            True,
        )
        assert read(empty, second).closed is None

    def test_one_that_is_sent_late_is_closed_itself(self, empty: Store) -> None:
        late = file(empty, "1", kind=NUDGE)
        newest = file(empty, "2", kind=NUDGE, now=LATER)
        claim(empty)
        settle(empty, newest)
        settle(empty, late)
        assert supersede(empty, late) == [late]
        assert read(empty, newest).closed is None

    def test_other_tasks_readers_and_kinds_are_let_be(self, empty: Store) -> None:
        sent(empty, "1", kind=NUDGE, task="training")
        sent(empty, "1", kind=NUDGE, to="ops@example.com")
        sent(empty, "1", kind=REVIEW)
        assert supersede(empty, sent(empty, "2", kind=NUDGE)) == []

    def test_a_call_for_help_and_a_reminder_of_one_task_replace_each_other(
        self, empty: Store
    ) -> None:
        nudge = sent(empty, "1", kind=NUDGE)
        call = sent(empty, "2", kind="escalation", now=LATER)
        assert supersede(empty, call) == [nudge]

    def test_a_digest_replaces_the_reminders_of_the_tasks_reminded_of_in_it(
        self, empty: Store
    ) -> None:
        first = sent(empty, "1", kind=NUDGE)
        other = sent(empty, "1", kind=NUDGE, task="training")
        digest = sent(empty, "3", kind="digest")
        merged = file(empty, "2", kind=NUDGE)
        with empty.write() as session:
            notice = session.get(Notice, merged)
            assert notice is not None
            notice.status = NoticeStatus.DROPPED
            notice.error = digest
            session.add(notice)
        assert supersede(empty, digest) == [first]
        assert read(empty, other).closed is None

    def test_a_question_about_more_time_is_another_one(self, empty: Store) -> None:
        sent(empty, "1", kind=REVIEW)
        more = sent(empty, "2", kind=REVIEW, facts={"until": "2027-02-01"})
        assert supersede(empty, more) == []
        again = sent(empty, "3", kind=REVIEW, facts={"until": "2027-02-03"})
        assert supersede(empty, again) == [more]

    def test_a_digest_takes_the_buttons_of_the_one_before_it(
        self, empty: Store
    ) -> None:
        week = sent(empty, "1", kind="digest", facts={"week": "2027-W02"})
        first, second = (sent(empty, each, kind="digest") for each in ("2", "3"))
        assert supersede(empty, second) == [first], "one of the week has no buttons"
        assert (read(empty, first).closed, read(empty, first).outdated) == ({}, True)
        assert read(empty, second).closed is None
        assert supersede(empty, week) == []
