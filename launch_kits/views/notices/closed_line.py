"""The one line that a closed message becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from launch_kits.claims.doubtable import is_faq
from launch_kits.database.records import (
    Closing,
    ExtensionStatus,
    Notice,
    NoticeKind,
)
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.news_events import CARDS, bracketed
from launch_kits.views.notices.text import capitalize, quoted, shorten, stopped
from launch_kits.views.reader import Reader, iso_day, iso_instant

__all__ = ["closed_message"]


def closed_message(
    facts: Mapping[str, Any], notice: Notice, launch: LaunchView, *, reader: Reader
) -> NoticeMessage:
    """Write the one line of a closed message, the same on every later day."""
    on = iso_day(facts.get("on"))
    then = replace(reader, today=on) if on else reader
    closed = _Closed(facts, notice, launch, then)
    line = _LINES[Closing(facts["why"])](closed)
    return NoticeMessage(sentence=stopped(capitalize(line)))


@dataclass(frozen=True, slots=True)
class _Closed:
    """A closed message, with its reader on the day on which it was closed."""

    facts: Mapping[str, Any]
    notice: Notice
    launch: LaunchView
    reader: Reader

    @property
    def question(self) -> bool:
        """Whether it asked for an answer."""
        return self.notice.kind == NoticeKind.REVIEW

    @property
    def title(self) -> str:
        """The title of the task in quotes, or its key if the launch no longer has it."""
        key = self.notice.task
        task = self.launch.task(key) if key else None
        return quoted(task.title if task else key or self.product)

    @property
    def product(self) -> str:
        """What is launched."""
        return shorten(self.launch.product)

    @property
    def named(self) -> str:
        """The task with its launch."""
        return f"{self.title} ({self.product})"

    @property
    def on(self) -> str:
        """The day on which the work was done, after a space; empty without one."""
        at = iso_instant(self.facts.get("at"))
        return f" {self.reader.day(at)}" if at else ""

    @property
    def by(self) -> str:
        """The person who finished or approved it, after `` by ``; empty without one."""
        person = self.facts.get("by")
        if not isinstance(person, str):
            return ""
        mine = person.lower() == self.notice.to.lower()
        return f" by {'you' if mine else shorten(self.reader.name(person))}"

    @property
    def gate(self) -> str:
        """The title of a gate, with its launch."""
        return f"{quoted(str(self.notice.facts.get('gate')))} ({self.product})"

    @property
    def card(self) -> str:
        """A card, by the competitor that it is about."""
        return f"the card on {shorten(str(self.notice.facts.get('name')))}"

    @property
    def line(self) -> str:
        """A line of a card, or an entry of the FAQ."""
        quote = quoted(str(self.notice.facts.get("quote")))
        if is_faq(str(self.notice.facts.get("claim"))):
            return f"the entry {quote} of the FAQ"
        return f"the line {quote} of {self.card}"

    @property
    def approved(self) -> bool:
        """Whether another person than the owner approved it."""
        task = self.launch.task(self.notice.task) if self.notice.task else None
        by = self.facts.get("by")
        if task is None or not isinstance(by, str) or task.approver is None:
            return False
        return by.lower() == task.approver.lower() != task.owner.lower()

    @property
    def due(self) -> str:
        """The due day; `as before` if it is not known."""
        due = iso_day(self.facts.get("due"))
        return self.reader.day(due) if due else "as before"


def _done(closed: _Closed) -> str:
    by = f", approved{closed.by}" if closed.approved else closed.by
    return f"done{closed.on}{by}: {closed.named}"


def _dropped(closed: _Closed) -> str:
    why = bracketed(str(closed.facts.get("note") or ""))
    dropped = f"{closed.named} was left out{closed.by}{why}"
    if closed.question:
        return f"no answer is needed any more: {dropped}"
    return f"{dropped}, so nothing is left to do"


def _nothing_left(closed: _Closed) -> str:
    left = "no answer is needed" if closed.question else "nothing is left to do"
    status = closed.facts.get("status")
    gate = closed.notice.facts.get("gate")
    if not gate and not closed.notice.task:
        return f"{closed.product} is {status}, so {left}"
    what = f"the gate {quoted(str(gate))}" if gate else closed.title
    return f"{closed.product} is {status}, so {left} for {what}"


def _handed_on(closed: _Closed) -> str:
    to = str(closed.facts.get("to"))
    if to.lower() == closed.notice.to.lower():
        return f"you have {closed.named} now"
    name = shorten(closed.reader.name(to))
    if closed.notice.facts.get("event") in CARDS:
        return f"{name} keeps {closed.card} now, so nothing is left for you to do"
    has = "answers for" if closed.question else "has"
    if closed.facts.get("away"):
        return f"{name} {has} {closed.named} while you are away"
    if closed.facts.get("help"):
        return f"no help is needed from you any more: {name} has {closed.named} now"
    return f"{name} {has} {closed.named} now, so nothing is left for you to do"


def _answer(closed: _Closed) -> str:
    named = closed.named
    due = closed.due
    told = {
        "approved": f"approved{closed.on}{closed.by}: {named}",
        "sent back": f"sent back: {named}",
        "handed in again": f"handed in again: {named}",
        "answered": f"no answer is needed any more for {named}",
        ExtensionStatus.GRANTED: f"more time granted: {named} is now due {due}",
        ExtensionStatus.REFUSED: f"more time refused: {named} stays due {due}",
        ExtensionStatus.LAPSED: f"more time is no longer asked for: {named} is due {due}",
    }
    other = f"no answer is needed any more: {named} is due {due}"
    return told.get(str(closed.facts.get("answer")), other)


def _settled(closed: _Closed) -> str:
    by = closed.by
    told = {
        "reviewed": f"{closed.card} was reviewed, and updated{by}",
        "gone": f"{closed.card} was taken out of {closed.product}{by}",
        "answered": f"answered{by}: {closed.line}",
        "wrong": f"called wrong{by}, and marked until it is corrected: {closed.line}",
        "asked": f"a newer message asks about {closed.line}",
        "changed": f"{closed.line} was changed{by}",
        "taken out": f"{closed.line} was taken out{by}",
    }
    return told.get(str(closed.facts.get("how")), told["reviewed"])


def _goes_on(closed: _Closed) -> str:
    to = closed.facts.get("to")
    if not isinstance(to, str):
        return f"no help is needed any more: the work on {closed.named} goes on"
    mine = to.lower() == closed.notice.to.lower()
    name = "you" if mine else shorten(closed.reader.name(to))
    answers = f"{name} {'are' if mine else 'is'} asked to approve it"
    return f"no help is needed any more: {closed.named} is handed in, and {answers}"


def _waits(closed: _Closed) -> str:
    for_what = (
        "is blocked" if closed.facts.get("blocked") else "waits for other work again"
    )
    return f"{closed.named} {for_what}"


def _again(closed: _Closed) -> str:
    how = str(closed.facts.get("how"))
    went_on = "was handed in" if how == "sent back" else "went on"
    return f"{closed.named} {went_on}, and was {how} again"


def _launch_day(closed: _Closed) -> str:
    moved_to = iso_day(closed.facts.get("moved_to"))
    if moved_to is not None:
        return f"{closed.product} was moved to {closed.reader.day(moved_to)}"
    return f"all work of {closed.product} that was due by its launch day is closed"


_LINES: Mapping[Closing, Callable[[_Closed], str]] = {
    Closing.DONE: _done,
    Closing.DROPPED: _dropped,
    Closing.ENDED: _nothing_left,
    Closing.HANDED_ON: _handed_on,
    Closing.ANSWERED: _answer,
    Closing.REPLACED: lambda it: f"a newer message tells of {it.named}",
    Closing.AGAIN: _again,
    Closing.IN_TIME: lambda it: (
        f"no help is needed any more: {it.named} is due {it.due}"
    ),
    Closing.GOES_ON: _goes_on,
    Closing.WAITS: _waits,
    Closing.MET: lambda it: f"nothing is left to do for the gate {it.gate}",
    Closing.LAUNCH_DAY: _launch_day,
    Closing.SETTLED: _settled,
    Closing.GONE: lambda it: f"a task was taken out of {it.product}",
    Closing.DELETED: lambda it: f"the message about {it.named} was deleted",
}
