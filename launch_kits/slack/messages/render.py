"""What each kind of notice says: a notice and the launch as it is now become a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from launch_kits.database.records import Notice, NoticeKind
from launch_kits.slack.messages.blocks import Message, header, message, paragraph
from launch_kits.slack.messages.digest import morning, week
from launch_kits.slack.messages.headline import headline
from launch_kits.slack.messages.tasks import (
    REASON,
    TaskNotice,
    about_more_time,
    about_review,
    about_task,
    escalation,
    nudge,
)
from launch_kits.slack.messages.text import clean, cut, shorten
from launch_kits.views.launch import LaunchView
from launch_kits.views.reader import Reader, count, iso_day, listed

__all__ = ["render"]

#: changes named in the sentence; the blocks name MOVES
FEW, MOVES = 3, 20


def render(notice: Notice, launch: LaunchView, *, reader: Reader) -> Message:
    """The message of a notice for its reader, from the launch as it is now.

    An edit in place is the same call again: what a message tells and offers changes with its task.
    ``facts`` add what the records cannot tell: ``until``, ``by``, ``reason`` and ``note`` of a
    question, ``text`` or ``changes`` of news, ``by`` and ``note`` of a cancellation, the ``tasks``
    of a digest; any of them may be missing.
    """
    task = launch.task(notice.task) if notice.task else None
    voice = _VOICES.get(NoticeKind(notice.kind))
    if task is not None and voice is not None:
        return voice(TaskNotice(notice, launch, task, reader))
    if notice.kind == NoticeKind.HEADLINE:
        return headline(launch, reader=reader)
    if notice.kind == NoticeKind.CANCELLED:
        return _cancelled(notice.facts, launch, reader)
    if notice.kind == NoticeKind.DIGEST:
        return (
            week(launch, reader=reader)
            if "week" in notice.facts
            else morning(notice.facts, reader=reader)
        )
    return _news(notice.facts, launch, reader)


def _review(task_notice: TaskNotice) -> Message:
    until = iso_day(task_notice.facts.get("until"))
    return (
        about_review(task_notice)
        if until is None
        else about_more_time(task_notice, until)
    )


def _news(facts: Mapping[str, object], launch: LaunchView, reader: Reader) -> Message:
    changes = facts.get("changes")
    moved = (
        [_moved(change, reader) for change in changes if isinstance(change, dict)]
        if isinstance(changes, list)
        else []
    )
    day, given = iso_day(facts.get("launch_on")), facts.get("text")
    shifted = f"launch day {reader.day(day)}; " if day else ""
    said = (
        given
        if isinstance(given, str) and given.strip()
        else f"{shifted}{count(len(moved), 'due day')} moved"
    )
    line = cut(clean(said), REASON * 2)
    about = "" if launch.product in said else f"{shorten(launch.product)}: "
    end = (
        f": {'; '.join(listed(moved, most=FEW))}."
        if moved
        else ""
        if line.endswith((".", "!", "?"))
        else "."
    )
    return message(
        f"{about}{line}{end}",
        [
            header(f"News: {launch.product}"),
            paragraph(
                f"{said[0].upper()}{said[1:]}{'' if line.endswith(('.', '!', '?')) else '.'}"
            ),
            paragraph("\n".join(listed(moved, most=MOVES))) if moved else None,
        ],
    )


def _moved(change: Mapping[str, object], reader: Reader) -> str:
    before, now = (iso_day(change.get(key)) for key in ("due_before", "due"))
    days = [reader.day(when) if when else "?" for when in (before, now)]
    return f"{shorten(str(change.get('title') or change.get('task') or '?'))}: {' → '.join(days)}"


def _cancelled(
    facts: Mapping[str, object], launch: LaunchView, reader: Reader
) -> Message:
    by, note = facts.get("by"), facts.get("note")
    said = f"{shorten(launch.product)} is cancelled"
    if isinstance(by, str):
        said += f" by {shorten(reader.name(by))}"
    if isinstance(note, str) and note.strip():
        said += f": {cut(clean(note), REASON)}"
    end = "Nothing is left to do for it."
    return message(
        f"{said}. {end}",
        [header(f"Cancelled: {launch.product}"), paragraph(f"{said}.\n{end}")],
    )


_VOICES: Mapping[NoticeKind, Callable[[TaskNotice], Message]] = {
    NoticeKind.TASK: about_task,
    NoticeKind.REVIEW: _review,
    NoticeKind.NUDGE: nudge,
    NoticeKind.ESCALATION: escalation,
}
