"""A launch for other programs, as calendar or table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from launch_kits.database.records import Event, TaskStatus
from launch_kits.inputs.links import is_web_link
from launch_kits.settings.visible import one_line
from launch_kits.statuses import LAUNCH_STATUSES, LaunchStatus
from launch_kits.views.as_json import audit_json, history_json, task_record
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.workdays.in_words import day

# imported inside the functions: it costs more than most commands do
if TYPE_CHECKING:
    from icalendar import Event as CalendarEvent

__all__ = ["as_calendar", "as_history_table", "as_table"]

#: the end of an event's UID, by which calendars know ours
DOMAIN = "launch-kits"
#: characters that begin a formula in a spreadsheet; some programs read the wide ones alike
FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212")
#: characters at which a program may begin a new cell, whichever separator it was told
SEPARATORS = frozenset(",;|:\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
#: at the beginning of a text, these make some programs look for a formula behind them
UNSURE = ("\t", "\r", "\n")


def as_table(tasks: Iterable[TaskView]) -> str:
    """Write tasks as CSV with a head, without formulas.

    The columns are the keys of `task_record`. A part of a text that a spreadsheet would compute
    has an apostrophe before it, also behind a character that another program may take for the
    separator; in a link, that character is percent-encoded instead. Numbers are numbers, negative
    ones too.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, KEYS)
    writer.writeheader()
    for task in tasks:
        row = {key: _cell(value) for key, value in task_record(task).items()}
        writer.writerow({**row, "link": _cell(_harmless_link(task.link))})
    return out.getvalue()


#: the keys of `task_record`, in its order; the head of a table that may be empty
KEYS = (
    *(
        "key",
        "stage",
        "title",
        "status",
        "owner",
        "due",
        "overdue",
        "float",
    ),
    *("planned_start", "planned_finish", "expected_start", "expected_finish"),
    *("last_start", "handed_out", "asked_until"),
    *(
        "document",
        "stage_title",
        "role",
    ),
    *(
        "owner_name",
        "backup",
        "approver",
        "in_hands_of",
        "start",
        "finish",
        "start_by",
        "days",
        "critical",
        "after",
    ),
    *("ready_at", "begun_at", "submitted_at", "done_at", "link", "blocked_by"),
)


def as_history_table(events: Iterable[Event], *, with_launch: bool = False) -> str:
    """Write events as CSV with a head, without formulas.

    The columns are the keys of `history_json`, or with ``with_launch`` those of `audit_json`;
    ``data`` is JSON.
    """
    out = io.StringIO()
    keys = ("launch", *HISTORY_KEYS, "from") if with_launch else HISTORY_KEYS
    writer = csv.DictWriter(out, keys)
    writer.writeheader()
    for row in audit_json(events) if with_launch else history_json(events):
        data = json.dumps(row["data"], ensure_ascii=False, sort_keys=True)
        told = {**row, "data": data if row["data"] else None}
        writer.writerow({key: _cell(value) for key, value in told.items()})
    return out.getvalue()


#: the keys of `history_json`, in its order
HISTORY_KEYS = ("at", "by", "for", "door", "verb", "task", "note", "undone", "data")


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, str):
        text = "'".join(_parts(value))
        return f"'{text}" if text.startswith(UNSURE) else text
    return "" if value is None else value


def _parts(text: str) -> Iterator[str]:
    """The parts of a text; each but the first begins with what may be a formula.

    It is one for a program to which it begins a cell: only a separator is before it, and
    characters that the program may skip (space, quotes, what cannot be seen).
    """
    begun = 0
    fresh = True
    for at, letter in enumerate(text):
        if letter in SEPARATORS:
            fresh = True
        elif letter in FORMULA and fresh:
            yield text[begun:at]
            begun = at
            fresh = False
        elif letter != '"' and letter.isprintable() and not letter.isspace():
            fresh = False
    yield text[begun:]


