"""The reader of a notice: the person themself, or their deputy while they are away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from launch_kits.database.queries import notices_of
from launch_kits.database.records import (
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
    TaskStatus,
)
from launch_kits.outbox import notice_key
from launch_kits.verbs.quiet_changes import put_in_hands
from launch_kits.views.notices.desk import ASKER
from launch_kits.views.notices.news import NewsEvent

if TYPE_CHECKING:
    from launch_kits.verbs.transaction import Change

__all__ = ["keep_for", "open_questions", "route"]

#: notices that a deputy hears; all others wait for the person
_ROUTED = frozenset(
    [
        NoticeKind.TASK,
        NoticeKind.REVIEW,
        NoticeKind.NUDGE,
        NoticeKind.ESCALATION,
        NoticeKind.NEWS,
        NoticeKind.QUESTION,
    ]
)

_Facts = dict[str, Any] | None


def route(
    change: Change,
    kind: NoticeKind,
    to: str,
    *,
    task: Task | None,
    facts: _Facts,
    occasion: str | None,
) -> tuple[str, _Facts]:
    """Find the reader of a notice, and complete its facts.

    While a person is away it is their deputy; the fact ``for`` names the person then. A task
    whose message goes to a deputy is in their hands until the person is back.
    """
    if kind is NoticeKind.NEWS and task is not None:
        # news keep their text, whatever becomes of the task
        facts = {"title": task.title, **(facts or {})}
    asker = (facts or {}).get("part") == ASKER
    if kind not in _ROUTED or asker or "@" not in to:
        return to, facts
    if _told(change, kind, to, task, occasion):
        return to, facts
    own_work = [task.owner] if task and kind is NoticeKind.REVIEW else []
    reader = change.away.reached(to, besides=own_work)
    routed = reader != to
    if routed and kind is NoticeKind.NEWS and "changes" in (facts or {}):
        keep_for(change, to, facts)
    if task is not None and _hands_over(kind, task, facts):
        put_in_hands(change, task, reader if routed else None)
    return reader, {**(facts or {}), "for": to} if routed else facts


def keep_for(change: Change, person: str, facts: _Facts) -> None:
    """File the news of changes in a person's work for their return, too."""
    change.filed.enqueue(
        NoticeKind.NEWS,
        person,
        task=None,
        occasion=f"return-{change.now.isoformat()}",
        send_after=change.hours_of(person).opens(change.now),
        facts=facts,
    )


def _told(
    change: Change, kind: NoticeKind, to: str, task: Task | None, occasion: str | None
) -> bool:
    """Whether the person was told of the occasion before they went."""
    if occasion is None:
        return False
    key = notice_key(kind, change.launch.slug, task.key if task else None, to, occasion)
    return change.session.get(Notice, key) is not None


def _hands_over(kind: NoticeKind, task: Task, facts: Mapping[str, Any] | None) -> bool:
    """Whether a notice hands a task over, so that it is its reader's turn."""
    if kind is NoticeKind.REVIEW:
        # of a finished task only the content is asked about: no one's turn changes
        return not {"until", "content"} & set(facts or {})
    if kind is NoticeKind.NEWS:
        # work that is sent back is the owner's again
        return (facts or {}).get("event") == NewsEvent.SENT_BACK
    return kind is NoticeKind.TASK and task.status != TaskStatus.REVIEW


def open_questions(
    session: Session, slug: str, key: str, *, more_time: bool
) -> list[Notice]:
    """The questions about a task that reach a reader: about its approval, or about more time."""
    gone = (NoticeStatus.DEAD, NoticeStatus.DROPPED)
    return [
        notice
        for notice in notices_of(session, slug, task=key)
        if notice.kind == NoticeKind.REVIEW
        and notice.status not in gone
        and ("until" in notice.facts) == more_time
    ]
