"""The answer desk's questions as documents print them."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from launch_kits.database.records import FaqStatus, Question
from launch_kits.documents.facts import DeskEntry
from launch_kits.inputs.brief import Brief
from launch_kits.views.answer_sources import answer_sources

__all__ = ["desk_entries"]

#: entries in a document; the newest of the answers are kept
MOST = 100


def desk_entries(
    session: Session, slug: str, brief: Brief, *, now: datetime
) -> tuple[DeskEntry, ...]:
    """The open questions of sellers, then the answers of people that the FAQ does not have.

    Days are in the time zone of the launch.
    """
    query = select(Question).where(
        Question.launch == slug, col(Question.about).is_(None)
    )
    rows = session.exec(query.order_by(col(Question.id))).all()
    is_open = [row for row in rows if row.answered_at is None]
    answered = [
        row
        for row in reversed(rows)
        if row.answered_by is not None and row.faq != FaqStatus.ADDED
    ]
    today = now.astimezone(brief.zone()).date()
    return tuple(
        _entry(row, brief, today=today) for row in [*is_open, *answered][:MOST]
    )


def _entry(row: Question, brief: Brief, *, today: date) -> DeskEntry:
    email = row.answered_by or row.owner
    person = brief.person(email)
    on = (row.answered_at or row.due_at).astimezone(brief.zone()).date()
    sources = answer_sources(row.source or "", brief, on=on, today=today)
    return DeskEntry(
        question=row.text,
        answer=row.answer,
        sources=sources,
        stated="" if sources else row.source or "",
        by=person.name if person else email,
        on=on,
    )
