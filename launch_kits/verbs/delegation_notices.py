"""The notices of a delegation: one list for each reader, in place of a message for each task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlmodel import col, select

from launch_kits.database.records import (
    ACTIVE,
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
    TaskStatus,
)
from launch_kits.verbs.delegated_parts import DelegatedPart, DelegationRequest
from launch_kits.verbs.handout import waits_for_hand_out
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.news_events import NewsEvent
from launch_kits.views.notices.other_reader import asks_in_turn

__all__ = ["merge_handed_out", "readers", "tell_readers"]

_Parts = Mapping[Change, Sequence[DelegatedPart]]


def readers(
    found: _Parts, asked: DelegationRequest, *, by: Mapping[Change, str]
) -> dict[str, list[Change]]:
    """The people who hear of a delegation, each with their launches.

    The person who acts from now on, and the leads. The one who asked for it knows, and the one who
    is away or left is not disturbed.
    """
    hear: dict[str, list[Change]] = {}
    for change in found:
        silent = {by[change].casefold(), asked.person.casefold()}
        told = dict.fromkeys(map(change.away.reached, (asked.to, change.lead)))
        for person in told:
            if person.casefold() not in silent:
                hear.setdefault(person, []).append(change)
    return hear


def tell_readers(
    found: _Parts, asked: DelegationRequest, *, name: str, by: Mapping[Change, str]
) -> Mapping[str, Notice]:
    """File one list for each reader; the messages of its tasks are merged into it.

    ``name`` is that of the person who is away or left, ``by`` the person who arranged it in each
    launch. Returns the lists by reader.
    """
    lists: dict[str, Notice] = {}
    for person, changes in readers(found, asked, by=by).items():
        parts = [part.as_fact() for change in changes for part in found[change]]
        facts: dict[str, Any] = {
            "by": by[changes[0]],
            "note": asked.note,
            "handed": {
                "from": asked.person,
                "name": name,
                "to": asked.to,
                "until": asked.until.isoformat() if asked.until else None,
            },
            "tasks": parts,
        }
        lists[person] = changes[0].tell(NoticeKind.NEWS, person, facts=facts)
    for change, parts_there in found.items():
        for part in parts_there:
            if part.task is not None and part.task.status in ACTIVE:
                _put_in_hands(change, part.task, part, lists)
    return lists


def merge_handed_out(change: Change, to: str, lists: Mapping[str, Notice]) -> None:
    """Merge messages into the list of a person, who acts from now on.

    A task that was kept for later may have to be handed out, because its owner has fewer days left.
    """
    there = lists.get(to)
    if there is None:
        return
    parts = list(there.facts["tasks"])
    known = {_identity(part) for part in parts}
    for notice in _filed_now(change, to):
        part = _part_of(change, notice)
        if _identity(part) not in known:
            parts.append(part)
        notice.status = NoticeStatus.DROPPED
        notice.error = there.key
        change.session.add(notice)
    there.facts = {**there.facts, "tasks": parts}
    change.session.add(there)


def _identity(part: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(part[name] for name in ("launch", "task", "field", "title"))


def _filed_now(change: Change, to: str) -> Sequence[Notice]:
    """The messages about tasks, reviews and questions for a person that this step filed."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        Notice.to == to,
        Notice.status == NoticeStatus.PENDING,
        Notice.filed_at == change.now,
        col(Notice.kind).in_([NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.NEWS]),
    )
    found = change.session.exec(query.order_by(col(Notice.key))).all()
    return [each for each in found if _fits_in_list(each)]


def _fits_in_list(notice: Notice) -> bool:
    """Whether the list of a delegation can tell a message; new content is asked for by itself."""
    if notice.kind == NoticeKind.NEWS:
        return asks_in_turn(notice) and notice.facts.get("event") in _ANSWERS
    return "content" not in notice.facts


#: the event of news that ask for something → the field of its line, and the fact with its title
_ANSWERS: Mapping[str, tuple[str, str]] = {
    NewsEvent.BLOCKED: ("blocked", "title"),
    NewsEvent.HELP_WANTED: ("help", "title"),
    NewsEvent.CARD_DUE: ("card", "name"),
    NewsEvent.CARD_STALE: ("card", "name"),
    NewsEvent.CARD_FLAGGED: ("line", "quote"),
    NewsEvent.GATE_PASSED: ("gate", "gate"),
    NewsEvent.WAIVER_ENDED: ("gate", "gate"),
}


def _part_of(change: Change, notice: Notice) -> dict[str, str | None]:
    launch = change.launch
    if notice.kind == NoticeKind.NEWS:
        field, title = _ANSWERS[str(notice.facts["event"])]
        return {
            "launch": launch.slug,
            "product": launch.product,
            "task": notice.task,
            "title": str(notice.facts.get(title)),
            "due": None,
            "field": field,
        }
    task = change.task(str(notice.task))
    part: Literal["owner", "approver"] = (
        "approver" if notice.kind == NoticeKind.REVIEW else "owner"
    )
    found = DelegatedPart(
        launch.slug, launch.product, task.key, task.title, part, task
    ).as_fact()
    until = notice.facts.get("until")
    return {**found, "field": "more time", "until": until} if until else found


def _put_in_hands(
    change: Change, task: Task, part: DelegatedPart, lists: Mapping[str, Notice]
) -> None:
    """Put a task at work into the hands of its new reader, whose list tells of it.

    A task that was not handed out stays for later.
    """
    reviewed = task.status == TaskStatus.REVIEW
    if reviewed != (part.part == "approver") or waits_for_hand_out(task):
        return
    kind = NoticeKind.REVIEW if reviewed else NoticeKind.TASK
    why = f"given to {task.answerable}"
    change.hush(task, kind, NoticeKind.NUDGE, why=why)
    facts = {"by": task.owner, "link": task.link} if reviewed else None
    notice = change.tell(kind, task.answerable, task=task, facts=facts)
    if notice.to in lists:
        notice.status = NoticeStatus.DROPPED
        notice.error = lists[notice.to].key
        change.session.add(notice)
