"""The answer desk: questions of sellers, answered at once if the answer is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from launch_kits.claims.doubtable import is_faq
from launch_kits.claims.known_answers import KnownAnswer, best_answer
from launch_kits.database.records import CardUse, CardUseKind, EventVerb, Question
from launch_kits.database.store import Store
from launch_kits.verbs.advance import settle
from launch_kits.verbs.desk_answers import question_subject
from launch_kits.verbs.desk_clock import (
    due_at,
    look_at_questions,
    tell_of_question,
)
from launch_kits.verbs.desk_rows import (
    find_question,
    launch_of_question,
    write_documents,
    written,
)
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.desk import known_answers

__all__ = ["Asked", "ask", "ask_anyway", "open_question"]


@dataclass(frozen=True, slots=True)
class Asked(Outcome):
    """The outcome of a question: its number, and the answer if it is known."""

    id: int = 0
    known: KnownAnswer | None = None
    owner: str = ""
    due_at: datetime | None = None


def ask(
    store: Store | Change,
    slug: str,
    text: str,
    *,
    by: str,
    now: datetime,
    anyway: bool = False,
) -> Asked:
    """Ask the answer desk of a launch.

    A question that is like one whose sourced answer is known is answered at once; ``anyway`` asks
    a person all the same. A question that the same person asked before and that is still open is
    not asked twice. Raises Refused for an empty or a very long text or a cancelled launch,
    NotFound.
    """
    asked = written(text, "question")
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        by = change.actor(by, by)
        change.must(by, Verb.ASK)
        earlier = _asked_before(change, asked, by)
        if earlier is not None:
            return _open_outcome(earlier, changed=False)
        known = None
        if not anyway:
            answers = known_answers(change.session, slug, change.brief, now=now)
            known = best_answer(asked, answers)
        if known is None:
            question = open_question(change, asked, by=by, owner=_desk(change))
            return _open_outcome(question, changed=True)
        return _answered_at_once(change, asked, known, by=by)


def _answered_at_once(
    change: Change, asked: str, known: KnownAnswer, *, by: str
) -> Asked:
    """Keep a question with its known answer; one of the FAQ is counted as used."""
    question = _row(change, asked, by=by, owner=_desk(change))
    question.answer = known.says
    question.source = known.source
    question.answered_at = change.now
    change.session.add(question)
    if is_faq(known.ref):
        change.session.add(
            CardUse(
                launch=change.launch.slug,
                card=known.ref,
                kind=CardUseKind.OPENED,
                by=by,
                at=change.now,
            )
        )
    change.session.flush()
    change.record(
        EventVerb.ASK, by=by, note=asked, question=question.id, known=known.ref
    )
    settle(change)
    return Asked(
        changed=True,
        message=f"question {question.id} is answered from {known.place}: {known.says}",
        id=question.id,
        known=known,
        owner=question.owner,
    )


def ask_anyway(store: Store | Change, number: int, *, by: str, now: datetime) -> Asked:
    """Ask a person the question that was answered automatically.

    Raises NotYours if another person asked it, NotFound.
    """
    with changing(store, launch_of_question(store, number), now=now) as change:
        change.must_not_be_cancelled()
        question = find_question(change, number)
        by = change.actor(by, by)
        change.must(by, Verb.ASK_ANYWAY, question_subject(change, question))
        if question.answered_at is None or question.answered_by is not None:
            return _open_outcome(question, changed=False)
        question.answer = question.source = question.answered_at = None
        question.due_at = due_at(change, question.owner)
        _put_to_owner(change, question, by=by)
        return _open_outcome(question, changed=True)


def open_question(
    change: Change, text: str, *, by: str, owner: str, about: str | None = None
) -> Question:
    """Put a question to a person, with a clock; tell them and the launch's channel."""
    question = _row(change, text, by=by, owner=owner)
    question.about = about
    change.session.add(question)
    change.session.flush()
    _put_to_owner(change, question, by=by)
    return question


def _put_to_owner(change: Change, question: Question, *, by: str) -> None:
    question.reminded = 0
    change.session.add(question)
    change.record(EventVerb.ASK, by=by, note=question.text, question=question.id)
    tell_of_question(change, question)
    write_documents(change, about=question.about)
    settle(change)
    look = look_at_questions(change)
    launch = change.launch
    if look is not None and (launch.look_at is None or look < launch.look_at):
        launch.look_at = look
        change.session.add(launch)


def _desk(change: Change) -> str:
    """The person who answers questions of sellers."""
    return change.brief.holder(change.brief.kit_in_place.answered_by).email


def _row(change: Change, text: str, *, by: str, owner: str) -> Question:
    return Question(
        launch=change.launch.slug,
        asked_by=by,
        asked_at=change.now,
        text=text,
        owner=owner,
        due_at=due_at(change, owner),
    )


def _asked_before(change: Change, text: str, by: str) -> Question | None:
    query = select(Question).where(
        Question.launch == change.launch.slug,
        Question.asked_by == by,
        Question.text == text,
        col(Question.answered_at).is_(None),
    )
    return change.session.exec(query).first()


def _open_outcome(question: Question, *, changed: bool) -> Asked:
    word = "is asked" if changed else "is open"
    return Asked(
        changed=changed,
        message=f"question {question.id} {word}; {question.owner} answers "
        f"by {question.due_at.isoformat(timespec='minutes')}",
        id=question.id,
        owner=question.owner,
        due_at=question.due_at,
    )
