"""A launch for other programs, as calendar or table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from launch_kits.database.records import TaskStatus
from launch_kits.inputs.links import is_web_link
from launch_kits.views.as_json import task_record
from launch_kits.views.launch import LaunchView, TaskView

# imported inside the functions: it costs more than most commands do
if TYPE_CHECKING:
    from icalendar import Event

__all__ = ["as_calendar", "as_table"]

#: the end of an event's UID, by which calendars know ours
DOMAIN = "launch-kits"
#: characters that begin a formula in a spreadsheet, or are skipped before one
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_table(tasks: Iterable[TaskView]) -> str:
    """Write tasks as CSV with a head, without formulas.

    The columns are the keys of `task_record`. A text that a spreadsheet would compute has an
    apostrophe before it. Numbers are numbers,
    negative ones too.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, KEYS)
    writer.writeheader()
    for task in tasks:
        writer.writerow({key: _cell(value) for key, value in task_record(task).items()})
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
    "handed_out",
    *(
        "document",
        "stage_title",
        "role",
    ),
    *(
        "owner_name",
        "backup",
        "approver",
        "start",
        "finish",
        "start_by",
        "days",
        "critical",
        "after",
    ),
    *("ready_at", "begun_at", "submitted_at", "done_at", "link", "blocked_by"),
)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return "" if value is None else value


def as_calendar(view: LaunchView, tasks: Iterable[TaskView], *, now: datetime) -> bytes:
    """Write due days, release and launch day as an iCalendar.

    They are all-day events without alarms. A task keeps its event's UID whatever happens to it,
    and SEQUENCE grows with the launch, so that a calendar that imports the file again moves its
    events. Dropped tasks, and all of a cancelled
    launch, are CANCELLED.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Launch Kits//launch-kits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", view.product)
    for name, day in (("release", view.release_on), ("launch", view.launch_on)):
        # No key of a task has a dot.
        event = _event(view, f"anchor.{name}", day, f"{view.product}: {name}", now=now)
        event.add("description", f"The {name} day of {view.product}")
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
) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{key}@{view.slug}.{DOMAIN}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    event.add("summary", summary)
    event.add("sequence", view.revision)
    event.add(
        "status", "CANCELLED" if dropped or view.status == "cancelled" else "CONFIRMED"
    )
    # It leaves the day free.
    event.add("transp", "TRANSPARENT")
    return event


def _task_event(view: LaunchView, task: TaskView, *, now: datetime) -> Event:
    dropped = task.status is TaskStatus.DROPPED
    event = _event(
        view,
        task.key,
        task.due,
        f"{task.title} ({task.owner_name})",
        now=now,
        dropped=dropped,
    )
    state = f"{task.status.value}, overdue" if task.overdue else task.status.value
    told = [
        f"{view.product}: {task.stage_title}",
        f"Owner: {task.owner_name} <{task.owner}>",
        f"Status: {state}",
        f"Planned from {task.start} to {task.finish}; to be begun by {task.start_by}",
        *([f"Blocked: {task.blocked_by}"] if task.blocked_by else []),
        *([f"Document: {task.document}"] if task.document else []),
        *([f"Link: {task.link}"] if task.link else []),
    ]
    event.add("description", "\n".join(told))
    event.add("contact", f"{task.owner_name} <{task.owner}>")
    event.add("categories", [task.stage_title, task.status.value])
    address = _address(task)
    if address:
        event.add("url", address)
    return event


def _address(task: TaskView) -> str | None:
    """The address of the deliverable: its link if it is one, else its document."""
    if task.link and task.link.isascii() and is_web_link(task.link):
        return task.link
    return task.document.as_uri() if task.document else None
