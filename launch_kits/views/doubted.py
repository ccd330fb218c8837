"""Lines of cards and entries of the FAQ that are in doubt."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col, func, select

from launch_kits.claims.lines import Mark
from launch_kits.claims.questioned import NO_DOUBTS
from launch_kits.database.records import CardUse, CardUseKind, Question

__all__ = ["ENOUGH", "questioned_claims", "questioned_in"]

#: people who find a line wrong until it is marked
ENOUGH = 2


def questioned_in(session: Session, slug: str) -> Mapping[str, Mark]:
    """The marks of doubted claims of a launch, until they are answered for or changed.

    Returns the reference of each → its mark.
    """
    return questioned_claims(session, slug).get(slug, NO_DOUBTS)


def questioned_claims(
    session: Session, slug: str | None = None
) -> Mapping[str, Mapping[str, Mark]]:
    """The marks of claims in doubt by their references, by launch: of one, or of all.

    Several people doubt them, and a question to their owner is open; or their owner says as well
    that they are wrong.
    """
    asked = select(Question.launch, Question.about).where(
        col(Question.about).is_not(None), col(Question.answered_at).is_(None)
    )
    flagged = (
        select(CardUse.launch, CardUse.claim)
        .where(
            CardUse.kind == CardUseKind.FLAGGED,
            col(CardUse.settled_at).is_(None),
        )
        .group_by(col(CardUse.launch), col(CardUse.claim))
        .having(func.count() >= ENOUGH)
    )
    if slug is not None:
        asked = asked.where(Question.launch == slug)
        flagged = flagged.where(CardUse.launch == slug)
    found: dict[str, dict[str, Mark]] = {}
    for query, mark in ((flagged, Mark.WRONG), (asked, Mark.QUESTIONED)):
        for launch, ref in session.exec(query).all():
            found.setdefault(launch, {})[str(ref)] = mark
    return found
