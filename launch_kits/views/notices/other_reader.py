"""Messages whose reader went away, or acted for another."""

from __future__ import annotations

from launch_kits.database.records import Closing, Notice, NoticeKind
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.ended import Over, over
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["asks_in_turn", "with_other_reader"]


def asks_in_turn(notice: Notice) -> bool:
    """Whether a message asks a person, and in their absence the one who acts for them.

    Work and its reviews have a holder instead, who keeps them until they go to another person.
    """
    if notice.kind == NoticeKind.REVIEW:
        return "content" in notice.facts
    return notice.asks and notice.facts.get("event") != NewsEvent.SENT_BACK


def with_other_reader(notice: Notice, launch: LaunchView) -> Over | None:
    """Return the person who is asked instead of a reader."""
    if launch.away is None or not asks_in_turn(notice):
        return None
    person = str(notice.facts.get("for") or notice.to)
    task = launch.task(notice.task) if notice.task else None
    own = [task.owner] if task and notice.kind == NoticeKind.REVIEW else []
    asked = launch.away.reached(person, besides=own)
    if asked.casefold() == notice.to.casefold():
        return None
    if person.casefold() == notice.to.casefold():
        return over(Closing.HANDED_ON, to=asked, away=True)
    return over(Closing.HANDED_ON, to=asked)
