"""Closing a launch whose open work no longer matters."""

from __future__ import annotations

from datetime import datetime

from launch_kits.database.records import CLOSED
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.verbs.advance import finish, settle
from launch_kits.verbs.drop import leave_out
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change, changing
from launch_kits.workdays.in_words import count

__all__ = ["end"]


def end(
    store: Store | Change,
    slug: str,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Close a launch: each open task is dropped, with the note as its reason.

    The launch is done then, unlike a cancelled one. Raises Refused without a note or if the launch
    was cancelled, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        if change.launch.ended_at is not None:
            return Outcome(
                changed=False,
                message=f"{slug} is {change.launch.status} already; nothing changed",
            )
        by = change.actor(by, change.lead)
        change.must(by, Verb.END)
        if not note or not note.strip():
            raise Refused(
                f"{slug}: say with --note why its open tasks no longer matter"
            )
        left = [task for task in change.tasks.values() if task.status not in CLOSED]
        for task in left:
            leave_out(change, task, by=by, note=note)
        finish(change, by=by, note=note, dropped=len(left))
        settle(change)
        return Outcome(
            changed=True,
            message=f"{slug} is {change.launch.status}; "
            f"{count(len(left), 'open task')} dropped",
        )
