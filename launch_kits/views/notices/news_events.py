"""The events that news tell of, and their facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from launch_kits.database.records import Notice
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.text import clean, cut, quoted
from launch_kits.views.reader import Reader, day, iso_day

__all__ = ["CARDS", "News", "NewsEvent", "Told", "bracketed", "weekday"]

#: characters of a reason in brackets
LONG = 200


class NewsEvent(StrEnum):
    """The fact ``event`` of a notice of news; each member lists the other facts."""

    #: ``by``, ``did``: the verb of an act that the reader was told of, and its facts
    UNDONE = "undone"
    #: every task of the launch is done; with ``by``, ``note`` and the number ``dropped`` if a
    #: person closed the launch
    FINISHED = "finished"
    #: ``by``, ``go``, ``note``, and ``takes_back`` for a no-go after the go
    DECIDED = "decided"
    #: ``by``, ``note``, and ``helper`` if a person was named who can help; about the notice's
    #: task, like all the next
    BLOCKED = "blocked"
    #: ``by``, ``note``, ``owner`` of the task: the reader was named as the person who can help
    HELP_WANTED = "help wanted"
    #: ``by``, ``note``: the reader owns the work, and a person who was asked to help replies
    HELP_ANSWERED = "help answered"
    #: ``by``, ``note``: the reader owns the work and can go on, unless it is ``reviewed``
    UNBLOCKED = "unblocked"
    #: ``by``, ``did``: the verb, ``note``: the reader had the task, and another closed it
    CLOSED = "closed"
    #: ``by``, ``note``
    SENT_BACK = "sent back"
    #: ``by``, ``note``: the approver does not approve the new content of a finished document
    CONTENT_REFUSED = "content refused"
    #: ``by``, ``until``, ``missed`` and ``anchors``: the tasks and days that can no longer be kept;
    #: in older notices ``passes``: the days that the new due day passes
    EXTENDED = "extended"
    #: ``by``, ``note``, ``changes``: about the reader's own tasks
    EDITED = "edited"
    #: ``by``, ``granted``, ``due``, ``note``
    EXTENSION_ANSWERED = "extension answered"
    #: ``card`` and ``name`` of the competitor, ``review_on``, ``verified_on``, and ``wanted``: the
    #: change that it needs, if its keeper named one; like the next two with ``settled`` once it is:
    #: ``how``, and ``by``, the person
    CARD_DUE = "card due"
    #: the same, in notices of older versions
    CARD_STALE = "card stale"
    #: ``name`` of the competitor, ``claim``, ``quote`` of the line, ``by``, ``note``
    CARD_FLAGGED = "card flagged"
    #: ``name`` of the competitor, ``by``, ``note``: the change that it needs; ``claim`` and
    #: ``quote`` if that is one line
    CARD_CHANGE = "card change"
    #: ``claim`` by its reference, ``quote``, ``last_day``
    CLAIM_ENDED = "claim ended"
    #: ``kind`` and ``to`` of the notice that is dead, ``error``
    UNDELIVERED = "undelivered"
    #: ``kind`` and ``to`` of the message that cannot be edited any more, ``error``
    STUCK = "stuck"
    #: ``channel`` by its name; about the launch
    SHARED_CHANNEL = "shared channel"
    #: ``until`` that was asked for, ``due``, ``by`` who closed or moved the task
    EXTENSION_LAPSED = "extension lapsed"
    #: ``titles`` of the tasks whose documents cannot be written; about the launch
    NOT_WRITTEN = "not written"
    #: ``launch_on``, ``lands_on``, ``behind``: titles, owners and due days of the tasks that cannot
    #: be done in time, ``late``: the number of overdue ones; about the launch, like all the next
    AT_RISK = "at risk"
    #: ``product``, ``launch_on``, and ``launched_on`` if it was launched
    ON_TRACK = "on track"
    #: ``launch_on``: work that was due by then is open
    LAUNCH_DAY_PASSED = "launch day passed"
    #: ``gate``, ``day``, ``checks``: their titles
    GATE_PASSED = "gate passed"
    #: ``by``, ``gate``, ``checks``: their titles; the task of the notice is worked on again
    CHECK_REOPENED = "check reopened"
    #: ``gate``, ``check``, ``until``
    WAIVER_ENDED = "waiver ended"


#: the events about a card, for the person who keeps it
CARDS = (NewsEvent.CARD_DUE, NewsEvent.CARD_STALE, NewsEvent.CARD_FLAGGED)


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of news and their reader: all that a line of a digest is written from."""

    facts: Mapping[str, object]
    #: the title of the task that the news are about, empty without one
    title: str
    reader: Reader

    def fact(self, key: str) -> str:
        """Return a fact as text, empty without it."""
        value = self.facts.get(key)
        return "" if value is None else str(value)

    def on(self, key: str) -> str:
        """Return a day as ``Thu 4 Feb``, never with its year."""
        found = iso_day(self.facts.get(key))
        return weekday(found) if found else "?"

    @property
    def quoted(self) -> str:
        """The title in quotes."""
        return quoted(self.title)

    @property
    def by(self) -> str:
        """The name of the person who acted."""
        return self.reader.name(self.fact("by"))

    @property
    def because(self) -> str:
        """The note, to follow a sentence."""
        note = self.fact("note")
        return f": {note}" if note else ""

    @property
    def why(self) -> str:
        """The note in brackets, to follow the words that it explains."""
        return bracketed(self.fact("note"))


@dataclass(frozen=True, slots=True)
class News(Told):
    """A notice of news, with the launch as it is now and the reader."""

    notice: Notice
    launch: LaunchView

    @classmethod
    def of(cls, notice: Notice, launch: LaunchView, reader: Reader) -> News:
        """Read a notice; its task has the title that it had when the notice was filed.

        In older notices and in those that ask for something it has the one of now, or its key if
        the launch no longer has it.
        """
        key = notice.task
        task = launch.task(key) if key else None
        written = notice.facts.get("title")
        title = task.title if task else key or "?"
        if isinstance(written, str) and not (notice.asks and task):
            title = written
        return cls(notice.facts, title, reader, notice, launch)


def bracketed(note: str) -> str:
    """A reason in brackets, after a space; empty without one."""
    said = cut(clean(note), LONG).rstrip(".") if note.strip() else ""
    return f" ({said})" if said else ""


def weekday(when: date) -> str:
    """Write a day as ``Thu 4 Feb``, never with its year."""
    return day(when, today=when)
