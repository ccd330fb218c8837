"""The notices of a delegation: one list for each reader, in place of a message for each task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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

__all__ = ["readers", "tell_readers"]

_Parts = Mapping[Change, Sequence[DelegatedPart]]


def readers(found: _Parts, asked: DelegationRequest) -> dict[str, list[Change]]:
    """The people who hear of a delegation, each with their launches.

    The person who acts from now on, and the leads. The one who asked for it knows, and the one who
    is away or left is not disturbed.
    """
    hear: dict[str, list[Change]] = {}
    for change in found:
        by = change.actor(asked.by, change.lead)
        silent = {by.casefold(), asked.person.casefold()}
        told = dict.fromkeys(map(change.away.reached, (asked.to, change.lead)))
        for person in told:
            if person.casefold() not in silent:
                hear.setdefault(person, []).append(change)
    return hear


def tell_readers(
    found: _Parts, asked: DelegationRequest, *, name: str
) -> tuple[str, ...]:
    """File one list for each reader; the messages of its tasks are merged into it.

    ``name`` is that of the person who is away or left. Returns the readers.
    """
    lists: dict[str, Notice] = {}
    for person, changes in readers(found, asked).items():
        parts = [part.as_fact() for change in changes for part in found[change]]
        facts: dict[str, Any] = {
            "by": changes[0].actor(asked.by, changes[0].lead),
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
    return tuple(lists)


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
