"""The outbox: a notice is filed as a row first, claimed to be sent, and settled."""

from launch_kits.outbox.dead import requeue, retry, undelivered
from launch_kits.outbox.edits import (
    edits_owed,
    note,
    outdate,
    outdated,
    read_outdated,
    settle_edit,
)
from launch_kits.outbox.filing import drop, enqueue, merged_into, notice_key, occasions
from launch_kits.outbox.queue import (
    LEASE,
    claim,
    count_pending,
    discard,
    fail,
    owed,
    pending,
    release,
    settle,
)

__all__ = [
    "LEASE",
    "claim",
    "count_pending",
    "discard",
    "drop",
    "edits_owed",
    "enqueue",
    "fail",
    "merged_into",
    "note",
    "notice_key",
    "occasions",
    "outdate",
    "outdated",
    "owed",
    "pending",
    "read_outdated",
    "release",
    "requeue",
    "retry",
    "settle",
    "settle_edit",
    "undelivered",
]
