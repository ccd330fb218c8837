"""The preview of a link to the launch room: the launch or the task as it is now."""

from __future__ import annotations

from datetime import datetime

from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.headline import headline
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.task_notice import state_of
from launch_kits.views.notices.text import shorten, stopped
from launch_kits.views.personal_queue import task_notice_of
from launch_kits.views.reader import Reader
from launch_kits.views.room_links import RoomPlace

__all__ = ["unfurl"]


def unfurl(
    place: RoomPlace, context: MessageContext, *, now: datetime
) -> NoticeMessage | None:
    """Write the preview of a page for the launch's channel; None if it is about nothing known.

    It says the same as the headline and the messages about tasks. It is not edited later, so it
    names its day and hour.
    """
    channel = f"#{context.view.channel}"
    reader = context.reader(channel, now=now)
    if not place.key:
        found = headline(context.view, reader=reader)
        return NoticeMessage(
            sentence=found.sentence,
            paragraphs=found.paragraphs,
            note=_as_of(now, reader),
        )
    if place.page == "cards":
        names = {each.key: each.name for each in context.brief.competitors()}
        name = names.get(place.key)
        product = shorten(context.view.product)
        card = f"The card on {shorten(name)} ({product})." if name else None
        return NoticeMessage(sentence=card) if card else None
    return _of_task(place.key, context, reader, now)


def _of_task(
    key: str, context: MessageContext, reader: Reader, now: datetime
) -> NoticeMessage | None:
    told = task_notice_of(context, key, to=f"#{context.view.channel}", now=now)
    if told is None:
        return None
    task = told.task
    was = "was due" if told.overdue else "due"
    due = f", {was} {reader.day(task.due)}" if task.open else ""
    state = stopped(f"It {state_of(told)}")
    return NoticeMessage(
        sentence=f"{told.named}: {shorten(task.owner_name)}{due}. {state}",
        note=_as_of(now, reader),
    )


def _as_of(now: datetime, reader: Reader) -> str:
    return f"As of {reader.day(now)}, {now.astimezone(reader.zone):%H:%M}"
