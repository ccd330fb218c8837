"""News: one thing that happened, told from the facts that the notice holds."""

from __future__ import annotations

from collections.abc import Mapping

from launch_kits.database.records import LaunchStatus, Notice, TaskStatus
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.actions import CHECKS, OPEN, UNBLOCK, offered
from launch_kits.views.notices.handed import handed_lines, handed_sentence
from launch_kits.views.notices.handed_out import handed_out
from launch_kits.views.notices.message import Action, NoticeMessage, Subject
from launch_kits.views.notices.news_events import News, NewsEvent
from launch_kits.views.notices.news_phrases import PHRASES
from launch_kits.views.notices.task_notice import REASON
from launch_kits.views.notices.text import (
    capitalize,
    clean,
    cut,
    quoted,
    shorten,
    stopped,
)
from launch_kits.views.reader import Reader, count, iso_day, listed

__all__ = ["NewsEvent", "cancelled", "news"]

#: changes named in the sentence, and in the paragraph below it
FEW, MOVES = 3, 20
#: characters of the sentence
LONG = 2 * REASON
#: the parts of a task that an edit changes, in words
PARTS = {"after": "waits for", "workdays": "works on", "share": "share of a day"}


def news(notice: Notice, launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write news: an event, moved days, or the text of a notice of the old shape."""
    if notice.facts.get("handed_out") is True:
        return handed_out(notice.facts, launch, reader=reader)
    moved = _moves(notice.facts.get("changes"), reader)
    told = _told(News.of(notice, launch, reader), moved)
    if isinstance(notice.facts.get("handed"), Mapping):
        moved = handed_lines(notice.facts, reader)
        told = handed_sentence(notice.facts, reader, to=notice.to)
    about = "" if launch.product in told else f"{shorten(launch.product)}: "
    line = f"{about}{cut(clean(told), LONG)}"
    few = "; ".join(listed(moved, most=FEW))
    task = launch.task(notice.task) if notice.task else None
    subject = Subject(launch.slug, task.key) if task else None
    actions = _actions(notice, launch, task) if task else ()
    if _of_open_gate(notice, launch):
        subject, actions = Subject(launch.slug, ""), (CHECKS,)
    return NoticeMessage(
        sentence=capitalize(f"{line}: {few}." if moved else stopped(line)),
        paragraphs=["\n".join(listed(moved, most=MOVES))] if len(moved) > FEW else (),
        actions=actions,
        subject=subject,
    )


def cancelled(
    facts: Mapping[str, object], launch: LaunchView, *, reader: Reader
) -> NoticeMessage:
    """Write that a launch is cancelled, who cancelled it, and why."""
    by, note = facts.get("by"), facts.get("note")
    told = f"{shorten(launch.product)} is cancelled"
    if isinstance(by, str):
        told += f" by {shorten(reader.name(by))}"
    if isinstance(note, str) and note.strip():
        told += f": {cut(clean(note), REASON)}"
    return NoticeMessage(sentence=f"{stopped(told)} Nothing is left to do for it.")


def _actions(notice: Notice, launch: LaunchView, task: TaskView) -> tuple[Action, ...]:
    """Return the actions for a task in the news: its owner's, or those of a helper."""
    if not task.open or launch.status != LaunchStatus.RUNNING or "@" not in notice.to:
        return ()
    if notice.to.lower() in (task.owner.lower(), (task.in_hands_of or "").lower()):
        return offered(task, since=notice.filed_at)
    blocked = task.status is TaskStatus.BLOCKED
    return (UNBLOCK, OPEN) if blocked else (OPEN,)


def _of_open_gate(notice: Notice, launch: LaunchView) -> bool:
    """Whether news for one person are about a gate with checks to tick, or to let pass."""
    if notice.facts.get("event") not in (NewsEvent.GATE_PASSED, NewsEvent.WAIVER_ENDED):
        return False
    if launch.status != LaunchStatus.RUNNING or "@" not in notice.to:
        return False
    title, today = notice.facts.get("gate"), launch.today
    return any(gate.title == title and not gate.passed(today) for gate in launch.gates)


def _told(told: News, moved: list[str]) -> str:
    event = told.fact("event")
    if event in PHRASES:
        return PHRASES[NewsEvent(event)](told)
    text = told.notice.facts.get("text")
    if isinstance(text, str) and text.strip():
        return text
    launch_on = iso_day(told.notice.facts.get("launch_on"))
    days = f"{count(len(moved), 'due day')} of yours moved"
    if launch_on is None:
        return days
    return f"launch day {told.reader.day(launch_on)}; {days}"


def _moves(changes: object, reader: Reader) -> list[str]:
    if not isinstance(changes, list):
        return []
    return [_moved(change, reader) for change in changes if isinstance(change, dict)]


def _moved(change: Mapping[str, object], reader: Reader) -> str:
    title = quoted(str(change.get("title") or change.get("task") or "?"))
    field = str(change.get("field", "due"))
    if field != "due":
        before, after = (_shown(change.get(key)) for key in ("from", "to"))
        return f"{title}: {PARTS.get(field, field)} {before} → {after}"
    found = (iso_day(change.get(key)) for key in ("due_before", "due"))
    days = [reader.day(when) if when else "?" for when in found]
    return f"{title}: {' → '.join(days)}"


def _shown(value: object) -> str:
    """A part of a task before or after a change; `none` for an empty one."""
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return shorten(clean(words)) if words else "none"
