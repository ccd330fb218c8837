"""Messages about one task: to its owner, and to the person who must help."""

from __future__ import annotations

from launch_kits.database.records import WITH_OWNER, ExtensionStatus, TaskStatus
from launch_kits.views.lacking import part_in_words
from launch_kits.views.notices.actions import OPEN, actions_for, helps
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.handover import given_to
from launch_kits.views.notices.informing import informing_items
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
from launch_kits.views.notices.task_rows import (
    file_rows,
    followers_note,
    holds_launch,
    matters,
)
from launch_kits.views.notices.text import (
    capitalize,
    clean,
    cut,
    is_or_are,
    quoted,
    shorten,
    stopped,
)
from launch_kits.views.reader import count, listed

__all__ = ["about_task", "escalation", "nudge"]

#: missing parts of a document that are named
NAMED = 4

#: their owner has work to do, or will have
_TO_WORK = (TaskStatus.WAITING, *WITH_OWNER)
#: it is up to their owner that the work goes on
_HELD_UP = (*WITH_OWNER, TaskStatus.BLOCKED)


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
    if task_notice.overdue:
        told = f"Overdue, was due {task_notice.reader.day(task.due)}: {told}"
    elif reminder:
        told = f"Reminder: {told}"
    sentences = [stopped(capitalize(told)), *_due(task_notice)]
    if task.status in _HELD_UP:
        sentences += matters(task_notice)
    if task.status is TaskStatus.BLOCKED:
        sentences.append("Press Unblock when you can go on.")
    sentences += acting_for(task_notice)
    sentences += given_to(task_notice.facts, task_notice.reader)
    return NoticeMessage(
        sentence=" ".join(sentences),
        paragraphs=[*_news(task_notice), *_to_know(task_notice)],
        actions=actions_for(
            task, to=task_notice.notice.to, since=task_notice.notice.filed_at
        ),
        rows=file_rows(task_notice),
        note=followers_note(task_notice),
        subject=task_notice.subject(),
    )


def _news(task_notice: TaskNotice) -> list[str]:
    """Return the news about the task that went with a reminder."""
    lines = rows_of(task_notice.facts, "news")
    items = informing_items(lines, task_notice.reader, where=lambda _: "")
    return [stopped(item.text) for item in items]


def nudge(task_notice: TaskNotice) -> NoticeMessage:
    """Write a reminder: the task's message, said to be one.

    If the task is in review, its approver is reminded to answer.
    """
    if task_notice.task.status is TaskStatus.REVIEW:
        return about_review(task_notice, reminder=True)
    return about_task(task_notice, reminder=True)


def escalation(task_notice: TaskNotice) -> NoticeMessage:
    """Ask a person who can help: whose task it is, how late, and its state."""
    task = task_notice.task
    reader = task_notice.reader
    owner = shorten(task.owner_name)
    answers = task.acting or task.approver
    approver = answers if task.status is TaskStatus.REVIEW else None
    helped = shorten(reader.name(approver)) if approver else owner
    whose = f" of {owner}" if approver else ""
    told = (
        f"Please help {helped}: {task_notice.named}{whose} "
        f"was due {reader.day(task.due)} and is overdue"
    )
    asked = asked_more_time(task_notice)
    return NoticeMessage(
        sentence=f"{told}. {stopped(f'It {state_of(task_notice)}')}",
        paragraphs=[*matters(task_notice), *([asked] if asked else [])],
        actions=helps(
            task, to=task_notice.notice.to, since=task_notice.notice.filed_at
        ),
        rows=file_rows(task_notice),
        note=followers_note(task_notice),
        subject=task_notice.subject(),
    )


def _deputy(task_notice: TaskNotice) -> str | None:
    """Return the name of the person who has the task while its owner, the reader, is away."""
    task = task_notice.task
    away = task_notice.launch.away
    holder = task.in_hands_of
    if holder is None or task.status is TaskStatus.REVIEW or away is None:
        return None
    mine = task_notice.notice.to.lower() == task.owner.lower() != holder.lower()
    if not mine or away.of(task.owner) is None:
        return None
    return capitalize(shorten(task_notice.reader.name(holder)))


