"""Launches, tasks and cards as Work Objects: previews of links, and what opens beside them.

A whole channel reads a preview; one person opens its details.
https://docs.slack.dev/messaging/work-objects-implementation
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from launch_kits.claims.card_front import FRONT
from launch_kits.database.records import Event
from launch_kits.slack.messages.details import fact_rows
from launch_kits.views.cards import SellersCard
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.headline import headline
from launch_kits.views.notices.history import told_event
from launch_kits.views.notices.message import ItemGroup, Row
from launch_kits.views.notices.task_notice import TaskNotice, state_of
from launch_kits.views.notices.text import clean, cut, shorten, stopped
from launch_kits.views.reader import Reader
from launch_kits.views.room_pages import RoomPages

__all__ = ["WorkObject", "card_object", "launch_object", "task_object"]

#: Slack's types of Work Objects
TASK = "slack#/entities/task"
ITEM = "slack#/entities/item"
CONTENT = "slack#/entities/content_item"
#: Slack's types of fields
DAY = "slack#/types/date"
INSTANT = "slack#/types/timestamp"
USER = "slack#/types/user"
#: characters of a value; Slack's documents name no limit
LONGEST = 2000
#: facts of a task that its other fields tell
_TOLD = frozenset({"Launch", "Owner", "Due"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkObject:
    """A launch, a task or a card, as Slack shows it."""

    type: str
    #: by which Slack knows it again, for ever: of letters, digits and ``-_:``
    ref: str
    #: its page in the launch room
    url: str
    title: str
    #: what it is, in a word
    kind: str
    #: when it was read
    at: datetime
    #: Slack's own fields of the type
    fields: Mapping[str, object] = field(default_factory=dict)
    #: fields of ours, in the order in which they are read
    rows: Sequence[Mapping[str, object]] = ()

    def details(self) -> dict[str, object]:
        """The metadata for one person, who opened it."""
        seconds = int(self.at.timestamp())
        as_of = {"key": "as_of", "label": "As of", "type": INSTANT, "value": seconds}
        payload: dict[str, object] = {
            "attributes": {
                "title": {"text": self.title},
                "display_type": self.kind,
                "metadata_last_modified": seconds,
            },
            "custom_fields": [*self.rows, as_of],
        }
        if self.fields:
            payload["fields"] = dict(self.fields)
        return {
            "entity_type": self.type,
            "url": self.url,
            "external_ref": {"id": self.ref, "type": self.kind.lower()},
            "entity_payload": payload,
        }

    def preview(self, link: str) -> dict[str, object]:
        """The metadata for a channel; ``link`` is the address as a person wrote it there."""
        return {"app_unfurl_url": link, **self.details()}


def launch_object(
    launch: LaunchView,
    pages: RoomPages,
    *,
    reader: Reader,
    now: datetime,
    whole: bool = False,
) -> WorkObject:
    """A launch: its state and day, and if it is ``whole``, all that its headline says."""
    told = headline(launch, reader=reader)
    rows = [_text("State", told.sentence), _day("Launch day", launch.launch_on)]
    if whole:
        rows += _texts(row for row in told.rows if row.label != "Launch day")
        rows += (_group(each) for each in told.groups)
    return WorkObject(
        type=ITEM,
        ref=launch.slug,
        url=pages.launch(launch.slug),
        title=shorten(launch.product),
        kind="Launch",
        at=now,
        rows=rows,
    )


def task_object(
    told: TaskNotice,
    pages: RoomPages,
    *,
    now: datetime,
    events: Sequence[Event] | None = None,
) -> WorkObject:
    """A task: its owner, due day and state; with ``events``, all that is known of it."""
    task = told.task
    launch = told.launch
    link = pages.launch(launch.slug)
    rows = [_text("Launch", shorten(launch.product), link=link)]
    if events is not None:
        rows += _texts(row for row in fact_rows(told) if row.label not in _TOLD)
        history = "\n".join(
            f"{told.reader.day(event.at)} · {told_event(event, told.reader)}"
            for event in events
        )
        rows += [_text("History", history)] if history else []
    return WorkObject(
        type=TASK,
        ref=f"{launch.slug}:tasks:{task.key}",
        url=pages.task(launch.slug, task.key),
        title=shorten(task.title),
        kind="Task",
        at=now,
        fields={
            "status": {"value": stopped(f"It {state_of(told)}")},
            "assignee": {"type": USER, "user": {"text": shorten(task.owner_name)}},
            "due_date": {"type": DAY, "value": task.due.isoformat()},
        },
        rows=rows,
    )


def card_object(
    launch: LaunchView,
    pages: RoomPages,
    key: str,
    name: str,
    *,
    now: datetime,
    card: SellersCard | None = None,
) -> WorkObject:
    """A card: whom it is about, and with ``card`` its lines as colleagues may read them."""
    product = shorten(launch.product)
    rows = [_text("Launch", product, link=pages.launch(launch.slug))]
    if card is not None:
        lines = groupby(card.front.lines, key=lambda line: line.section)
        rows += _texts(
            Row(FRONT[section], [line.shown for line in found])
            for section, found in lines
        )
    said = f"The card on {shorten(name)} ({product})."
    return WorkObject(
        type=CONTENT,
        ref=f"{launch.slug}:cards:{key}",
        url=pages.card(launch.slug, key),
        title=shorten(name),
        kind="Battlecard",
        at=now,
        fields={"description": {"value": said}},
        rows=rows,
    )


def _texts(rows: Iterable[Row | None]) -> Iterator[dict[str, object]]:
    """The rows that say anything, each line of a value on its own."""
    for row in rows:
        if row is not None and row.value:
            yield _text(row.label, "\n".join(map(clean, row.value)), link=row.address)


def _group(group: ItemGroup) -> dict[str, object]:
    lines = [clean(item.text) for item in group.items]
    if group.more:
        lines.append(group.rest)
    return _text(group.title, "\n".join(lines))


def _text(label: str, value: str, *, link: str | None = None) -> dict[str, object]:
    made: dict[str, object] = {
        "key": label.lower().replace(" ", "_"),
        "label": label,
        "type": "string",
        "value": cut(value, LONGEST),
    }
    if link:
        made["link"] = link
    elif "\n" in value:
        made["long"] = True
    return made


def _day(label: str, day: date) -> dict[str, object]:
    key = label.lower().replace(" ", "_")
    return {"key": key, "label": label, "type": DAY, "value": day.isoformat()}
