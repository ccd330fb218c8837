"""Asking for a task before its day."""

from __future__ import annotations

from datetime import datetime

from launch_kits.database.records import LaunchStatus
from launch_kits.database.store import Store
from launch_kits.verbs.advance import settle
from launch_kits.verbs.handout import hand_out, waits_for_hand_out
from launch_kits.verbs.permissions import Actor, Verb, may, task_subject
from launch_kits.verbs.transaction import Change, changing

__all__ = ["ask_for"]


def ask_for(
    store: Store | Change, slug: str, key: str, *, by: str, now: datetime
) -> bool:
    """Hand a ready task out at once, if its owner or their backup asks for it.

    Nothing happens if another person asks, if its owner knows of it, or if the launch has ended.
    Returns whether the task was handed out. Raises NotFound.
    """
    with changing(store, slug, now=now) as change:
        task = change.task(key)
        # their deputies are asked when it is handed out
        subject = task_subject(task, lead=change.lead)
        asked = may(Actor(by, change.via.of(by)), Verb.ASK_FOR, subject) is None
        running = change.launch.status == LaunchStatus.RUNNING
        if not running or not asked or not waits_for_hand_out(task):
            return False
        hand_out(change, task)
        settle(change)
        return True
