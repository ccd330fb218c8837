"""Questions that follow the absences of people: asked of a deputy, and of the person again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlmodel import col, select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.outbox import merged_into, notice_key
from launch_kits.verbs.digest_news import inform
from launch_kits.verbs.transaction import Change
from launch_kits.views.launch import view_of
from launch_kits.views.notices.closing import closing
from launch_kits.views.notices.ended import Over
from launch_kits.views.notices.informing import informs
from launch_kits.views.notices.other_reader import asks_in_turn, with_other_reader

__all__ = ["ask_in_turn", "end_message", "look_at_asked"]

#: the end of the occasion of a question that was asked of another person
_AGAIN = re.compile(r"-(?:away|back)-\d{4}-\d\d-\d\d$")


def ask_in_turn(change: Change) -> None:
    """Ask the deputies of people who went away, and the people who are back.

    So blocked work, calls for its helper, cards, doubted lines, gates, and new content of documents
    reach the same person as every list of answers owed. The message of the other reader ends.
    """
    turned = [
        each
        for each in _asked(change)
        if _reader(change, each).casefold() != each.to.casefold()
    ]
    if not turned:
        return
    view = view_of(
        change.session,
        change.launch,
        now=change.now,
        documents=Path(),
        calendars=change.calendars,
    )
    for notice in turned:
        with_other = with_other_reader(notice, view)
        if with_other is None or closing(notice, view) != with_other:
            continue
        _ask(change, notice, with_other)


def look_at_asked(change: Change) -> Sequence[datetime]:
    """The next absences and returns of people who are asked."""
    people = {_person(each) for each in _asked(change)}
    people |= {each.to for each in _asked(change)}
    found = [change.away.back_at(each) for each in people]
    found += [change.away.away_from(each) for each in people]
    return [each for each in found if each is not None and each > change.now]


def _asked(change: Change) -> Iterator[Notice]:
    """The messages that wait for an answer."""
    brief = change.brief
    if not brief.absences and not any(each.away for each in brief.team.values()):
        return
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        col(Notice.kind).in_([NoticeKind.NEWS, NoticeKind.REVIEW]),
        Notice.status != NoticeStatus.DEAD,
        col(Notice.closed).is_(None),
    )
    for notice in change.session.exec(query.order_by(col(Notice.key))).all():
        if asks_in_turn(notice) and _was_told(notice):
            yield notice


def _was_told(notice: Notice) -> bool:
    """Whether a message reached its reader, or will, by itself or in a list."""
    if notice.status != NoticeStatus.DROPPED or merged_into(notice) is not None:
        return True
    return (notice.error or "").startswith(f"{NoticeKind.NEWS}:")


def _person(notice: Notice) -> str:
    return str(notice.facts.get("for") or notice.to)


def _reader(change: Change, notice: Notice) -> str:
    task = notice.task and next(
        (each for each in change.tasks.values() if each.key == notice.task), None
    )
    own = [task.owner] if task and notice.kind == NoticeKind.REVIEW else []
    return change.away.reached(_person(notice), besides=own)


def _ask(change: Change, notice: Notice, over: Over) -> None:
    """Ask the person, or the one who acts for them, in place of the reader of a message."""
    person = _person(notice)
    reader = str(over["to"])
    task = change.task(notice.task) if notice.task else None
    kind = NoticeKind(notice.kind)
    begins = notice_key(kind, notice.launch, notice.task, notice.to, "")
    occasion = _AGAIN.sub("", notice.key.removeprefix(begins))
    turn = "back" if reader.casefold() == person.casefold() else "away"
    occasion = f"{occasion}-{turn}-{change.today}"
    facts = {name: fact for name, fact in notice.facts.items() if name != "for"}
    end_message(change, notice, over)
    if kind is NoticeKind.NEWS and informs(facts):
        inform(change, person, task=task, facts=facts, occasion=occasion)
    else:
        change.tell(kind, person, task=task, facts=facts, occasion=occasion)


def end_message(change: Change, notice: Notice, over: Over) -> None:
    """End a message whose reader is not asked any more; ``over`` names the person who is."""
    if notice.status == NoticeStatus.PENDING:
        notice.status = NoticeStatus.DROPPED
        notice.error = f"{over['to']} is asked now"
    on = change.hours_of(notice.to).day(change.now)
    notice.closed = {**over, "on": on.isoformat()}
    if notice.status == NoticeStatus.SENT:
        notice.outdated = True
        notice.changes = notice.changes + 1
    change.session.add(notice)
    change.session.flush()
