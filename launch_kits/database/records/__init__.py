"""The tables.

Launches, tasks, links, extensions, events, notices, and what delivery and answers remember.
"""

from launch_kits.database.records.gates import Decision, GateCheck, Waiver
from launch_kits.database.records.launches import (
    Dependency,
    Event,
    Extension,
    Launch,
    Task,
)
from launch_kits.database.records.notices import (
    Answered,
    DigestDue,
    Lease,
    Notice,
    RateLimit,
)
from launch_kits.database.records.statuses import (
    CLOSED,
    OPEN,
    ExtensionStatus,
    LaunchStatus,
    NoticeKind,
    NoticeStatus,
    TaskStatus,
)

__all__ = [
    "CLOSED",
    "OPEN",
    "Answered",
    "Decision",
    "Dependency",
    "DigestDue",
    "Event",
    "Extension",
    "ExtensionStatus",
    "GateCheck",
    "Launch",
    "LaunchStatus",
    "Lease",
    "Notice",
    "NoticeKind",
    "NoticeStatus",
    "RateLimit",
    "Task",
    "TaskStatus",
    "Waiver",
]
