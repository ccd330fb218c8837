"""Messages that ask for an answer: an approval, or more time."""

from __future__ import annotations

from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.views.notices.actions import answers_to
from launch_kits.views.notices.content_question import about_content
from launch_kits.views.notices.effects import effect_sentences
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.task_notice import (
    REASON,
    TaskNotice,
    acting_for,
    state_of,
)
from launch_kits.views.notices.task_rows import file_rows, followers_note, matters
from launch_kits.views.notices.text import capitalize, clean, cut, shorten, stopped
from launch_kits.views.reader import iso_day

__all__ = ["about_more_time", "about_review", "question"]


def question(task_notice: TaskNotice) -> NoticeMessage:
    """Write a question to its reader: about more time if a day is asked for."""
    until = iso_day(task_notice.facts.get("until"))
    if "content" in task_notice.facts:
        return about_content(task_notice)
    if until is None:
        return about_review(task_notice)
    return about_more_time(task_notice, until)


def about_review(task_notice: TaskNotice, *, reminder: bool = False) -> NoticeMessage:
    """Ask the approver for an approval; blocked work needs none until it goes on."""
    task = task_notice.task
    reader = task_notice.reader
    if task.status is TaskStatus.BLOCKED:
        told = f"{task_notice.named} {state_of(task_notice)}"
        return NoticeMessage(sentence=stopped(f"No answer is needed for now: {told}"))
    again = " again" if task.sent_back else ""
    told = f"please approve {task_notice.named}{again}"
    if task_notice.overdue:
        told = f"Overdue, was due {reader.day(task.due)}: {told}"
    else:
        told = f"{'Reminder: ' if reminder else ''}{told} by {reader.due(task.due)}"
    return NoticeMessage(
        sentence=_with_deputy(task_notice, stopped(capitalize(told))),
        paragraphs=[
            " ".join([_handed_in(task_notice), *_asked_for(task_notice)]),
            *matters(task_notice),
        ],
        actions=answers_to(until=None),
        rows=file_rows(task_notice),
        note=followers_note(task_notice),
        subject=task_notice.subject(),
    )


def about_more_time(task_notice: TaskNotice, until: date) -> NoticeMessage:
    """Ask the lead for more time."""
    task = task_notice.task
    reader = task_notice.reader
    asker = reader.name(str(task_notice.facts.get("by") or task.owner))
    asks = f"{shorten(asker)} asks for more time for {task_notice.named}"
    if task_notice.overdue:
        due = f"Overdue, was due {reader.day(task.due)}: please grant or refuse"
        told = f"{due} more time. {asks}, until {reader.day(until)}."
    else:
        told = (
            f"Please grant or refuse by {reader.due(reader.before(task.due))}: {asks}, "
            f"until {reader.day(until)} instead of {reader.day(task.due)}."
        )
    return NoticeMessage(
        sentence=_with_deputy(task_notice, told),
        paragraphs=_why(task_notice),
        actions=answers_to(until=until),
        rows=file_rows(task_notice),
        note=followers_note(task_notice),
        subject=task_notice.subject(until=until),
    )


def _handed_in(task_notice: TaskNotice) -> str:
    """Return who handed the work in, when, and their note."""
    task = task_notice.task
    reader = task_notice.reader
    by = reader.name(str(task_notice.facts.get("by") or task.owner))
    if by == task.owner:
        by = task.owner_name
    day = f" on {reader.day(task.submitted_at)}" if task.submitted_at else ""
    note = task_notice.reason("note")
    return stopped(
        f"{shorten(by)} handed in the work{day}" + (f': "{note}"' if note else "")
    )


def _asked_for(task_notice: TaskNotice) -> list[str]:
    """Return the reason for which the work was sent back before, as a sentence."""
    if task_notice.task.sent_back is None:
        return []
    by, note = task_notice.task.sent_back
    mine = by.casefold() == task_notice.notice.to.casefold()
    name = "You" if mine else shorten(task_notice.reader.name(by))
    reason = f': "{cut(clean(note), REASON)}"' if note and note.strip() else ""
    return [stopped(f"{name} had sent it back{reason}")]


def _why(task_notice: TaskNotice) -> list[str]:
    """Return the reason for more time and its effect, a line each."""
    reason = task_notice.reason("reason")
    effect = effect_sentences(
        task_notice.facts, task_notice.launch, day=task_notice.reader.day
    )
    lines = [f'Reason: "{reason}".' if reason else "", effect.strip()]
    told = "\n".join(line for line in lines if line)
    return [told] if told else []


def _with_deputy(task_notice: TaskNotice, told: str) -> str:
    return " ".join([told, *acting_for(task_notice)])
