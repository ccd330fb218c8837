"""News: one thing that happened, told from the facts that the notice holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from launch_kits.database.records import Notice
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.delivery_faults import stuck, undelivered
from launch_kits.views.notices.effects import effect_sentences
from launch_kits.views.notices.handed import handed_lines, handed_sentence
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.task_notice import REASON
from launch_kits.views.notices.text import capitalize, clean, cut, quoted, shorten
from launch_kits.views.reader import Reader, count, day, iso_day, listed

__all__ = ["NewsEvent", "cancelled", "news", "passed_days"]

#: changes named in the sentence, and in the paragraph below it
FEW, MOVES = 3, 20
#: characters of the sentence
LONG = 2 * REASON


class NewsEvent(StrEnum):
    """The fact ``event`` of a notice of news; each member lists the other facts."""

    #: every task of the launch is done
    FINISHED = "finished"
    #: ``by``, ``go``, ``note``
    DECIDED = "decided"
    #: ``by``, ``note``; about the notice's task, like all the next
    BLOCKED = "blocked"
    #: ``by``, ``note``: the reader was named as the person who can help
    HELP_WANTED = "help wanted"
    #: ``by``, ``note``
    SENT_BACK = "sent back"
    #: ``by``, ``until``, ``missed`` and ``anchors``: the tasks and days that can no longer be kept;
    #: in older notices ``passes``: the days that the new due day passes
    EXTENDED = "extended"
    #: ``by``, ``changes``: about the reader's own tasks
    EDITED = "edited"
    #: ``by``, ``granted``, ``due``, ``note``
    EXTENSION_ANSWERED = "extension answered"
    #: ``name`` of the competitor, ``review_on``, ``verified_on``
    CARD_DUE = "card due"
    #: the same
    CARD_STALE = "card stale"
    #: ``name`` of the competitor, ``quote`` of the line, ``by``, ``note``
    CARD_FLAGGED = "card flagged"
    #: ``claim`` by its reference, ``quote``, ``last_day``
    CLAIM_ENDED = "claim ended"
    #: ``kind`` and ``to`` of the notice that is dead, ``error``
    UNDELIVERED = "undelivered"
    #: ``kind`` and ``to`` of the message that cannot be edited any more, ``error``
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class _News:
    """A notice of news, with the launch as it is now and the reader."""

    notice: Notice
    launch: LaunchView
    reader: Reader

    def fact(self, key: str) -> str:
        """Return a fact as text, empty without it."""
        value = self.notice.facts.get(key)
        return "" if value is None else str(value)

    def on(self, key: str) -> str:
        """Return a day as ``Thu 4 Feb``, never with its year."""
        found = iso_day(self.notice.facts.get(key))
        return _weekday(found) if found else "?"

    @property
    def title(self) -> str:
        """The title of the task, or its key if the launch no longer has it."""
        key = self.notice.task
        task = self.launch.task(key) if key else None
        return task.title if task else key or "?"

    @property
    def by(self) -> str:
        """The name of the person who acted."""
        return self.reader.name(self.fact("by"))

    @property
    def because(self) -> str:
        """The note, to follow a sentence."""
        note = self.fact("note")
        return f": {note}" if note else ""


def news(notice: Notice, launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write news: an event, moved days, or the text of a notice of the old shape."""
    moved = _moves(notice.facts.get("changes"), reader)
    told = _told(_News(notice, launch, reader), moved)
    if isinstance(notice.facts.get("handed"), Mapping):
        moved = handed_lines(notice.facts, reader)
        told = handed_sentence(notice.facts, reader, to=notice.to)
    about = "" if launch.product in told else f"{shorten(launch.product)}: "
    line = cut(clean(told), LONG)
    stop = "" if line.endswith((".", "!", "?")) else "."
    end = stop
    paragraphs = [f"{capitalize(told)}{stop}"]
    if moved:
        few = "; ".join(listed(moved, most=FEW))
        end = f": {few}."
        paragraphs.append("\n".join(listed(moved, most=MOVES)))
    return NoticeMessage(
        sentence=f"{about}{line}{end}",
        headline=f"News: {launch.product}",
        paragraphs=paragraphs,
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
    end = "Nothing is left to do for it."
    return NoticeMessage(
        sentence=f"{told}. {end}",
        headline=f"Cancelled: {launch.product}",
        paragraphs=[f"{told}.\n{end}"],
    )


def passed_days(passes: Mapping[str, object]) -> str:
    """Return the days that a due day passes, in words; empty if it passes none.

    ``passes`` may hold ``starts``, keys of the tasks whose latest start is passed, and
    ``anchor`` with ``anchor_on``, the anchor day.
    """
    passed = []
    starts = passes.get("starts")
    if isinstance(starts, list) and starts:
        tasks = ", ".join(map(str, starts))
        passed.append(f"the latest start of {tasks}")
    anchor = passes.get("anchor")
    if anchor:
        passed.append(f"the {anchor} day, {passes.get('anchor_on')}")
    return " and ".join(passed)


def _told(told: _News, moved: list[str]) -> str:
    event = told.fact("event")
    if event in _PHRASES:
        phrase = _PHRASES[NewsEvent(event)]
        return phrase(told)
    text = told.notice.facts.get("text")
    if isinstance(text, str) and text.strip():
        return text
    launch_on = iso_day(told.notice.facts.get("launch_on"))
    shifted = f"launch day {told.reader.day(launch_on)}; " if launch_on else ""
    return f"{shifted}{count(len(moved), 'due day')} moved"


def _moves(changes: object, reader: Reader) -> list[str]:
    if not isinstance(changes, list):
        return []
    return [_moved(change, reader) for change in changes if isinstance(change, dict)]


def _moved(change: Mapping[str, object], reader: Reader) -> str:
    title = shorten(str(change.get("title") or change.get("task") or "?"))
    field = str(change.get("field", "due"))
    if field != "due":
        before, after = (_shown(change.get(key)) for key in ("from", "to"))
        return f"{title}: {field} {before} → {after}"
    found = (iso_day(change.get(key)) for key in ("due_before", "due"))
    days = [reader.day(when) if when else "?" for when in found]
    return f"{title}: {' → '.join(days)}"


def _shown(value: object) -> str:
    """A part of a task before or after a change; `none` for an empty one."""
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return shorten(clean(words)) if words else "none"


def _weekday(when: date) -> str:
    return day(when, today=when)


def _finished(told: _News) -> str:
    return f"{told.launch.product}: every task is done. The launch is complete."


def _decided(told: _News) -> str:
    word = "go" if told.notice.facts.get("go") else "no-go"
    day = told.notice.facts.get("decides")
    word += f" for the {day}" if day in ("release", "launch") else ""
    return f"{told.launch.product}: {word}, decides {told.by}{told.because}"


def _blocked(told: _News) -> str:
    return f"{told.title} is blocked, says {told.by}{told.because}"


def _help_wanted(told: _News) -> str:
    work = f"{told.by} cannot go on with {quoted(told.title)}"
    return f"{work} and names you as the person who can help{told.because}"


def _sent_back(told: _News) -> str:
    return f"{told.title} was sent back by {told.by}{told.because}"


def _extended(told: _News) -> str:
    effect = effect_sentences(told.notice.facts, told.launch, day=_weekday)
    if effect:
        return f"{told.by} needs until {told.on('until')} for {told.title}.{effect}"
    passes = told.notice.facts.get("passes")
    days = passed_days(passes) if isinstance(passes, Mapping) else ""
    until = f"until {told.on('until')}, within its float"
    return f"{told.by} gave {told.title} {until}; it passes {days}"


def _edited(told: _News) -> str:
    return f"{told.by} changed your work"


def _extension_answered(told: _News) -> str:
    answer = "is now due" if told.notice.facts.get("granted") else "stays due"
    due = told.on("due")
    return f"{told.title} {answer} {due}, answers {told.by}{told.because}"


def _card_due(told: _News) -> str:
    return _card(told, f"is to be reviewed by {told.fact('review_on')}")


def _card_stale(told: _News) -> str:
    due = told.fact("review_on")
    return _card(
        told, f"is stale: its review was due {due}, and the card now says so on top"
    )


def _card(told: _News, state: str) -> str:
    return (
        f"The card on {told.fact('name')} {state}. "
        f"Last verified {told.fact('verified_on')}: read its sources again, "
        "correct what has changed, and set verified_on"
    )


def _card_flagged(told: _News) -> str:
    return (
        f"{told.by} says that a line of the card on {told.fact('name')} is wrong: "
        f"“{told.fact('quote')}”{told.because}"
    )


def _claim_ended(told: _News) -> str:
    claim, slug = told.fact("claim"), told.launch.slug
    return (
        f"Claim {claim} ended on {told.fact('last_day')} and is out of every document "
        f"from now on: “{told.fact('quote')}” What was handed out before still says it; "
        f"`launch-kits claims why {claim} {slug}` names the documents that used it"
    )


_PHRASES: Mapping[NewsEvent, Callable[[_News], str]] = {
    NewsEvent.FINISHED: _finished,
    NewsEvent.DECIDED: _decided,
    NewsEvent.BLOCKED: _blocked,
    NewsEvent.HELP_WANTED: _help_wanted,
    NewsEvent.SENT_BACK: _sent_back,
    NewsEvent.EXTENDED: _extended,
    NewsEvent.EDITED: _edited,
    NewsEvent.EXTENSION_ANSWERED: _extension_answered,
    NewsEvent.CARD_DUE: _card_due,
    NewsEvent.CARD_STALE: _card_stale,
    NewsEvent.CARD_FLAGGED: _card_flagged,
    NewsEvent.CLAIM_ENDED: _claim_ended,
    NewsEvent.UNDELIVERED: lambda told: undelivered(
        told.notice, told.title, told.reader
    ),
    NewsEvent.STUCK: lambda told: stuck(told.notice, told.title, told.reader),
}
