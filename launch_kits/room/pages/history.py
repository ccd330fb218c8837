"""The page of a launch's history, with filters kept in the address, and its files."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from launch_kits.database.records import Event, phrase_of
from launch_kits.errors import NotFound, Refused
from launch_kits.room.asked import File, RoomRequest, Shown
from launch_kits.room.page import page
from launch_kits.views.as_json import history_json
from launch_kits.views.event_text import DaysByEvent, event_text, read_day_changes
from launch_kits.views.exports import as_history_table
from launch_kits.views.history import HistoryFilter, acts_in, read_history
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.history import deed
from launch_kits.views.reader import Reader
from launch_kits.workdays.in_words import days_in

__all__ = ["FILE", "HISTORY", "told", "words_of"]

PATH = "/launches/{launch}/history"
#: events on a page
MOST = 100
#: the filters, as the address names them
FILTERS = ("by", "verb", "task", "since", "until")
#: the doors that are named beside a person
DOORS = {"slack": "Slack", "room": "launch room", "cli": "command line"}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An event as its reader reads it."""

    at: datetime
    by: str
    in_place_of: str
    door: str
    did: str
    #: None if it is about the launch, or about a task that is gone
    task: TaskView | None
    text: str


def _history(asked: RoomRequest) -> Shown:
    context = asked.context()
    view = context.view
    reader = asked.reader(context)
    chosen = {name: asked.wanted(name) for name in FILTERS}
    with asked.room.store.read() as session:
        events = read_history(
            session,
            asked.slug,
            _filter(asked, reader),
            before=_number(asked.wanted("before")),
            most=MOST + 1,
        )
        days = read_day_changes(session, asked.slug)
        people, verbs = acts_in(session, asked.slug)
    query = {name: value for name, value in chosen.items() if value}
    shown = events[:MOST]
    values = {
        "view": view,
        "reader": reader,
        "product": view.product,
        "rows": _rows(shown, context, reader, days),
        "chosen": chosen,
        "people": sorted(people, key=lambda each: reader.name(each).casefold()),
        "verbs": {verb: phrase_of(verb, {}).partition(" {")[0] for verb in verbs},
        "query": urlencode(query),
        "earlier": urlencode({**query, "before": shown[-1].id})
        if len(events) > MOST
        else "",
        "live": (view.slug, view.revision),
    }
    return Shown("history.html", values)


def _filter(asked: RoomRequest, reader: Reader) -> HistoryFilter:
    """The filter that the address asks for; its days are those of the reader."""
    since, until = _day(asked, "since"), _day(asked, "until")
    return HistoryFilter(
        by=asked.wanted("by"),
        verb=asked.wanted("verb"),
        task=asked.wanted("task"),
        since=datetime.combine(since, time(), reader.zone) if since else None,
        until=datetime.combine(until + timedelta(1), time(), reader.zone)
        if until and until < date.max
        else None,
    )


def _day(asked: RoomRequest, name: str) -> date | None:
    written = asked.wanted(name)
    try:
        found = date.fromisoformat(written) if written else None
    except ValueError:
        raise Refused(f"{name} is not a date; write one like 2027-02-05") from None
    # an instant of the first or the last year may lie in no year at all elsewhere
    if found is not None and not date.min.year < found.year < date.max.year:
        raise Refused(f"{name} is too far away; write a day like 2027-02-05")
    return found


def _number(text: str) -> int | None:
    """The id of an event; None for a text that is none."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _rows(
    events: Sequence[Event],
    context: MessageContext,
    reader: Reader,
    days: DaysByEvent,
) -> list[HistoryRow]:
    words = words_of(context, reader)
    found = [(event, *told(event, reader, days, words)) for event in events]
    return [
        HistoryRow(
            event.at.astimezone(reader.zone),
            reader.name(event.by),
            reader.name(event.in_place_of) if event.in_place_of else "",
            DOORS.get(event.door or "", event.door or ""),
            did,
            context.view.task(event.task) if event.task else None,
            text,
        )
        for event, did, text in found
    ]


def told(
    event: Event, reader: Reader, days: DaysByEvent, words: Mapping[str, str]
) -> tuple[str, str]:
    """The deed of an event in words, and its text, as far as the deed does not have it."""
    did = deed(event.verb, event.data, reader)
    text = days_in(event_text(event, days, words=words), today=reader.today)
    return did, "" if text in did else text


def words_of(context: MessageContext, reader: Reader) -> dict[str, str]:
    """The title of each task and the name of each person, by key and by email."""
    titles = {task.key: task.title for task in context.view.tasks}
    return {**reader.names, **titles}


def _file(asked: RoomRequest) -> File:
    """The events that the filters leave, oldest first, for other programs."""
    ending = asked.names["format"]
    if ending not in ("csv", "json"):
        raise NotFound("the history is offered as csv and as json")
    context = asked.context()
    wanted = _filter(asked, asked.reader(context))
    with asked.room.store.read() as session:
        events = [*reversed(read_history(session, asked.slug, wanted))]
    name = f"{asked.slug}-history.{ending}"
    if ending == "csv":
        table = BOM_UTF8 + as_history_table(events).encode()
        return File(table, "text/csv; charset=utf-8", name=name)
    written = json.dumps(history_json(events), indent=2, ensure_ascii=False)
    return File(f"{written}\n".encode(), "application/json", name=name)


HISTORY = page(PATH, tab="History", position=6)(_history)
FILE = page(f"{PATH}.{{format}}")(_file)
