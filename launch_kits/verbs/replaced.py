"""Reminders that a newer one replaces: their messages become one closed line."""

from __future__ import annotations

from sqlmodel import col, select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.verbs.transaction import Change

__all__ = ["REPLACED", "close_earlier"]

#: why the earlier message is closed
REPLACED = {"why": "replaced"}

_REMINDING = (NoticeKind.NUDGE, NoticeKind.ESCALATION)


def close_earlier(change: Change, reminder: Notice) -> None:
    """Close the earlier reminders of the same task to the same person."""
    query = select(Notice).where(
        Notice.launch == reminder.launch,
        Notice.task == reminder.task,
        Notice.to == reminder.to,
        col(Notice.kind).in_(_REMINDING),
        Notice.status == NoticeStatus.SENT,
        Notice.key != reminder.key,
    )
    for notice in change.session.exec(query).all():
        if notice.closed is None:
            notice.closed = dict(REPLACED)
            notice.outdated = notice.ts is not None
            notice.changes += 1
            change.session.add(notice)
