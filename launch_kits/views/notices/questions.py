"""Messages that ask for an answer: an approval, or more time."""

from __future__ import annotations

from datetime import date

from launch_kits.database.records import ExtensionStatus, TaskStatus
from launch_kits.views.notices.actions import answers_to
from launch_kits.views.notices.effects import effect_sentences
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.task_notice import (
    TaskNotice,
    acting_for,
    answer_of,
    closed,
)
from launch_kits.views.notices.task_rows import file_rows, followers_note
from launch_kits.views.notices.text import capitalize, shorten, stopped
from launch_kits.views.reader import iso_day

__all__ = ["about_more_time", "about_review", "question"]


def question(task_notice: TaskNotice) -> NoticeMessage:
    """Write a question to its reader: about more time if a day is asked for."""
    until = iso_day(task_notice.facts.get("until"))
    if until is None:
        return about_review(task_notice)
    return about_more_time(task_notice, until)


def about_review(task_notice: TaskNotice, *, reminder: bool = False) -> NoticeMessage:
    """Ask the approver for an approval; once it was answered, show the answer."""
    task, reader = task_notice.task, task_notice.reader
    if task.status is not TaskStatus.REVIEW or not task_notice.live:
        return closed(answer_of(task_notice))
    if _passed_on(task_notice, task.approver or task.owner):
        return _answers_now(
            task_notice, task.in_hands_of or task.approver or task.owner
        )
    told = f"please approve {task_notice.named}"
    if task.overdue:
        told = f"Overdue since {reader.day(task.due)}: {told}"
    else:
        told = f"{'Reminder: ' if reminder else ''}{told} by {reader.due(task.due)}"
    return NoticeMessage(
        sentence=_with_deputy(task_notice, stopped(capitalize(told))),
        paragraphs=[_handed_in(task_notice)],
        actions=answers_to(until=None),
        rows=file_rows(task_notice),
        note=followers_note(task_notice),
        subject=task_notice.subject(),
    )


def about_more_time(task_notice: TaskNotice, until: date) -> NoticeMessage:
    """Ask the lead for more time; once it was answered, show the due day."""
    task, reader = task_notice.task, task_notice.reader
    if not task_notice.live:
        return closed(answer_of(task_notice))
    if task.asked_until != until:
        return closed(_time_answered(task_notice, until))
    lead = task_notice.launch.lead
    if _passed_on(task_notice, lead):
        return _answers_now(task_notice, lead)
    asker = reader.name(str(task_notice.facts.get("by") or task.owner))
    asks = f"{shorten(asker)} asks for more time for {task_notice.named}"
    if task.overdue:
        due = f"Overdue since {reader.day(task.due)}: please grant or refuse"
        told = f"{due} more time. {asks}, until {reader.day(until)}."
    else:
        told = (
            f"Please grant or refuse by {reader.due(task.due)}: {asks}, "
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
    task, reader = task_notice.task, task_notice.reader
    by = reader.name(str(task_notice.facts.get("by") or task.owner))
    if by == task.owner:
        by = task.owner_name
    day = f" on {reader.day(task.submitted_at)}" if task.submitted_at else ""
    note = task_notice.reason("note")
    return stopped(
        f"{shorten(by)} handed in the work{day}" + (f': "{note}"' if note else "")
    )


def _why(task_notice: TaskNotice) -> list[str]:
    """Return the reason for more time and its effect, a line each."""
    reason = task_notice.reason("reason")
    effect = effect_sentences(
        task_notice.facts, task_notice.launch, day=task_notice.reader.day
    )
    lines = [f'Reason: "{reason}"' if reason else "", effect.strip()]
    told = "\n".join(line for line in lines if line)
    return [told] if told else []


def _time_answered(task_notice: TaskNotice, until: date) -> str:
    """Return how a question about more time ended."""
    task, reader = task_notice.task, task_notice.reader
    named, due = task_notice.named, reader.day(task.due)
    answer = dict(task.requests).get(until)
    return {
        ExtensionStatus.GRANTED: f"more time granted: {named} is now due {due}",
        ExtensionStatus.REFUSED: f"more time refused: {named} stays due {due}",
        ExtensionStatus.LAPSED: f"more time is no longer asked for: {named} is due {due}",
    }.get(
        ExtensionStatus(answer) if answer else ExtensionStatus.ASKED,
        f"no answer is needed any more: {named} is due {due}",
    )


def _passed_on(task_notice: TaskNotice, person: str) -> bool:
    """Return whether a question that went to a deputy is another person's to answer now."""
    if task_notice.facts.get("for") is None:
        return False
    away, task = task_notice.launch.away, task_notice.task
    holder = away.of(person, besides=[task.owner]) if away else None
    return task_notice.notice.to.lower() != (holder or person).lower()


def _answers_now(task_notice: TaskNotice, person: str) -> NoticeMessage:
    name = shorten(task_notice.reader.name(person))
    return closed(
        f"{name} answers for {task_notice.named} now, so nothing is left for you to do"
    )


def _with_deputy(task_notice: TaskNotice, told: str) -> str:
    return " ".join([told, *acting_for(task_notice)])
