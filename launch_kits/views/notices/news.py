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
from launch_kits.views.notices.actions import (
    CARD_CHANGE,
    CHECKS,
    CONCEDE,
    MOVE,
    OPEN,
    REPLY,
    SHOW_CARD,
    UNBLOCK,
    UPHOLD,
    VERIFY,
    actions_for,
)
from launch_kits.views.notices.asking_phrases import steps_of
from launch_kits.views.notices.ended_waivers import open_again
from launch_kits.views.notices.facts import rows_of, texts_of
from launch_kits.views.notices.handed import handed_lines, handed_sentence
from launch_kits.views.notices.handed_out import handed_out
from launch_kits.views.notices.message import Action, NoticeMessage, Subject
from launch_kits.views.notices.moved_work import LAPSES, moved_work
from launch_kits.views.notices.news_events import News, NewsEvent
from launch_kits.views.notices.news_phrases import PHRASES
from launch_kits.views.notices.passed_news import passed
from launch_kits.views.notices.task_notice import REASON
from launch_kits.views.notices.text import (
    capitalize,
    clean,
    cut,
    quoted,
    shorten,
    stopped,
)
from launch_kits.views.reader import Reader, iso_day, listed

__all__ = ["NewsEvent", "cancelled", "news"]

#: the events about blocked work, for people who can help
BLOCKS = (NewsEvent.BLOCKED, NewsEvent.HELP_WANTED)
#: the events that change the work of a task's owner
TO_OWNERS = (
    NewsEvent.SENT_BACK,
    NewsEvent.EXTENSION_ANSWERED,
    NewsEvent.UNBLOCKED,
    NewsEvent.HELP_ANSWERED,
)
#: the events about a card whose review is due
REVIEWS = (NewsEvent.CARD_DUE, NewsEvent.CARD_STALE)
#: the events about a gate that waits for its checks
OF_GATES = (NewsEvent.GATE_PASSED, NewsEvent.WAIVER_ENDED)
#: changes that the sentence can name, and those in a paragraph below it
FEW = 3
MOVES = 20
#: characters of the sentence
LONG = 2 * REASON
#: the parts of a task that an edit changes, in words
PARTS = {"after": "waits for", "workdays": "works on", "share": "share of a day"}