def _harmless_link(link: str | None) -> str | None:
    """A link with the separators percent-encoded that have a formula behind them."""
    if link is None:
        return None
    *before, last = _parts(link)
    return "".join([*map(_end_encoded, before), last])


def _end_encoded(part: str) -> str:
    """The part with its last separator percent-encoded, if it has one."""
    at = max((part.rfind(letter) for letter in SEPARATORS), default=-1)
    if at < 0:
        return part
    return f"{part[:at]}{quote(part[at], safe='')}{part[at + 1 :]}"


def as_calendar(view: LaunchView, tasks: Iterable[TaskView], *, now: datetime) -> bytes:
    """Write due days, release and launch day as an iCalendar.

    They are all-day events without alarms. A done task lies on the day on which it was done, and
    says so. A task keeps its event's UID whatever happens to it,
    and SEQUENCE grows with the launch, so that a calendar that imports the file again moves its
    events. Dropped tasks, and all of a cancelled
    launch, are CANCELLED.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Launch Kits//launch-kits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(view.product))
    for name, on in (("release", view.release_on), ("launch", view.launch_on)):
        # No key of a task has a dot.
        event = _event(view, f"anchor.{name}", on, f"{view.product}: {name}", now=now)
        event.add("description", one_line(f"The {name} day of {view.product}"))
        event.add("categories", [f"{name} day"])
        calendar.add_component(event)
    for task in tasks:
        calendar.add_component(_task_event(view, task, now=now))
    written: bytes = calendar.to_ical()
    return written


def _event(
    view: LaunchView,
    key: str,
    day: date,
    summary: str,
    *,
    now: datetime,
    dropped: bool = False,
) -> CalendarEvent:
    from icalendar import Event as CalendarEvent

    event = CalendarEvent()
    event.add("uid", f"{key}@{view.slug}.{DOMAIN}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    event.add("summary", one_line(summary))
    event.add("sequence", view.revision)
    event.add(
        "status",
        "CANCELLED" if dropped else LAUNCH_STATUSES[LaunchStatus(view.status)].calendar,
    )
    # It leaves the day free.
    event.add("transp", "TRANSPARENT")
    return event


def _task_event(view: LaunchView, task: TaskView, *, now: datetime) -> CalendarEvent:
    dropped = task.status is TaskStatus.DROPPED
    done = "Done: " if task.done_on else ""
    event = _event(
        view,
        task.key,
        task.done_on or task.due,
        f"{done}{task.title} ({task.owner_name})",
        now=now,
        dropped=dropped,
    )
    state = f"{task.status.value}, overdue" if task.overdue else task.status.value
    told = [
        f"{view.product}: {task.stage_title}",
        f"Owner: {task.owner_name} <{task.owner}>",
        f"Status: {state}",
        *_days(task),
        *([f"Blocked: {task.blocked_by}"] if task.blocked_by else []),
        *([f"Document: {task.document}"] if task.document else []),
        *([f"Link: {task.link}"] if task.link else []),
    ]
    event.add("description", "\n".join(map(one_line, told)))
    event.add("contact", one_line(f"{task.owner_name} <{task.owner}>"))
    event.add("categories", [one_line(task.stage_title), task.status.value])
    address = _address(task)
    if address:
        event.add("url", address)
    return event


def _days(task: TaskView) -> list[str]:
    """The days of a task in words; those of a plan only as long as it can still be kept."""
    if task.done_on:
        return [f"Done on {day(task.done_on)}, due {day(task.due)}"]
    first, last = task.expected_start, task.expected_finish
    if first is None or last is None:
        return []
    return [f"Expected from {day(first)} to {day(last)}; due {day(task.due)}"]


def _address(task: TaskView) -> str | None:
    """The address of the deliverable: its link if it is one, else its document."""
    if task.link and task.link.isascii() and is_web_link(task.link):
        return task.link
    return task.document.as_uri() if task.document else None
