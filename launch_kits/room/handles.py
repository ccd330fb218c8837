"""The places on the timeline that a visitor can drag: the launch day and open tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from launch_kits.database.records import CLOSED, LaunchStatus
from launch_kits.documents.timeline.layout import (
    LEADING,
    TOP,
    PlacedBar,
    TimelineLayout,
    lay_out,
)
from launch_kits.documents.timeline.shapes import number
from launch_kits.room.forms.launch_verbs import launch_denial
from launch_kits.verbs.permissions import Actor, Door, Verb, Via, may, task_subject
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.reader import Reader
from launch_kits.views.room_pages import HERE
from launch_kits.views.timeline import timeline_of

__all__ = ["Handle", "Handles", "handles_of"]

#: days after today to which a key moves a day
DAYS_AHEAD = 400
#: the width of a handle at least, and the height of that of the launch day above the lanes
LEAST = 14.0
FLAG = 58.0


@dataclass(frozen=True, slots=True)
class Handle:
    """A part of the picture that can be dragged to another day."""

    name: str
    day: date
    #: the form of the act, and its address before the day
    form: str
    to: str
    #: left, upper edge, width and height, as attributes of SVG
    place: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Handles:
    """All handles of a picture, with its measures."""

    #: the same as the picture's
    view_box: str
    day_width: str
    #: working days of the launch, to which a key moves a day
    workdays: Sequence[date]
    each: Sequence[Handle]


def handles_of(
    context: MessageContext, reader: Reader, email: str | None
) -> Handles | None:
    """The handles that a visitor may use; None without any."""
    view = context.view
    if email is None or view.status != LaunchStatus.RUNNING:
        return None
    layout = lay_out(timeline_of(view))
    found = [*_of_launch(context, reader, layout, email)]
    found += _of_tasks(context, reader, layout, email)
    if not found:
        return None
    calendar = context.calendars.launch
    days = (view.today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
    height = layout.height - layout.top
    return Handles(
        f"0 {number(layout.top)} {number(layout.width)} {number(height)}",
        number(layout.scale.day_width),
        [day for day in days if calendar.is_workday(day)],
        found,
    )


def _of_launch(
    context: MessageContext, reader: Reader, layout: TimelineLayout, email: str
) -> Iterator[Handle]:
    if launch_denial(context, Verb.MOVE, email) is not None:
        return
    view = context.view
    scale = layout.scale
    middle = (scale.begin(view.launch_on) + scale.end(view.launch_on)) / 2
    place = (middle - LEAST / 2, TOP - FLAG, LEAST, layout.bottom - TOP + FLAG)
    left, top, width, height = map(number, place)
    form = f"{HERE.launch(view.slug)}/change/move"
    name = f"The launch day, {reader.day(view.launch_on)}"
    to = _to(form, view.slug, "on")
    yield Handle(name, view.launch_on, form, to, (left, top, width, height))


def _of_tasks(
    context: MessageContext, reader: Reader, layout: TimelineLayout, email: str
) -> Iterator[Handle]:
    """Yield the open tasks whose due day the visitor may change, or may ask to."""
    view = context.view
    actor = Actor(context.spelled(email), Via(Door.ROOM))
    for bar in layout.bars:
        task = view.task(bar.task.key)
        if task is None or task.status in CLOSED:
            continue
        subject = task_subject(task, lead=view.lead, away=view.away)
        if may(actor, Verb.REPLAN, subject) is None:
            verb = "edit"
            field = "due"
        elif may(actor, Verb.EXTEND, subject) is None:
            verb = "extend"
            field = "until"
        else:
            continue
        form = f"{HERE.task(view.slug, task.key)}/{verb}"
        name = f"{task.title}, due {reader.day(task.due)}"
        to = _to(form, view.slug, field)
        yield Handle(name, task.due, form, to, _place(layout, bar))


def _place(layout: TimelineLayout, bar: PlacedBar) -> tuple[str, str, str, str]:
    """The place of a bar with its tail, as high as its row."""
    row = layout.size * LEADING
    width = max(bar.end, bar.tail) - bar.x
    left = bar.x - max(0.0, LEAST - width) / 2
    x, y = number(left), number(bar.y - row / 2)
    return x, y, number(max(width, LEAST)), number(row)


def _to(form: str, slug: str, field: str) -> str:
    """The address of a form before its day; it leads back to the launch."""
    return f"{form}?next={HERE.launch(slug)}&{field}="
