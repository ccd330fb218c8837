"""The answer desk's questions as documents print them."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from launch_kits.claims.lines import Cited
from launch_kits.claims.proofs import prove
from launch_kits.database.records import FaqStatus, Question
from launch_kits.documents.facts import DeskEntry
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.links import is_web_link

__all__ = ["desk_entries", "shown_source"]

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


def shown_source(source: str | None, brief: Brief, *, today: date) -> str:
    """Return the source of an answer as people read it; empty without one.

    A reference of a claim becomes the addresses of the claim's sources, or no source if it has
    none; all else stays as it was written.
    """
    cited = _sources(source or "", brief, on=today, today=today)
    if cited:
        return ", ".join(dict.fromkeys(each.url for each in cited))
    return "" if source and _is_claim(source, brief) else source or ""


def _is_claim(source: str, brief: Brief) -> bool:
    """Whether a text is the reference of a claim, such as one that was taken out."""
    key, dot, claim = source.partition(".")
    known = (each.key for each in brief.positioning.alternatives)
    return bool(dot and claim) and " " not in source and key in known


def _entry(row: Question, brief: Brief, *, today: date) -> DeskEntry:
    email = row.answered_by or row.owner
    person = brief.person(email)
    on = (row.answered_at or row.due_at).astimezone(brief.zone()).date()
    sources = _sources(row.source or "", brief, on=on, today=today)
    return DeskEntry(
        question=row.text,
        answer=row.answer,
        sources=sources,
        stated="" if sources else row.source or "",
        by=person.name if person else email,
        on=on,
    )


def _sources(source: str, brief: Brief, *, on: date, today: date) -> tuple[Cited, ...]:
    """The source of an answer: a link as of the answer's day, or those of a claim."""
    if is_web_link(source):
        return (Cited(source, None, None, None, f"{on}", None, stale=False),)
    reader = Audience.INTERNAL
    proofs = prove(brief, (source,), today=today, reader=reader) if source else ()
    return tuple(each for proof in proofs if proof.line for each in proof.line.sources)
