"""The outbox: a notice is filed as a row first, claimed to be sent, and settled."""

from launch_kits.outbox.channels import channel_of, launches_in, owe_invitation
from launch_kits.outbox.dead import requeue, retry, undelivered
from launch_kits.outbox.deleted import find_at, post_again, told_at
from launch_kits.outbox.edits import (
    note,
    outdate,
    outdated,
    pending_edits,
    read_outdated,
    settle_edit,
)
from launch_kits.outbox.filing import (
    drop,
    enqueue,
    merged_into,
    notice_key,
    occasions,
    take_back,
)
from launch_kits.outbox.live_messages import (
    close,
    compare_again,
    live_keys,
    live_messages,
    mark,
    note_compared,
    supersede,
    to_compare,
)
from launch_kits.outbox.queue import (
    LEASE,
    claim,
    count_pending,
    discard,
    fail,
    pending,
    pending_keys,
    release,
    settle,
)

__all__ = [
    "LEASE",
    "channel_of",
    "claim",
    "close",
    "compare_again",
    "count_pending",
    "discard",
    "drop",
    "enqueue",
    "fail",
    "find_at",
    "launches_in",
    "live_keys",
    "live_messages",
    "mark",
    "merged_into",
    "note",
    "note_compared",
    "notice_key",
    "occasions",
    "outdate",
    "outdated",
    "owe_invitation",
    "pending",
    "pending_edits",
    "pending_keys",
    "post_again",
    "read_outdated",
    "release",
    "requeue",
    "retry",
    "settle",
    "settle_edit",
    "supersede",
    "take_back",
    "to_compare",
    "told_at",
    "undelivered",
]
