"""News: one thing that happened, told from the facts that the notice holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from launch_kits.database.records import (
    LaunchStatus,
    Notice,
    TaskStatus,
)
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

#: the events about a card, for the owner of the task that makes it
OF_CARDS = (NewsEvent.CARD_DUE, NewsEvent.CARD_STALE, NewsEvent.CARD_FLAGGED)
#: changes named in the sentence, and in the paragraph below it
FEW, MOVES = 3, 20
#: characters of the sentence
LONG = 2 * REASON
#: the field of a change that ends the more time that was granted
LAPSES = "more_time"
#: the parts of a task that an edit changes, in words
PARTS = {"after": "waits for", "workdays": "works on", "share": "share of a day"}


def news(notice: Notice, launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write news: an event, moved days, or the text of a notice of the old shape."""
    if notice.facts.get("handed_out") is True:
        return handed_out(notice.facts, launch, reader=reader)
    moved = _moves(notice.facts.get("changes"), launch, reader)
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
    """Return the actions for a task in the news: its owner's, or those of a helper.

    News of a card are not about the work on the task that makes it.
    """
    if not task.open or launch.status != LaunchStatus.RUNNING or "@" not in notice.to:
        return ()
    if notice.facts.get("event") in OF_CARDS:
        return (OPEN,)
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
    lapsed = _lapsed(told.notice.facts.get("changes"))
    days = count(len(moved) - lapsed, "due day")
    parts = [f"{days} of yours moved"] if len(moved) > lapsed or not lapsed else []
    parts += (
        [f"more time for {count(lapsed, 'task')} of yours lapses"] if lapsed else []
    )
    if launch_on is not None:
        parts = [_launch_moved(told, launch_on), *parts]
    return "; ".join(parts)


def _launch_moved(told: News, launch_on: date) -> str:
    """Write the days before and after a move, the person who made it, and the reason."""
    to = told.reader.day(launch_on)
    before = iso_day(told.notice.facts.get("launch_before"))
    if before is None:  # of an older version
        return f"launch day {to}"
    if before == launch_on:
        return f"{told.by} planned the launch again{told.why}; its day stays {to}"
    moved = f"the launch day from {told.reader.day(before)} to {to}"
    return f"{told.by} moved {moved}{told.why}"


def _lapsed(changes: object) -> int:
    """How many of the changes end more time that was granted."""
    rows = changes if isinstance(changes, list) else []
    return sum(isinstance(row, dict) and row.get("field") == LAPSES for row in rows)


def _moves(changes: object, launch: LaunchView, reader: Reader) -> list[str]:
    rows = changes if isinstance(changes, list) else []
    return [_moved(row, launch, reader) for row in rows if isinstance(row, dict)]


def _moved(change: Mapping[str, object], launch: LaunchView, reader: Reader) -> str:
    title = quoted(str(change.get("title") or change.get("task") or "?"))
    field = str(change.get("field", "due"))
    if field == LAPSES:
        until = iso_day(change.get("from"))
        granted = (
            f"the more time granted until {reader.day(until)}" if until else "more time"
        )
        return f"{title}: {granted} lapses"
    if field != "due":
        before, after = (_shown(change.get(key), launch) for key in ("from", "to"))
        return f"{title}: {PARTS.get(field, field)} {before} → {after}"
    found = (iso_day(change.get(key)) for key in ("due_before", "due"))
    days = [reader.day(when) if when else "?" for when in found]
    return f"{title}: {' → '.join(days)}"


def _shown(value: object, launch: LaunchView) -> str:
    """A part of a task before or after a change; `none` for an empty one."""
    parts = value if isinstance(value, list) else [value]
    tasks = ((str(part), launch.task(str(part))) for part in parts)
    words = ", ".join(quoted(task.title) if task else part for part, task in tasks)
    return shorten(clean(words)) if words else "none"
