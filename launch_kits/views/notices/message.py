"""A message as every channel can render it: values, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.views.answer_kinds import ToDecide
from launch_kits.workdays.in_words import count

__all__ = ["Action", "Item", "ItemGroup", "NoticeMessage", "Row", "Subject"]


@dataclass(frozen=True, slots=True)
class Action:
    """A thing that the reader can do next."""

    #: the verb behind it, such as ``begin``
    name: str
    label: str
    #: ``primary`` for the usual answer, ``danger`` for a refusal
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A label of ours and a value of the launch, which may hold any characters."""

    label: str
    #: a line each
    value: Sequence[str]
    #: whether a line that is a web address becomes a link
    link: bool = False
    #: the web address that the only line of the value links to
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The task that the actions of a message are about."""

    launch: str
    #: its key; empty if they are about the checks of the launch
    task: str
    #: the day that is asked for, if the question is about more time
    until: date | None = None
    #: the reference of the line, if a question of the answer desk is about one
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a list, about a task that the reader can act on."""

    text: str
    subject: Subject | None = None
    #: whether the reader is only to know of it, since it is the work of others
    others: bool = False
    #: the answer that the reader owes, if they are asked for one
    ask: ToDecide | None = None
    #: email of the absent person in whose place the reader acts
    instead_of: str | None = None
    #: whether it tells of planned days that can no longer be kept
    passed: bool = False
    #: whether the sentence of the message says it already
    told: bool = False
    #: those that the reader may take now
    actions: Sequence[Action] = ()
    #: the address of the reader's own message about it
    link: str | None = None


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """A title and its lines."""

    title: str
    items: Sequence[Item]
    #: lines that were left out
    more: int = 0

    @property
    def rest(self) -> str:
        """The lines that were left out, counted: ``and 3 more tasks``; empty if there are none."""
        tasks = all(
            item.ask is None and item.subject is not None and item.subject.task
            for item in self.items
        )
        if not self.more:
            return ""
        return f"and {count(self.more, 'more task') if tasks else f'{self.more} more'}"

    @property
    def told(self) -> bool:
        """Whether the sentence of the message says all of it."""
        return not self.more and all(item.told for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeMessage:
    """The parts of a message, of which only the sentence is needed.

    A message is read in this order: the sentence, or the headline instead of it; paragraphs,
    lists, facts below them, actions, rows, the note. No part is escaped or cut to the limits of a
    channel: its renderer does that.
    """

    #: names on its own the act that is wanted and its day: in a notification, in a subject line,
    #: on the console, and as the first line of the message
    sentence: str
    #: a title that the message shows instead of its sentence
    headline: str | None = None
    #: facts that a reader needs before they act
    paragraphs: Sequence[str] = ()
    #: lists, each line with its own actions
    groups: Sequence[ItemGroup] = ()
    #: facts to know, after the lists
    below: Sequence[str] = ()
    actions: Sequence[Action] = ()
    rows: Sequence[Row] = ()
    #: small print
    note: str | None = None
    #: given if there are actions
    subject: Subject | None = None
