"""One list in place of many messages, if one person is told of many tasks at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import col, select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus, Task
from launch_kits.verbs.transaction import Change

__all__ = ["MANY", "list_many", "tell_apart"]

#: the most tasks of which a person is told in a message each; of tasks that come back from a
#: deputy
MANY = 5
ENOUGH = 1


def list_many(change: Change) -> None:
    """Put the messages that wait for one person into a list, if they are more than `MANY`.

    The list has a key of its own, which the rows of its tasks name. Tasks that become ready before
    it is sent are added to it.
    """
    waiting = _waiting(change)
    for person, notices in waiting.items():
        there = _list_of(change, person)
        many = ENOUGH if all(map(_comes_back, notices)) else MANY
        if there is None and len(notices) <= many:
            continue
        lines = [*_lines(change, notices)]
        if there is None:
            there = _file(change, person, notices)
        known = there.facts["tasks"]
        there.facts = {**there.facts, "tasks": [*known, *lines]}
        change.session.add(there)
        for notice in notices:
            notice.status = NoticeStatus.DROPPED
            notice.error = there.key
            change.session.add(notice)
    change.session.flush()


def tell_apart(change: Change, task: Task) -> None:
    """File the message of a task that was told in a list, once its owner starts it."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        Notice.task == task.key,
        Notice.kind == NoticeKind.TASK,
    )
    filed = change.session.exec(query).all()
    last_at = max((each.filed_at for each in filed), default=None)
    last = [each for each in filed if each.filed_at == last_at]
    # a list of many tasks, or that of a delegation
    if any((each.error or "").startswith(f"{NoticeKind.NEWS}:") for each in last):
        change.tell(NoticeKind.TASK, task.owner, task=task)


def _waiting(change: Change) -> dict[str, list[Notice]]:
    """The messages about tasks that were not sent yet, by their reader."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        Notice.kind == NoticeKind.TASK,
        Notice.status == NoticeStatus.PENDING,
    )
    found: dict[str, list[Notice]] = {}
    for notice in change.session.exec(query.order_by(col(Notice.key))).all():
        if "@" in notice.to:
            found.setdefault(notice.to, []).append(notice)
    return found


def _list_of(change: Change, person: str) -> Notice | None:
    """The list that waits to be sent to a person."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        Notice.to == person,
        Notice.kind == NoticeKind.NEWS,
        Notice.status == NoticeStatus.PENDING,
    )
    found = change.session.exec(query).all()
    return next((each for each in found if each.facts.get("handed_out")), None)


def _file(change: Change, person: str, notices: Sequence[Notice]) -> Notice:
    return change.filed.enqueue(
        NoticeKind.NEWS,
        person,
        task=None,
        occasion=f"list-{change.now.isoformat()}",
        send_after=min(notice.send_after for notice in notices),
        facts={
            "handed_out": True,
            "back": all(map(_comes_back, notices)),
            "tasks": [],
        },
    )


def _comes_back(notice: Notice) -> bool:
    """Whether a task comes back to its owner, from a deputy."""
    return "from" in notice.facts and "for" not in notice.facts


def _lines(change: Change, notices: Sequence[Notice]) -> Iterator[dict[str, Any]]:
    given = {notice.task: notice.facts.get("given") for notice in notices}
    for task in change.tasks.values():
        if task.key in given:
            by = {"given": given[task.key]} if given[task.key] else {}
            line = {
                "task": task.key,
                "title": task.title,
                "due": task.due.isoformat(),
                "status": task.status,
            }
            yield {**line, **by}
