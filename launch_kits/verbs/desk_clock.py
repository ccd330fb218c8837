"""The clock of the answer desk: who hears of an open question, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.database.records import Notice, NoticeKind, NoticeStatus, Question
from launch_kits.verbs.transaction import Change
from launch_kits.workdays.working_time import after_working_hours

__all__ = [
    "due_at",
    "look_at_questions",
    "notices_of_question",
    "people_of",
    "remind_of_questions",
    "tell_of_question",
]

#: the part of the time for an answer that lies between two steps of the ladder
STEP = 0.5


def due_at(change: Change, owner: str) -> datetime:
    """The instant at which an answer to a question asked now is due.

    It counts the hours of the owner, or of the person who acts for them.
    """
    hours = change.hours_of(change.away.reached(owner))
    return after_working_hours(hours, change.now, _within(change))


def _within(change: Change) -> float:
    """The working hours for an answer: the brief's, else the kit's."""
    return change.brief.answer_within or change.brief.kit_in_place.answer_within


def people_of(change: Change, owner: str) -> dict[str, str | None]:
    """The backup, the manager and the lead behind the owner of a question, by email."""
    brief = change.brief
    person = brief.person(owner)
    found: dict[str, str | None] = {"backup": None, "manager": None}
    if person is not None:
        for part in ("backup", "manager"):
            role = getattr(person, part)
            found[part] = brief.team[role].email if role else None
    return {**found, "lead": brief.lead.email}


def tell_of_question(change: Change, question: Question) -> None:
    """Tell the person who is to answer, and the launch's channel.

    The channel hears nothing of doubts about a claim.
    """
    channel = [] if question.about else [f"#{change.brief.slack_channel}"]
    for to in [question.owner, *channel]:
        _tell(change, question, to, occasion=str(question.id), part="answer")


def remind_of_questions(change: Change) -> None:
    """Remind of the questions that are overdue, step by step up the ladder.

    Of several steps that were missed only the last is told.
    """
    for question in _open(change):
        ladder = _ladder(change, question)
        passed = sum(at <= change.now for _, at in ladder)
        if passed > question.reminded:
            to = ladder[passed - 1][0]
            part = "late" if to == question.owner else "help"
            _close_earlier(change, question, to)
            _tell(
                change, question, to, occasion=f"{question.id}-late-{passed}", part=part
            )
            question.reminded = passed
            change.session.add(question)


def look_at_questions(change: Change) -> datetime | None:
    """The next instant at which a step of a ladder is due; None if there is none."""
    instants = [
        at
        for question in _open(change)
        for _, at in _ladder(change, question)[question.reminded :][:1]
    ]
    return min(instants, default=None)


def notices_of_question(change: Change, number: int) -> list[Notice]:
    """The notices that ask for an answer to a question."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug, Notice.kind == NoticeKind.QUESTION
    )
    found = change.session.exec(query.order_by(col(Notice.filed_at))).all()
    return [
        each
        for each in found
        if each.facts.get("id") == number and "faq" not in each.facts
    ]


def _open(change: Change) -> Sequence[Question]:
    query = select(Question).where(
        Question.launch == change.launch.slug, col(Question.answered_at).is_(None)
    )
    return change.session.exec(query.order_by(col(Question.id))).all()


def _ladder(change: Change, question: Question) -> list[tuple[str, datetime]]:
    """The people who hear that an answer is late, each with the instant.

    The owner when it is due; the backup, the manager and the lead in steps of half the time for an
    answer, in the owner's working hours.
    """
    behind = people_of(change, question.owner).values()
    people = list(dict.fromkeys([question.owner, *filter(None, behind)]))
    hours = change.hours_of(question.owner)
    step = _within(change) * STEP
    return [
        (to, after_working_hours(hours, question.due_at, step * number))
        for number, to in enumerate(people)
    ]


def _tell(
    change: Change, question: Question, to: str, *, occasion: str, part: str
) -> None:
    facts: dict[str, Any] = {
        "id": question.id,
        "part": part,
        "question": question.text,
        "by": question.asked_by,
        "owner": question.owner,
        "due_at": question.due_at.isoformat(),
        "about": question.about,
    }
    change.tell(NoticeKind.QUESTION, to, occasion=occasion, facts=facts)


def _close_earlier(change: Change, question: Question, to: str) -> None:
    """Close the messages about a question that a newer one to the same person replaces."""
    for notice in notices_of_question(change, question.id):
        if notice.to == to:
            if notice.status == NoticeStatus.PENDING:
                notice.status = NoticeStatus.DROPPED
                notice.error = "a newer reminder says more"
            notice.facts = {**notice.facts, "replaced": True}
            change.session.add(notice)
    change.session.flush()
    outbox.outdate(
        change.session, launch=change.launch.slug, kinds=[NoticeKind.QUESTION]
    )