def _due(task_notice: TaskNotice) -> list[str]:
    """Return the sentences on the due day, of a task that is not overdue."""
    if task_notice.overdue:
        return []
    return [_due_day(task_notice), *_last_start(task_notice)]


def _due_day(task_notice: TaskNotice) -> str:
    """Return the sentence on the due day, and on the days that are planned."""
    task = task_notice.task
    reader = task_notice.reader
    planned = task_notice.planned if task.status in _TO_WORK else None
    told = f"Due {reader.due(task.due)}"
    if planned is None:
        return f"{told}."
    first, last = planned
    ends = "planned_finish" in task_notice.facts and task.status is TaskStatus.DOING
    if ends and reader.today <= last < task.due:
        finish = reader.due(last)
        return f"Planned to be finished {finish}; due {reader.day(task.due)}."
    past = "was " if last < reader.today else ""
    return f"{told}; {past}planned for {reader.span(first, last)}."


def _last_start(task_notice: TaskNotice) -> list[str]:
    """Return the sentence on a task that must start today, or had to before.

    It has no working day to spare, as things stand.
    """
    task = task_notice.task
    reader = task_notice.reader
    last = task.last_start
    if task.status is not TaskStatus.READY or task.later or last is None:
        return []
    if task.starts_last:
        lost = "moves the launch" if holds_launch(task_notice) else "makes it late"
        day = "today" if last <= reader.today else f"on {reader.day(last)}"
        return [f"Start it {day}: a later start {lost}."]
    spare = task.float_days
    if spare is None or spare >= 0:
        return []
    lost = "moves the launch" if holds_launch(task_notice) else "counts"
    return [f"It starts late: each further day {lost}."]


def _to_know(task_notice: TaskNotice) -> list[str]:
    """Return facts that the owner needs before they act."""
    told = (
        _sent_back(task_notice),
        _open_checks(task_notice),
        _passed_early(task_notice),
        _lacks(task_notice),
        asked_more_time(task_notice) or _refused(task_notice),
    )
    return [each for each in told if each is not None]


def _sent_back(task_notice: TaskNotice) -> str | None:
    if task_notice.task.sent_back is None:
        return None
    by, note = task_notice.task.sent_back
    told = f"{shorten(task_notice.reader.name(by))} sent it back"
    if note and note.strip():
        told += f': "{cut(clean(note), REASON)}"'
    return stopped(told)


def _open_checks(task_notice: TaskNotice) -> str | None:
    """Return the sentence on the checks that a go waits for."""
    missing = len(task_notice.launch.verdict.reasons)
    if not task_notice.task.decides or not missing:
        return None
    checks = f"{count(missing, 'check')} {is_or_are(missing)}"
    return f"{checks} still open, so a go is not possible yet."


def _passed_early(task_notice: TaskNotice) -> str | None:
    """Return the sentence on passed gates with open work of their stages."""
    early = task_notice.launch.verdict.early
    if not task_notice.task.decides or not early:
        return None
    gates = ", ".join(quoted(gate.title) for gate in early[:NAMED])
    more = len(early) - NAMED
    gates += f" and {count(more, 'more gate')}" if more > 0 else ""
    tasks = count(sum(len(gate.open_work) for gate in early), "task")
    return f"Passed although work of it is open ({tasks}): {gates}."


def _lacks(task_notice: TaskNotice) -> str | None:
    """Return the sentence on the parts that a document lacks, and who supplies them."""
    task = task_notice.task
    if not task.lacks or task.status not in WITH_OWNER:
        return None
    lead = task_notice.launch.lead
    named = ", ".join(listed(map(part_in_words, task.lacks), most=NAMED))
    if lead.casefold() == task_notice.notice.to.casefold():
        supply = "Write them into the brief or its ledgers, and update the launch."
    else:
        name = shorten(task_notice.reader.name(lead))
        supply = f"Send them to {name}, who updates the brief."
    return f"Its document still lacks: {named}. {supply}"


def _refused(task_notice: TaskNotice) -> str | None:
    """Return the sentence on a last request for more time that was refused."""
    if not task_notice.task.requests:
        return None
    until, answer = task_notice.task.requests[-1]
    if answer != ExtensionStatus.REFUSED:
        return None
    return f"More time until {task_notice.reader.day(until)} was refused."
