"""Handing out a task: its owner hears of it for the first time."""

from __future__ import annotations

from datetime import date, datetime, time

from launch_kits.database.records import NoticeKind, Task, TaskStatus
from launch_kits.plan.handout import hand_out_on
from launch_kits.verbs.handover_facts import given
from launch_kits.verbs.quiet_changes import touch
from launch_kits.verbs.transaction import Change

__all__ = ["hand_out", "hand_out_due", "hands_out_at", "waits_for_hand_out"]


def waits_for_hand_out(task: Task) -> bool:
    """Whether a task is ready and its owner has not been told of it."""
    return task.status == TaskStatus.READY and task.handed_out_at is None


def hand_out(change: Change, task: Task) -> None:
    """Tell the owner of a task for the first time; do nothing if they know of it."""
    if task.handed_out_at is not None:
        return
    task.handed_out_at = change.now
    touch(change, task)
    facts = given(change.session, task)
    change.tell(NoticeKind.TASK, task.owner, task=task, facts=facts or None)


def hand_out_due(change: Change) -> None:
    """Hand out the ready tasks whose day has come, in the time zone of the launch."""
    waiting = [task for task in change.tasks.values() if waits_for_hand_out(task)]
    if not waiting:
        return
    kit = change.brief.kit_in_place
    # tasks put in by hand are not of the kit, whose own key counts for them
    at_once = {task.key: kit.hands_out_when_ready(task) for _, task in kit.tasks()}
    usual = kit.handout == "ready"
    for task in waiting:
        key = task.key.partition(":")[0]
        if at_once.get(key, usual) or _hand_out_day(change, task) <= change.today:
            hand_out(change, task)


def hands_out_at(change: Change, task: Task) -> datetime:
    """Return the instant from which a ready task is handed out."""
    return datetime.combine(_hand_out_day(change, task), time(), change.zone)


def _hand_out_day(change: Change, task: Task) -> date:
    calendar = change.calendars.of(task.owner)
    return hand_out_on(task.planned_start, task.start_by, calendar)
