from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from launch_kits import outbox
from launch_kits.database.records import Compared, Notice, NoticeKind
from launch_kits.database.store import Store
from launch_kits.verbs import begin, cancel, done, note
from launch_kits.verbs.message_comparison import close_if_over, mark_untrue
from launch_kits.views.notices.context import ContextLoader, MessageContext
from launch_kits.views.notices.message import NoticeMessage
from tests.launches import LEAD, NOW, PMM, SALES, SLUG, at, brief_with, opened

LATER = NOW + timedelta(minutes=5)


def shown(notice: Notice, message: NoticeMessage, context: MessageContext) -> str:
    return message.sentence


@pytest.fixture
def live(store: Store) -> Store:
    """The small launch with its notices posted, showing what they said then."""
    opened(store)
    contexts = ContextLoader(store, documents=Path("/nowhere"))
    context = contexts.of(SLUG, now=NOW)
    with store.write() as session:
        claimed = outbox.claim(session, by="us", now=NOW)
        for notice in claimed:
            outbox.settle(
                session,
                notice.key,
                by="us",
                now=NOW,
                channel="D1",
                ts=notice.key,
                shown=context.message(notice, now=NOW).sentence,
            )
    return store


@pytest.fixture
def compare(live: Store) -> Callable[..., list[str]]:
    """Compare at an instant; returns the keys of the messages to edit."""

    def compare(now: datetime, render: Callable[..., str] = shown) -> list[str]:
        contexts = ContextLoader(live, documents=Path("/nowhere"))
        assert mark_untrue(live, contexts, shown=render, now=lambda: now) == []
        with live.write() as session:
            owed = [key for key, _ in outbox.pending_edits(session, now=now)]
            for key in owed:
                notice = session.get(Notice, key)
                assert notice is not None
                changes = notice.changes
                context = contexts.of(SLUG, now=now)
                text = context.message(notice, now=now).sentence
                outbox.note(session, key, shown=text)
                outbox.settle_edit(session, key, changes=changes)
        return owed

    return compare


def kinds(keys: list[str]) -> set[str]:
    return {key.partition(":")[0] for key in keys}


def test_nothing_is_rendered_while_nothing_changes(
    compare: Callable[..., list[str]],
) -> None:
    compare(NOW)
    rendered: list[str] = []

    def count(notice: Notice, message: NoticeMessage, _: MessageContext) -> str:
        rendered.append(notice.key)
        return message.sentence

    assert compare(LATER, count) == []
    assert rendered == []


def test_a_verb_that_marks_nothing_is_found_all_the_same(
    live: Store, compare: Callable[..., list[str]]
) -> None:
    compare(NOW)
    begin(live, SLUG, "research", now=LATER)
    with live.write() as session:
        for key, _ in outbox.pending_edits(session, now=LATER):
            notice = session.get(Notice, key)
            assert notice is not None
            outbox.settle_edit(session, key, changes=notice.changes)
    assert f"task:{SLUG}:research:{PMM}:1" in compare(LATER)


def test_the_words_of_a_day_are_edited_once_a_day(
    compare: Callable[..., list[str]],
) -> None:
    compare(NOW)
    midnight = at("01-12", 0)
    assert compare(midnight - timedelta(seconds=1)) == []
    assert kinds(compare(midnight)) == {"headline", "task"}
    assert compare(midnight + timedelta(minutes=5)) == []
    assert compare(at("01-12", 9)) == []


def test_days_begin_where_people_are(
    live: Store, compare: Callable[..., list[str]]
) -> None:
    compare(NOW)
    with live.read() as session:
        compared = session.get(Compared, SLUG)
        assert compared is not None
    singapore = brief_with().zone(SALES)
    assert compared.again_at == at("01-12", 0, zone=singapore)


def test_a_message_about_finished_work_is_marked_and_closed(
    live: Store, compare: Callable[..., list[str]]
) -> None:
    compare(NOW)
    begin(live, SLUG, "research", now=LATER)
    done(live, SLUG, "research", now=LATER, by=LEAD)
    key = f"task:{SLUG}:research:{PMM}:1"
    assert key in compare(LATER)
    context = ContextLoader(live, documents=Path("/nowhere")).of(SLUG, now=LATER)
    with live.read() as session:
        notice = session.get(Notice, key)
    assert notice is not None
    close_if_over(live, notice, context, now=LATER)
    note(live, SLUG, "positioning", note="Halfway", now=LATER)
    with live.read() as session:
        kept = session.get(Notice, key)
    assert kept is not None
    assert kept.closed == notice.closed
    assert kept.closed == {
        "why": "done",
        "at": LATER.astimezone(UTC).isoformat(),
        "by": LEAD,
        "on": "2027-01-11",
    }
    assert key not in compare(at("01-12", 0))


def test_an_open_message_is_not_closed(live: Store) -> None:
    context = ContextLoader(live, documents=Path("/nowhere")).of(SLUG, now=LATER)
    with live.read() as session:
        notice = session.get(Notice, f"task:{SLUG}:research:{PMM}:1")
    assert notice is not None
    close_if_over(live, notice, context, now=LATER)
    assert notice.closed is None


def test_a_launch_that_ended_is_compared_once_and_in_another_year(
    live: Store, compare: Callable[..., list[str]]
) -> None:
    compare(NOW)
    cancel(live, SLUG, now=LATER)
    assert NoticeKind.HEADLINE in kinds(compare(LATER))
    assert compare(at("02-12")) == []
    with live.read() as session:
        compared = session.get(Compared, SLUG)
    assert compared is not None
    assert compared.again_at == at("2028-01-01", 0)


def test_a_launch_that_cannot_be_compared_holds_up_no_other(live: Store) -> None:
    opened(live, brief_with(launch="other"))
    contexts = ContextLoader(live, documents=Path("/nowhere"))

    def stumble(notice: Notice, message: NoticeMessage, _: MessageContext) -> str:
        if notice.launch == SLUG:
            raise KeyError("x")
        return message.sentence

    (problem,) = mark_untrue(live, contexts, shown=stumble, now=lambda: NOW)
    assert problem == f"{SLUG}: its messages could not be compared: KeyError"
    with live.read() as session:
        assert outbox.to_compare(session, now=NOW) == [SLUG]


def test_it_stops_if_another_process_took_over(live: Store) -> None:
    contexts = ContextLoader(live, documents=Path("/nowhere"))
    mark_untrue(live, contexts, shown=shown, now=lambda: NOW, go_on=lambda: False)
    with live.read() as session:
        assert outbox.to_compare(session, now=NOW) == [SLUG]
