"""The words that columns may hold: statuses and kinds."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "CLOSED",
    "OPEN",
    "ExtensionStatus",
    "LaunchStatus",
    "NoticeKind",
    "NoticeStatus",
    "TaskStatus",
]


class LaunchStatus(StrEnum):
    """Where a launch stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class TaskStatus(StrEnum):
    """Where a task stands; overdue is derived, never stored."""

    WAITING = "waiting"
    READY = "ready"
    DOING = "doing"
    REVIEW = "review"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


CLOSED = (TaskStatus.DONE, TaskStatus.DROPPED)
OPEN = tuple(status for status in TaskStatus if status not in CLOSED)


class ExtensionStatus(StrEnum):
    """What became of a request for more time."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"


class NoticeKind(StrEnum):
    """What a notice is about."""

    TASK = "task"
    REVIEW = "review"
    NUDGE = "nudge"
    ESCALATION = "escalation"
    DIGEST = "digest"
    HEADLINE = "headline"
    NEWS = "news"
    CANCELLED = "cancelled"


class NoticeStatus(StrEnum):
    """How far a notice has come; dropped is no longer true, or merged into another."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"
