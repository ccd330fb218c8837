"""Messages that ask for an answer: an approval, or more time."""

from __future__ import annotations

from datetime import date

from launch_kits.database.records import ExtensionStatus, TaskStatus
from launch_kits.views.notices.actions import answers_to
from launch_kits.views.notices.effects import effect_sentences
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.task_notice import TaskNotice, acting_for, answer_of
from launch_kits.views.notices.task_rows import history_note, task_rows
from launch_kits.views.notices.text import shorten
from launch_kits.views.reader import iso_day

__all__ = ["about_more_time", "about_review", "question"]


def question(task_notice: TaskNotice) -> NoticeMessage:
    """Write a question to its reader: about more time if a day is asked for."""
    until = iso_day(task_notice.facts.get("until"))
    if until is None:
        return about_review(task_notice)
    return about_more_time(task_notice, until)


def about_review(task_notice: TaskNotice) -> NoticeMessage:
    """Ask the approver for an approval; once it was answered, show the answer."""
    task = task_notice.task
    live = task.status is TaskStatus.REVIEW and task_notice.live
    passed_on = live and _passed_on(task_notice, task.approver or task.owner)
    live = live and not passed_on
    if passed_on:
        approver = task.in_hands_of or task.approver or task.owner
        told = f"{shorten(task.title)} is with {_name(task_notice, approver)} now"
    elif live:
        told = f"{shorten(task.owner_name)} asks you to approve {shorten(task.title)}"
    else:
        told = f"{shorten(task.title)}: {answer_of(task_notice)}"
    note = task_notice.reason("note")
    return _asked(
        task_notice, f"To approve: {task.title}", told=told, note=note, live=live
    )


def about_more_time(task_notice: TaskNotice, until: date) -> NoticeMessage:
    """Ask the lead for more time; once it was answered, show the due day."""
    task, reader = task_notice.task, task_notice.reader
    live = task.asked_until == until and task_notice.live
    lead = task_notice.launch.lead
    passed_on = live and _passed_on(task_notice, lead)
    live = live and not passed_on
    asker = shorten(reader.name(str(task_notice.facts.get("by") or task.owner)))
    if live:
        told = (
            f"{asker} asks for more time for {shorten(task.title)}: "
            f"until {reader.day(until)}, not {reader.day(task.due)}"
        )
    elif passed_on:
        told = f"{shorten(task.title)}: {_name(task_notice, lead)} answers this now"
    elif task_notice.live:
        told = _time_answered(task_notice, until)
    else:
        told = f"{shorten(task.title)}: {answer_of(task_notice)}"
    return _asked(
        task_notice,
        f"More time: {task.title}",
        told=told,
        note=task_notice.reason("reason"),
        live=live,
        until=until,
        effect=effect_sentences(task_notice.facts, task_notice.launch, day=reader.day)
        if live
        else "",
    )


def _time_answered(task_notice: TaskNotice, until: date) -> str:
    task, reader = task_notice.task, task_notice.reader
    title, due = shorten(task.title), reader.day(task.due)
    answer = dict(task.requests).get(until)
    return {
        ExtensionStatus.GRANTED: f"{title}: more time granted, now due {due}",
        ExtensionStatus.REFUSED: f"{title}: more time refused, still due {due}",
        ExtensionStatus.LAPSED: f"{title}: no longer asked for, due {due}",
    }.get(
        ExtensionStatus(answer) if answer else ExtensionStatus.ASKED,
        f"{title}: answered, due {due}",
    )


def _passed_on(task_notice: TaskNotice, person: str) -> bool:
    """Return whether a question that went to a deputy is another person's to answer now."""
    if task_notice.facts.get("for") is None:
        return False
    away, task = task_notice.launch.away, task_notice.task
    holder = away.of(person, besides=[task.owner]) if away else None
    return task_notice.notice.to.lower() != (holder or person).lower()


def _name(task_notice: TaskNotice, person: str) -> str:
    return shorten(task_notice.reader.name(person))


def _asked(
    task_notice: TaskNotice,
    title: str,
    *,
    told: str,
    note: str | None,
    live: bool,
    until: date | None = None,
    effect: str = "",
) -> NoticeMessage:
    actions = answers_to(until=until) if live else ()
    because = f' "{note}"' if note and live else ""
    if live:
        because += "".join(f" {line}" for line in acting_for(task_notice))
    return NoticeMessage(
        sentence=f"{told} ({shorten(task_notice.launch.product)}).{effect}{because}",
        headline=title if live else task_notice.task.title,
        paragraphs=[f"{told}.{effect}{because}"],
        rows=task_rows(task_notice, live=live, owner=True),
        note=history_note(task_notice),
        actions=actions,
        subject=task_notice.subject(until=until),
    )
