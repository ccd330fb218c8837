"""The tables.

Launches, tasks, links, extensions, events, notices, questions, and the memory of delivery and
answers.
"""

from launch_kits.database.records.canvases import CardCanvas, LaunchCanvas, PageFile
from launch_kits.database.records.desk import (
    CardUse,
    CardUseKind,
    FaqStatus,
    Question,
)
from launch_kits.database.records.document_versions import DocumentVersion
from launch_kits.database.records.enums import (
    KEEPING_TEXT,
    LIVING,
    ChangedDay,
    Closing,
    ExtensionStatus,
    NoticeKind,
    NoticeStatus,
)
from launch_kits.database.records.event_verbs import (
    EVENT_PHRASES,
    EventVerb,
    phrase_of,
)
from launch_kits.database.records.events import DayChangeRow, Event
from launch_kits.database.records.gates import Decision, GateCheck, Waiver
from launch_kits.database.records.launches import (
    Dependency,
    Extension,
    Launch,
    Task,
)
from launch_kits.database.records.notices import (
    ASKING,
    Answered,
    Compared,
    DigestDue,
    Lease,
    Notice,
    RateLimit,
)
from launch_kits.database.records.overviews import KeptTasks, OverviewRow
from launch_kits.database.records.rooms import LinkUse, RoomLink, RoomSession
from launch_kits.database.records.slack_users import (
    MemberStanding,
    SlackToken,
    SlackUser,
    SlackWorkspace,
)
from launch_kits.database.records.sweeps import LAST, LastSweep
from launch_kits.database.records.undoable import Undoable
from launch_kits.statuses import (
    ACTIVE,
    AHEAD,
    AWAITED,
    CLOSED,
    LAUNCH_STATUSES,
    OPEN,
    TASK_STATUSES,
    WITH_OWNER,
    LaunchFacts,
    LaunchStatus,
    StatusFacts,
    TaskLook,
    TaskStatus,
    Turn,
)

__all__ = [
    "ACTIVE",
    "AHEAD",
    "ASKING",
    "AWAITED",
    "CLOSED",
    "EVENT_PHRASES",
    "KEEPING_TEXT",
    "LAST",
    "LAUNCH_STATUSES",
    "LIVING",
    "OPEN",
    "TASK_STATUSES",
    "WITH_OWNER",
    "Answered",
    "CardCanvas",
    "CardUse",
    "CardUseKind",
    "ChangedDay",
    "Closing",
    "Compared",
    "DayChangeRow",
    "Decision",
    "Dependency",
    "DigestDue",
    "DocumentVersion",
    "Event",
    "EventVerb",
    "Extension",
    "ExtensionStatus",
    "FaqStatus",
    "GateCheck",
    "KeptTasks",
    "LastSweep",
    "Launch",
    "LaunchCanvas",
    "LaunchFacts",
    "LaunchStatus",
    "Lease",
    "LinkUse",
    "MemberStanding",
    "Notice",
    "NoticeKind",
    "NoticeStatus",
    "OverviewRow",
    "PageFile",
    "Question",
    "RateLimit",
    "RoomLink",
    "RoomSession",
    "SlackToken",
    "SlackUser",
    "SlackWorkspace",
    "StatusFacts",
    "Task",
    "TaskLook",
    "TaskStatus",
    "Turn",
    "Undoable",
    "Waiver",
    "phrase_of",
]
