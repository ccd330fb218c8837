"""A task in full, as the button Open shows it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from launch_kits.database.records import Event, phrase_of
from launch_kits.slack.messages.blocks import Block, context, header, paragraph, rows
from launch_kits.slack.messages.forms import View, modal
from launch_kits.verbs import SWEEP
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.task_notice import TaskNotice, state_of
from launch_kits.views.notices.task_rows import task_rows
from launch_kits.views.notices.text import clean, cut, shorten
from launch_kits.views.reader import Reader

__all__ = ["details_modal", "latest_events"]

#: events shown, the newest last
EVENTS = 12
#: characters of a note
MOST_NOTE = 200


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
    _, state = state_of(task_notice)
    return modal(
        "Task",
        [
            header(task.title),
            paragraph(f"{state[0].upper()}{state[1:]}."),
            *rows(
                [
                    *task_rows(task_notice, live=task.open, owner=True),
                    Row("Backup", [task_notice.reader.name(task.backup)])
                    if task.backup
                    else None,
                    Row("Approver", [task_notice.reader.name(task.approver)])
                    if task.approver
                    else None,
                    Row("File", [str(task.document)]) if task.document else None,
                    Row("Prefect", [page], link=True) if page else None,
                    Row("Command line", [f"{task_notice.launch.slug} {task.key}"]),
                ]
            ),
            *_history(events, task_notice.reader),
        ],
        name="task_open",
        private=private,
        close="Close",
    )


def _history(events: Sequence[Event], reader: Reader) -> list[Block]:
    if not events:
        return []
    return [paragraph("History"), *(context(_line(event, reader)) for event in events)]


def _line(event: Event, reader: Reader) -> str:
    told = phrase_of(event.verb, event.data).deed
    who = "" if event.by == SWEEP else f"{shorten(reader.name(event.by))} "
    said = f": {cut(clean(event.note), MOST_NOTE)}" if event.note else ""
    return f"{reader.day(event.at)} · {who}{told}{said}"
