"""An answer or help that a launch waits for, and the person who owes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal, assert_never

from launch_kits.database.records import Notice

__all__ = ["AnswerKind", "AnswerSubject", "ToDecide", "place_of", "subject_of"]


class AnswerKind(StrEnum):
    """The answer that is wanted, in the order in which answers are listed."""

    #: ``until``: the day asked for
    MORE_TIME = "more time"
    #: a person has to remove the reason
    BLOCKED = "blocked"
    #: the work that was handed in
    REVIEW = "review"
    #: the new content of an approved document; ``notice``: the question
    CONTENT = "content"
    #: ``until``: the last day of the waiver; ``checks``: the title of the check
    WAIVER = "waiver"
    #: ``checks``: titles of checks whose work is done, or that are open after the gate's day
    GATE = "gate"
    #: a go or no-go that can be decided now
    DECISION = "decision"
    #: a go or no-go whose turn has not come
    DECISION_AHEAD = "decision ahead"
    #: a question to the answer desk, whose text is the title
    QUESTION = "question"
    #: a line of a card that people doubt, whose text is the title
    DOUBT = "doubt"
    #: an answer of the desk that is proposed for the FAQ; the title is its question
    FAQ = "faq"
    #: a task of another person that is overdue; ``notice``: the call
    HELP = "help"
    #: a blocked task of another person, who named the reader as the person who can help
    UNBLOCK = "unblock"
    #: a battlecard whose review is due; the title is the name on it
    CARD = "card"
    #: a line of a card that a person called wrong; the title is the line
    FLAG = "flag"


#: the subject of an answer: a task by its key, or one of the others; a line is one of a card
AnswerSubject = Literal["task", "gate", "card", "line", "question"]


def subject_of(kind: AnswerKind) -> AnswerSubject:
    """Return the subject of an answer of a kind."""
    match kind:
        case (
            AnswerKind.MORE_TIME
            | AnswerKind.BLOCKED
            | AnswerKind.REVIEW
            | AnswerKind.CONTENT
            | AnswerKind.DECISION
            | AnswerKind.DECISION_AHEAD
            | AnswerKind.HELP
            | AnswerKind.UNBLOCK
        ):
            return "task"
        case AnswerKind.GATE | AnswerKind.WAIVER:
            return "gate"
        case AnswerKind.CARD:
            return "card"
        case AnswerKind.FLAG:
            return "line"
        case AnswerKind.QUESTION | AnswerKind.DOUBT | AnswerKind.FAQ:
            return "question"
        case _:
            assert_never(kind)


def place_of(wanted: AnswerKind, due: date | None, *, today: date) -> date:
    """Return the day by which a list sorts an answer.

    Nothing waits for the review of a card: one that is overdue follows the work due today.
    """
    if wanted is AnswerKind.CARD and due is not None and due <= today:
        return today + timedelta(1)
    return due or date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDecide:
    """A decision, another answer, or help: its subject, and who owes it."""

    wanted: AnswerKind
    #: email of the person whose answer is awaited, their deputy while they are away
    who: str
    #: of the task or the gate, else the words that it is about
    title: str
    #: key of the task, or of the gate's stage; the number of a question; else the claim or the card
    key: str
    #: the name of the task's owner, or of the person a question was put to
    owner: str | None = None
    due: date | None = None
    #: the instant at which an answer of the desk is due
    due_at: datetime | None = None
    #: whether that instant is over, and its clock has told so
    late: bool = False
    until: date | None = None
    #: the reason that a person gave
    why: str | None = None
    checks: tuple[str, ...] = ()
    #: email of the absent person in whose place `who` answers
    instead_of: str | None = None
    #: the message that asks for it, if it has facts that the records do not have
    notice: Notice | None = field(default=None, compare=False, repr=False)

    @property
    def about_task(self) -> bool:
        """Whether the key is that of a task."""
        return subject_of(self.wanted) == "task"

    @property
    def identity(self) -> tuple[str, str, str]:
        """Its kind, its key, and the check or day that tells it from others of them."""
        which = ",".join(self.checks) if self.wanted is AnswerKind.WAIVER else ""
        return str(self.wanted), self.key, which or str(self.until or "")
