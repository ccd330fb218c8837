"""A task in full, as the button Open shows it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from launch_kits.database.records import Event
from launch_kits.slack.messages.blocks import Block, context, header, paragraph, rows
from launch_kits.slack.messages.forms import View, modal
from launch_kits.views.notices.history import told_event
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.task_notice import (
    TaskNotice,
    asked_more_time,
    state_of,
)
from launch_kits.views.notices.task_rows import task_rows
from launch_kits.views.notices.text import stopped
from launch_kits.views.reader import Reader

__all__ = ["details_modal", "fact_rows", "latest_events"]

#: events shown, the newest last
EVENTS = 12


def latest_events(session: Session, slug: str, key: str) -> Sequence[Event]:
    """The last events of a task, oldest first."""
    query = (
        select(Event)
        .where(Event.launch == slug, Event.task == key)
        .order_by(col(Event.id).desc())
        .limit(EVENTS)
    )
    return session.exec(query).all()[::-1]


def details_modal(
    task_notice: TaskNotice, events: Sequence[Event], *, page: str | None, private: str
) -> View:
    """Everything there is to know of a task; ``page`` is the launch's run in Prefect."""
    task = task_notice.task
    told = [stopped(f"It {state_of(task_notice)}")]
    if task_notice.overdue:
        told.insert(0, f"Overdue, was due {task_notice.reader.day(task.due)}.")
    if asked := asked_more_time(task_notice):
        told.append(asked)
    return modal(
        "Task",
        [
            header(task.title),
            paragraph("\n".join(told)),
            *rows(
                [
                    *fact_rows(task_notice),
                    Row("Launch page", [page], link=True) if page else None,
                ]
            ),
            *_history(events, task_notice.reader),
        ],
        name="task_open",
        private=private,
        close="Close",
    )


def fact_rows(task_notice: TaskNotice) -> list[Row]:
    """The facts of a task, and the people beside its owner."""
    task = task_notice.task
    people = [("Backup", task.backup), ("Approver", task.approver)]
    named = [Row(part, [task_notice.reader.name(who)]) for part, who in people if who]
    return [*task_rows(task_notice), *named]


def _history(events: Sequence[Event], reader: Reader) -> list[Block]:
    if not events:
        return []
    lines = (
        f"{reader.day(event.at)} · {told_event(event, reader)}" for event in events
    )
    return [paragraph("History"), *map(context, lines)]
