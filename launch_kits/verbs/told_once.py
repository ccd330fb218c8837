"""A person reads of one thing once in a delivery: in its own message, or else in their digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus, TaskStatus
from launch_kits.views.answer_kinds import AnswerKind, subject_of
from launch_kits.views.notices.desk import ASKER
from launch_kits.views.notices.ended_waivers import ended_waivers
from launch_kits.views.notices.facts import rows_of, texts_of
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["AboutThing", "lines_about", "subjects_of", "tell_once"]

#: the parts of a digest whose lines are told by a message of their own, too
PARTS = ("tasks", "asks", "help", "seen")
#: a message that could be sent so long before a digest has not been sent with it
FRESH = timedelta(hours=12)
#: the other parts that tell something
_MORE = ("news", "turned")


class AboutThing(NamedTuple):
    """The subject of a message or of a line."""

    launch: str
    #: ``task``, ``more time`` for one, ``blocked``, ``gate`` or one check of it, ``card``, ``line``
    #: of a card, or ``question``
    kind: str
    key: str


#: one of these answers about a task does not tell of another: each is a thing of its own
_ABOUT_TASKS: Mapping[AnswerKind, str] = {
    AnswerKind.MORE_TIME: "more time",
    AnswerKind.BLOCKED: "blocked",
    AnswerKind.UNBLOCK: "blocked",
}
#: the facts of news that name a subject other than the task of the notice
_OF_NEWS: Mapping[str, tuple[str, str]] = {
    NewsEvent.BLOCKED: ("blocked", ""),
    NewsEvent.HELP_WANTED: ("blocked", ""),
    NewsEvent.CARD_DUE: ("card", "card"),
    NewsEvent.CARD_STALE: ("card", "card"),
    NewsEvent.CARD_FLAGGED: ("line", "claim"),
}


def tell_once(
    session: Session, *, launch: str | None = None, reader: str | None = None
) -> None:
    """Take lines from digests if a message tells the same.

    The message waits for the same reader. A digest of which nothing is left is dropped. So is a
    reminder of a task whose message waits. ``launch`` looks at the messages of one launch alone,
    which an act on it may have filed, and ``reader`` at those to one person.
    """
    waiting = _waiting(session, launch=launch, reader=reader)
    for beside in waiting.values():
        for notice in beside:
            if notice.status != NoticeStatus.PENDING:
                continue
            if notice.kind == NoticeKind.NUDGE:
                _drop_reminder(session, notice, beside)
            elif notice.kind == NoticeKind.DIGEST and "day" in notice.facts:
                told = {
                    subject
                    for each in _beside(notice, beside)
                    for subject in subjects_of(each)
                }
                _leave_out(session, notice, told)


def _waiting(
    session: Session, *, launch: str | None, reader: str | None
) -> Mapping[str, Sequence[Notice]]:
    """The notices that wait, by their reader; those of a launch with all digests beside them."""
    query = select(Notice).where(Notice.status == NoticeStatus.PENDING)
    if reader is not None:
        query = query.where(Notice.to == reader)
    if launch is not None:
        query = query.where(Notice.launch == launch)
    found: dict[str, list[Notice]] = defaultdict(list)
    for notice in session.exec(query.order_by(col(Notice.key))).all():
        found[notice.to].append(notice)
    if launch is not None:
        digests = select(Notice).where(
            Notice.status == NoticeStatus.PENDING,
            Notice.kind == NoticeKind.DIGEST,
            Notice.launch != launch,
            col(Notice.to).in_(list(found)),
        )
        for digest in session.exec(digests.order_by(col(Notice.key))).all():
            found[digest.to].append(digest)
    return found


def subjects_of(notice: Notice) -> Iterator[AboutThing]:
    """Yield the things that a message asks its reader about; none for news that only inform."""
    facts = notice.facts
    launch = notice.launch
    if notice.kind == NoticeKind.QUESTION:
        if facts.get("part") != ASKER:
            yield AboutThing(launch, "question", str(facts.get("id")))
        return
    if notice.kind == NoticeKind.NEWS and "tasks" in facts:
        for row in rows_of(facts, "tasks"):
            kind = "gate" if row.get("field") == "gate" else "task"
            name = row.get("title") if kind == "gate" else row.get("task")
            yield AboutThing(str(row.get("launch") or launch), kind, str(name))
        return
    if notice.kind == NoticeKind.NEWS and not notice.asks:
        return
    if notice.kind == NoticeKind.REVIEW and "until" in facts:
        yield AboutThing(launch, "more time", str(notice.task))
        return
    event = facts.get("event")
    if event == NewsEvent.WAIVER_ENDED:
        for each in ended_waivers(facts):
            yield _check(launch, each.gate, each.check)
        return
    if event == NewsEvent.GATE_PASSED:
        for title in texts_of(facts, "checks"):
            yield _check(launch, facts.get("gate"), title)
        return
    kind, fact = _OF_NEWS.get(str(event), ("task", ""))
    key = facts.get(fact) if fact else notice.task
    if key is not None:
        yield AboutThing(launch, kind, str(key))


def _check(launch: str, gate: object, check: object) -> AboutThing:
    return AboutThing(launch, "gate", f"{gate}: {check}")


def lines_about(line: Mapping[str, object]) -> set[AboutThing]:
    """Return the subjects of a line of a digest: one, or the checks of a gate."""
    launch = str(line.get("launch"))
    wanted = line.get("wanted")
    if not wanted:
        kind = "blocked" if line.get("status") == TaskStatus.BLOCKED else "task"
        return {AboutThing(launch, kind, str(line.get("task")))}
    answer = AnswerKind(str(wanted))
    about = subject_of(answer)
    checks = texts_of(line, "checks")
    if about == "gate" and checks:
        return {_check(launch, line.get("title"), check) for check in checks}
    kind = _ABOUT_TASKS.get(answer, about)
    named_by = {"gate": "title", "task": "task"}.get(about, "key")
    return {AboutThing(launch, kind, str(line.get(named_by)))}


def _beside(notice: Notice, waiting: Sequence[Notice]) -> Iterator[Notice]:
    """Yield the other messages that go out to a reader.

    One that has waited longer could not be sent, so it takes no line from a digest.
    """
    since = notice.filed_at - FRESH
    for each in waiting:
        if (
            each.key != notice.key
            and each.status == NoticeStatus.PENDING
            and each.send_after > since
            and each.kind not in (NoticeKind.DIGEST, NoticeKind.HEADLINE)
        ):
            yield each


def _drop_reminder(
    session: Session, reminder: Notice, waiting: Sequence[Notice]
) -> None:
    """Drop a reminder if the message about its task waits, too."""
    told = set(subjects_of(reminder))
    asking = [
        each
        for each in _beside(reminder, waiting)
        if each.kind not in (NoticeKind.NUDGE, NoticeKind.ESCALATION)
        and told & set(subjects_of(each))
    ]
    if asking:
        reminder.status = NoticeStatus.DROPPED
        reminder.error = asking[0].key
        session.add(reminder)


def _leave_out(session: Session, digest: Notice, told: set[AboutThing]) -> None:
    before = {part: _lines(digest, part) for part in PARTS}
    left = {
        part: [line for line in lines if not _is_told(line, told)]
        for part, lines in before.items()
    }
    if left == before:
        return
    told_here = [line for lines in left.values() for line in lines]
    told_here += [line for part in _MORE for line in _lines(digest, part)]
    if all(line.get("later") is True for line in told_here):
        if _holds_others(session, digest):
            return
        digest.status = NoticeStatus.DROPPED
        digest.error = "all that it says has messages of its own"
    digest.facts = {**digest.facts, **left}
    session.add(digest)


def _is_told(line: Mapping[str, object], told: set[AboutThing]) -> bool:
    """Whether other messages tell all of a line; a list of handed work names a gate alone."""
    about = lines_about(line)
    gate = AboutThing(str(line.get("launch")), "gate", str(line.get("title")))
    return about <= told or (
        gate in told and all(each.kind == "gate" for each in about)
    )


def _holds_others(session: Session, digest: Notice) -> bool:
    """Whether other notices were merged into a digest."""
    query = select(Notice.key).where(
        Notice.status == NoticeStatus.DROPPED, Notice.error == digest.key
    )
    return session.exec(query.limit(1)).first() is not None


def _lines(digest: Notice, part: str) -> Sequence[dict[str, Any]]:
    found = digest.facts.get(part)
    return found if isinstance(found, list) else []
