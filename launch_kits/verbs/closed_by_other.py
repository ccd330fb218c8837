"""Tell owners that another person closed their task."""

from __future__ import annotations

from launch_kits.database.records import EventVerb, Task
from launch_kits.verbs.digest_news import inform
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["tell_holder"]


def tell_holder(
    change: Change, task: Task, *, by: str, did: EventVerb, note: str | None
) -> None:
    """Tell the holder of a task that another closed it.

    It is a line of their next digest, or goes by itself on the next working morning. A person who
    was never told of the task hears nothing, and an approver's answer has words of its own.
    """
    holder = task.in_hands_of or task.owner
    told = task.handed_out_at is not None
    if not told or by.casefold() == holder.casefold():
        return
    facts = {"event": NewsEvent.CLOSED, "by": by, "did": did, "note": note}
    inform(change, holder, task=task, facts=facts)
