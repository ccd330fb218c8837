"""The launches that concern a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import String, cast
from sqlmodel import Session, and_, col, func, or_, select

from launch_kits.database.records import (
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    Question,
    Task,
)

__all__ = ["launches_concerning"]


def launches_concerning(session: Session, email: str) -> Sequence[str]:
    """The running launches in which a person has work or a message, or is of the team.

    Launches that are done concern them as long as a question of sellers, or new content of a
    document, waits for an answer. Capitals of the email make no difference.
    """
    person = email.lower()
    at_work = select(Task.launch).where(
        or_(
            func.lower(col(Task.owner)) == person,
            func.lower(col(Task.approver)) == person,
            func.lower(col(Task.in_hands_of)) == person,
        )
    )
    told = select(Notice.launch).where(func.lower(col(Notice.to)) == person)
    # the brief is JSON, whose text holds the email of each person of the team
    named = cast(col(Launch.brief), String).icontains(person, autoescape=True)
    concerned = or_(col(Launch.slug).in_(at_work), col(Launch.slug).in_(told), named)
    asked = select(Question.launch).where(col(Question.answered_at).is_(None))
    changed = select(Notice.launch).where(
        Notice.kind == NoticeKind.REVIEW,
        col(Notice.closed).is_(None),
        col(Notice.status).in_([NoticeStatus.SENT, NoticeStatus.PENDING]),
    )
    waiting = or_(col(Launch.slug).in_(asked), col(Launch.slug).in_(changed))
    open_still = or_(
        Launch.status == LaunchStatus.RUNNING,
        and_(Launch.status == LaunchStatus.DONE, waiting),
    )
    query = select(Launch.slug).where(concerned, open_still)
    return session.exec(query.order_by(Launch.slug)).all()
