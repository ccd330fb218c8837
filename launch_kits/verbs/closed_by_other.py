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

    It is a line of their next digest, or goes by itself on the next working morning. A dropped task
    is told of even if it was not handed out yet: it stood among the work that comes later. A
    finished one is not then, and an approver's answer has words of its own.
    """
    holder = task.in_hands_of or task.owner
    # a person who acts for the absent holder would read of their own act
    theirs = {each.casefold() for each in (holder, change.away.reached(holder))}
    known = task.handed_out_at is not None or did == EventVerb.DROP
    if not known or by.casefold() in theirs:
        return
    facts = {"event": NewsEvent.CLOSED, "by": by, "did": did, "note": note}
    inform(change, holder, task=task, facts=facts)
