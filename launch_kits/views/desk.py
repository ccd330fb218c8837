"""The answer desk as people see it: questions with their states and answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from launch_kits.claims.known_answers import KnownAnswer, card_answers, faq_answers
from launch_kits.database.queries import find_launch
from launch_kits.database.records import Launch, LaunchStatus, Question
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.views.answer_sources import shown_source
from launch_kits.views.doubted import questioned_in

__all__ = [
    "DeskLine",
    "QuestionStatus",
    "known_answers",
    "read_desk",
    "status_of",
]


class QuestionStatus(StrEnum):
    """The state of a question, computed when it is read."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A question of a launch, as it is at an instant."""

    launch: str
    row: Question
    status: QuestionStatus

    @property
    def automatic(self) -> bool:
        """Whether it was answered by a known answer, not by a person."""
        return self.status is QuestionStatus.ANSWERED and self.row.answered_by is None


def status_of(question: Question, *, now: datetime) -> QuestionStatus:
    """The state of a question at an instant, which is aware."""
    if question.answered_at is not None:
        return QuestionStatus.ANSWERED
    late = now > question.due_at
    return QuestionStatus.OVERDUE if late else QuestionStatus.OPEN


def read_desk(
    session: Session, slug: str | None = None, *, now: datetime
) -> list[DeskLine]:
    """Read the questions of a launch, or of all that are not cancelled.

    Open ones come first, those due soonest at the top; then the answered ones, newest first.
    Raises NotFound.
    """
    query = select(Question)
    if slug is not None:
        find_launch(session, slug)
        query = query.where(Question.launch == slug)
    else:
        going = select(Launch.slug).where(Launch.status != LaunchStatus.CANCELLED)
        query = query.where(col(Question.launch).in_(going))
    rows = session.exec(query.order_by(col(Question.id))).all()
    is_open = [row for row in rows if row.answered_at is None]
    is_open.sort(key=lambda row: (row.due_at, row.id))
    answered = [row for row in reversed(rows) if row.answered_at is not None]
    return [
        DeskLine(row.launch, row, status_of(row, now=now))
        for row in [*is_open, *answered]
    ]


def known_answers(
    session: Session, slug: str, brief: Brief, *, now: datetime
) -> Sequence[KnownAnswer]:
    """The sourced answers that colleagues may be given at once.

    They are those of the FAQ, of the answer desk, and of the cards, in this order; claims in doubt
    are left out.
    """
    today = now.astimezone(brief.zone()).date()
    questioned = questioned_in(session, slug)
    inside = Audience.INTERNAL
    found = [
        *faq_answers(brief, today=today, reader=inside, questioned=questioned),
        *_desk_answers(session, slug, brief, today=today),
    ]
    for alternative in brief.competitors():
        found += card_answers(
            alternative, today=today, reader=inside, questioned=questioned
        )
    return [each for each in found if each.sourced]


def _desk_answers(
    session: Session, slug: str, brief: Brief, *, today: date
) -> Iterator[KnownAnswer]:
    """The sourced answers that people gave to questions of sellers, newest first."""
    query = select(Question).where(
        Question.launch == slug,
        col(Question.answered_by).is_not(None),
        col(Question.source).is_not(None),
        col(Question.about).is_(None),
    )
    for row in session.exec(
        query.order_by(col(Question.answered_at).desc(), col(Question.id).desc())
    ).all():
        yield KnownAnswer(
            ref=f"question.{row.id}",
            asks=row.text,
            says=row.answer or "",
            place="the answer desk",
            stated=shown_source(row.source, brief, today=today),
        )