def news(notice: Notice, launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write news: an event, moved days, or the text of a notice of the old shape."""
    facts = notice.facts
    below: list[str] = []
    if facts.get("handed_out") is True:
        return handed_out(facts, launch, reader=reader)
    if isinstance(facts.get("handed"), Mapping):
        changes = handed_lines(facts, reader)
        told = handed_sentence(facts, reader, to=notice.to)
    else:
        changes = _moves(facts, launch, reader)
        written = News.of(notice, launch, reader)
        told = _told(written)
        below = steps_of(written)
    subject, actions = _to_press(notice, launch)
    return NoticeMessage(
        sentence=_sentence(told, changes, launch),
        paragraphs=[*_below(changes), *below],
        actions=actions,
        subject=subject,
    )


def _sentence(told: str, changes: list[str], launch: LaunchView) -> str:
    """Write what happened with the launch's name, and a few changes; more are listed below it."""
    line = cut(clean(told), LONG)
    if launch.product not in told:
        line = f"{shorten(launch.product)}: {line}"
    if not 0 < len(changes) <= FEW:
        return capitalize(stopped(line))
    return capitalize(f"{line}: {'; '.join(changes)}.")


def _below(changes: list[str]) -> list[str]:
    """Return the paragraph with the changes, if the sentence cannot name all of them."""
    if len(changes) <= FEW:
        return []
    return ["\n".join(listed(changes, most=MOVES))]


def cancelled(
    facts: Mapping[str, object], launch: LaunchView, *, reader: Reader
) -> NoticeMessage:
    """Write that a launch is cancelled, who cancelled it, and why."""
    told = f"{shorten(launch.product)} is cancelled"
    by = facts.get("by")
    if isinstance(by, str):
        told += f" by {shorten(reader.name(by))}"
    note = facts.get("note")
    if isinstance(note, str) and note.strip():
        told += f": {cut(clean(note), REASON)}"
    asked = texts_of(facts, "questions")
    named = ", ".join(
        listed((quoted(cut(clean(each), REASON)) for each in asked), most=FEW)
    )
    unanswered = f" Your question will not be answered: {named}." if named else ""
    return NoticeMessage(
        sentence=f"{stopped(told)} Nothing is left to do for it.{unanswered}"
    )


def _to_press(
    notice: Notice, launch: LaunchView
) -> tuple[Subject | None, tuple[Action, ...]]:
    """Return the gate or the task of the news, and the actions for it."""
    if _of_open_gate(notice, launch):
        return Subject(launch.slug, ""), (CHECKS,)
    if notice.facts.get("event") == NewsEvent.LAUNCH_DAY_PASSED:
        moves = _for_a_person(notice, launch) and launch.launched_on is None
        return Subject(launch.slug, ""), (MOVE,) if moves else ()
    if notice.facts.get("event") == NewsEvent.CARD_FLAGGED:
        asks = launch.status != LaunchStatus.CANCELLED and "@" in notice.to
        return Subject(launch.slug, str(notice.facts.get("claim"))), (
            UPHOLD,
            CONCEDE,
        ) if asks else ()
    if notice.facts.get("event") in REVIEWS:
        asks = _for_a_person(notice, launch)
        return Subject(launch.slug, str(notice.facts.get("card"))), (
            VERIFY,
            CARD_CHANGE,
            SHOW_CARD,
        ) if asks else ()
    task = launch.task(notice.task) if notice.task else None
    if task is None:
        return None, ()
    return Subject(launch.slug, task.key), _actions(notice, launch, task)


def _actions(notice: Notice, launch: LaunchView, task: TaskView) -> tuple[Action, ...]:
    """Return the actions for a task that fit the news, as long as they are true.

    The person who has the task by now works on it from its own message: old news give them none.
    """
    if not task.open or not _for_a_person(notice, launch):
        return ()
    event = notice.facts.get("event")
    if event in BLOCKS and task.status is TaskStatus.BLOCKED:
        return (REPLY, UNBLOCK, OPEN)
    holders = (task.owner.lower(), (task.in_hands_of or "").lower())
    theirs = event in TO_OWNERS and notice.to.lower() in holders
    if theirs and passed(notice, launch) is None:
        return actions_for(task, to=notice.to, since=notice.filed_at)
    return (OPEN,)


def _for_a_person(notice: Notice, launch: LaunchView) -> bool:
    """Whether a person who reads it can still do something about the launch."""
    return launch.status == LaunchStatus.RUNNING and "@" in notice.to


def _of_open_gate(notice: Notice, launch: LaunchView) -> bool:
    """Whether news for one person are about a gate with checks to tick, or to let pass."""
    if notice.facts.get("event") not in OF_GATES:
        return False
    if not _for_a_person(notice, launch):
        return False
    if notice.facts.get("event") == NewsEvent.WAIVER_ENDED:
        return bool(open_again(notice.facts, launch))
    title = notice.facts.get("gate")
    return any(
        gate.title == title and not gate.passed(launch.today) for gate in launch.gates
    )


def _told(told: News) -> str:
    event = told.fact("event")
    if event in PHRASES:
        return PHRASES[NewsEvent(event)](told)
    text = told.facts.get("text")
    if isinstance(text, str) and text.strip():
        return text
    parts = []
    launch_on = iso_day(told.facts.get("launch_on"))
    if launch_on is not None:
        parts.append(_launch_moved(told, launch_on))
    if rows_of(told.facts, "changes") or not parts:
        parts += moved_work(told.facts, to=told.notice.to, reader=told.reader)
    return "; ".join(parts)


def _launch_moved(told: News, launch_on: date) -> str:
    """Write the days before and after a move, the person who made it, and the reason."""
    to = told.reader.day(launch_on)
    before = iso_day(told.facts.get("launch_before"))
    if before is None:  # of an older version
        return f"launch day {to}"
    if before == launch_on:
        return f"{told.by} planned the launch again{told.why}; its day stays {to}"
    moved = f"the launch day from {told.reader.day(before)} to {to}"
    return f"{told.by} moved {moved}{told.why}"


def _moves(
    facts: Mapping[str, object], launch: LaunchView, reader: Reader
) -> list[str]:
    return [_moved(row, launch, reader) for row in rows_of(facts, "changes")]


def _moved(change: Mapping[str, object], launch: LaunchView, reader: Reader) -> str:
    title = str(change.get("title") or change.get("task") or "?")
    return f"{quoted(title)}: {_change(change, launch, reader)}"


def _change(change: Mapping[str, object], launch: LaunchView, reader: Reader) -> str:
    """A change of a task in words: its part, and the value before and after."""
    field = str(change.get("field", "due"))
    if field == LAPSES:
        until = iso_day(change.get("from"))
        if until is None:
            return "more time lapses"
        return f"the more time granted until {reader.day(until)} lapses"
    if field == "due":
        before = _day(change.get("due_before"), reader)
        after = _day(change.get("due"), reader)
        return f"{before} → {after}"
    before = _shown(change.get("from"), launch)
    after = _shown(change.get("to"), launch)
    return f"{PARTS.get(field, field)} {before} → {after}"


def _day(value: object, reader: Reader) -> str:
    when = iso_day(value)
    return reader.day(when) if when else "?"


def _shown(value: object, launch: LaunchView) -> str:
    """A part of a task before or after a change; `none` for an empty one."""
    parts = value if isinstance(value, list) else [value]
    words = ", ".join(_title_or_value(str(part), launch) for part in parts)
    return shorten(clean(words)) if words else "none"


def _title_or_value(part: str, launch: LaunchView) -> str:
    """The title of the task with this key, or the value itself."""
    task = launch.task(part)
    return quoted(task.title) if task else part
