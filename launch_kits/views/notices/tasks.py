"""Messages about one task: to its owner, and to the person who must help."""

from __future__ import annotations

from launch_kits.database.records import WITH_OWNER, ExtensionStatus, TaskStatus
from launch_kits.views.notices.actions import OPEN, helps, offered
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.questions import about_review
from launch_kits.views.notices.task_notice import (
    REASON,
    TaskNotice,
    acting_for,
    asked_more_time,
    state_of,
    wanted_of,
)
from launch_kits.views.notices.task_rows import file_rows, followers_note
from launch_kits.views.notices.text import capitalize, clean, cut, shorten, stopped
from launch_kits.views.reader import count, iso_day

__all__ = ["about_task", "escalation", "nudge"]

#: missing parts of a document that are named
NAMED = 4

#: their owner has work to do, or will have
_TO_WORK = (TaskStatus.WAITING, *WITH_OWNER)


def about_task(task_notice: TaskNotice, *, reminder: bool = False) -> NoticeMessage:
    """Write the owner's living message: the act that is wanted, its day, and actions."""
    task = task_notice.task
    if deputy := _deputy(task_notice):
        return NoticeMessage(
            sentence=f"{deputy} has {task_notice.named} while you are away.",
            actions=[OPEN],
            rows=file_rows(task_notice),
            note=followers_note(task_notice),
            subject=task_notice.subject(),
        )
    told = wanted_of(task_notice)
    if task.overdue:
        told = f"Overdue, was due {task_notice.reader.day(task.due)}: {told}"
    elif reminder:
        told = f"Reminder: {told}"
    sentences = [stopped(capitalize(told)), *_due(task_notice)]
    if task.status is TaskStatus.BLOCKED:
        sentences.append("Press Unblock when you can go on.")
    sentences += acting_for(task_notice)
    return NoticeMessage(
        sentence=" ".join(sentences),
        paragraphs=_to_know(task_notice),
        actions=offered(task, since=task_notice.notice.filed_at),
        rows=file_rows(task_notice),
        note=followers_note(task_notice),
        subject=task_notice.subject(),
    )


def nudge(task_notice: TaskNotice) -> NoticeMessage:
    """Write a reminder: the task's message, said to be one.

    If the task is in review, its approver is reminded to answer.
    """
    if task_notice.task.status is TaskStatus.REVIEW:
        return about_review(task_notice, reminder=True)
    return about_task(task_notice, reminder=True)


def escalation(task_notice: TaskNotice) -> NoticeMessage:
    """Ask a person who can help: whose task it is, how late, and its state."""
    task, reader = task_notice.task, task_notice.reader
    owner = shorten(task.owner_name)
    approver = task.approver if task.status is TaskStatus.REVIEW else None
    helped = shorten(reader.name(approver)) if approver else owner
    whose = f" of {owner}" if approver else ""
    told = (
        f"Please help {helped}: {task_notice.named}{whose} "
        f"was due {reader.day(task.due)} and is overdue"
    )
    asked = asked_more_time(task_notice)
    return NoticeMessage(
        sentence=f"{told}. {stopped(f'It {state_of(task_notice)}')}",
        paragraphs=[asked] if asked else [],
        actions=helps(task, since=task_notice.notice.filed_at),
        rows=file_rows(task_notice),
        note=followers_note(task_notice),
        subject=task_notice.subject(),
    )


def _deputy(task_notice: TaskNotice) -> str | None:
    """Return the name of the person who has the task while its owner, the reader, is away."""
    task, away = task_notice.task, task_notice.launch.away
    holder = task.in_hands_of
    if holder is None or task.status is TaskStatus.REVIEW or away is None:
        return None
    mine = task_notice.notice.to.lower() == task.owner.lower() != holder.lower()
    if not mine or away.of(task.owner) is None:
        return None
    return capitalize(shorten(task_notice.reader.name(holder)))


def _due(task_notice: TaskNotice) -> list[str]:
    """Return the sentences on the due day, of a task that is not overdue."""
    task, reader = task_notice.task, task_notice.reader
    if task.overdue:
        return []
    planned = iso_day(task_notice.facts.get("planned_finish"))
    if planned is not None:
        day = reader.due(planned)
        told = f"Planned to be finished {day}; due {reader.day(task.due)}."
        return [told, *_last_start(task_notice)]
    planned_days = task_notice.planned if task.status in _TO_WORK else None
    days = f"; planned for {planned_days}" if planned_days else ""
    return [f"Due {reader.due(task.due)}{days}.", *_last_start(task_notice)]


def _last_start(task_notice: TaskNotice) -> list[str]:
    """Return the sentence for the owner of a task that has to be started today, or is late to be.

    It has no working day to spare, as things stand.
    """
    task, reader = task_notice.task, task_notice.reader
    last, spare = task.last_start, task.float_days
    if task.status is not TaskStatus.READY or task.later or last is None:
        return []
    ahead = task.due <= task_notice.launch.launch_on
    if task.starts_last:
        lost = "moves the launch" if ahead else "makes it late"
        day = "today" if last <= reader.today else f"on {reader.day(last)}"
        return [f"Start it {day}: a later start {lost}."]
    if spare is None or spare >= 0:
        return []
    return [
        f"It starts late: each further day {'moves the launch' if ahead else 'counts'}."
    ]


def _in_words(path: str) -> str:
    """Return a field of the brief as people say it: ``press place`` for ``press.place``."""
    return path.replace(".", " ").replace("_", " ")


def _to_know(task_notice: TaskNotice) -> list[str]:
    """Return facts that the owner needs before they act."""
    task, launch, reader = task_notice.task, task_notice.launch, task_notice.reader
    told = []
    if task.sent_back:
        by, note = task.sent_back
        why = f': "{cut(clean(note), REASON)}"' if note and note.strip() else ""
        told.append(stopped(f"{shorten(reader.name(by))} sent it back{why}"))
    missing = len(launch.verdict.reasons)
    if task.decides and missing:
        are = "is" if missing == 1 else "are"
        told.append(
            f"{count(missing, 'check')} {are} still open, so a go is not possible yet."
        )
    if task.lacks and task.status in WITH_OWNER:
        more = len(task.lacks) - NAMED
        others = f" and {more} more" if more > 0 else ""
        named = ", ".join(_in_words(each) for each in task.lacks[:NAMED])
        told.append(f"Its document lacks facts of the brief: {named}{others}.")
    if asked := asked_more_time(task_notice):
        told.append(asked)
    elif task.requests and task.requests[-1][1] == ExtensionStatus.REFUSED:
        told.append(f"More time until {reader.day(task.requests[-1][0])} was refused.")
    return told
