"""The tables: launches, tasks, links, extensions, events, notices, and what delivery and answers remember."""

from launch_kits.database.records.gates import Decision, GateCheck, Waiver
from launch_kits.database.records.launches import Event, Extension, Launch, Link, Task
from launch_kits.database.records.notices import Answered, DigestDue, Lease, Notice, RateLimit
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
    "DigestDue",
    "Event",
    "Extension",
    "ExtensionStatus",
    "GateCheck",
    "Launch",
    "LaunchStatus",
    "Lease",
    "Link",
    "Notice",
    "NoticeKind",
    "NoticeStatus",
    "RateLimit",
    "Task",
    "TaskStatus",
    "Waiver",
]
