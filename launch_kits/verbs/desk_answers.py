"""Answers to the questions of sellers, told to those who asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.database.records import (
    CardUse,
    CardUseKind,
    EventVerb,
    NoticeKind,
    NoticeStatus,
    Question,
)
from launch_kits.database.store import Store
from launch_kits.verbs.advance import settle
from launch_kits.verbs.desk_clock import notices_of_question, people_of
from launch_kits.verbs.desk_rows import (
    find_question,
    launch_of_question,
    write_documents,
    written,
)
from launch_kits.verbs.flags import flags_of, settle_flag_news
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb, VerbSubject
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.answer_sources import shown_source
from launch_kits.views.notices.text import quoted

__all__ = [
    "AnswerGiven",
    "answer",
    "answer_about",
    "close_notices",
    "doubters",
    "question_subject",
    "settle_flags",
    "tell_askers",
]


@dataclass(frozen=True, slots=True)
class AnswerGiven(Outcome):
    """The outcome of an answer: the people who hear of it, by email."""

    told: tuple[str, ...] = ()


def answer(
    store: Store | Change,
    number: int,
    *,
    text: str,
    source: str | None = None,
    by: str | None = None,
    now: datetime,
) -> AnswerGiven:
    """Answer a question; the person who asked is told, and so is the launch's channel.

    Its owner may, their backup, manager and the lead. An answer may be corrected. Without a
    source it says so. Raises Refused for an empty or a very long text or a cancelled launch,
    NotYours, NotFound.
    """
    said = written(text, "answer")
    stated = written(source, "source") if source and source.strip() else None
    with changing(store, launch_of_question(store, number), now=now) as change:
        change.must_not_be_cancelled()
        question = find_question(change, number)
        by = change.actor(by, question.owner)
        change.must(by, Verb.ANSWER_QUESTION, question_subject(change, question))
        if (question.answer, question.source) == (
            said,
            stated,
        ) and question.answered_by:
            message = f"question {number} has this answer already"
            return AnswerGiven(changed=False, message=message)
        before = question.answered_at
        question.answer = said
        question.source = stated
        question.answered_by = by
        question.answered_at = now
        change.session.add(question)
        change.record(
            EventVerb.ANSWER, by=by, note=said, question=number, source=stated
        )
        close_notices(change, question, corrected=before is not None)
        if question.about is not None:
            settle_flag_news(change, question.about, how="answered", by=by)
        told = tell_askers(change, question, corrected=before)
        write_documents(change, about=question.about)
        settle(change)
    hears = f"; {', '.join(told)} will hear of it" if told else ""
    return AnswerGiven(
        changed=True,
        message=f"question {number} is answered{hears}",
        told=tuple(told),
        warnings=() if stated else (f"question {number} has no source for its answer",),
    )


def question_subject(change: Change, question: Question) -> VerbSubject:
    """The people who may answer a question."""
    people = people_of(change, question.owner)
    return VerbSubject(
        name=f"question {question.id}",
        title=quoted(question.text),
        lead=change.lead,
        owner=question.owner,
        author=question.asked_by,
        backup=people["backup"],
        manager=people["manager"],
    )


def answer_about(change: Change, ref: str, *, by: str, answer: str) -> Question | None:
    """Answer the open question about a line of a card, by its reference, if there is one.

    Its askers are told by the caller.
    """
    query = select(Question).where(
        Question.launch == change.launch.slug,
        Question.about == ref,
        col(Question.answered_at).is_(None),
    )
    question = change.session.exec(query).first()
    if question is not None:
        question.answer = answer
        question.answered_by = by
        question.answered_at = change.now
        change.session.add(question)
        close_notices(change, question)
    return question


def close_notices(
    change: Change, question: Question, *, corrected: bool = False
) -> None:
    """Write the answer into the messages that ask for it, and take back unsent ones."""
    for notice in notices_of_question(change, question.id):
        if notice.status == NoticeStatus.PENDING and "@" in notice.to:
            notice.status = NoticeStatus.DROPPED
            notice.error = "answered"
        notice.facts = {
            **notice.facts,
            "answer": question.answer,
            "source": _shown_source(change, question),
            "answered_by": question.answered_by,
            "corrected": corrected,
        }
        change.session.add(notice)
    change.session.flush()
    outbox.outdate(
        change.session, launch=change.launch.slug, kinds=[NoticeKind.QUESTION]
    )


def tell_askers(
    change: Change, question: Question, *, corrected: datetime | None = None
) -> list[str]:
    """Tell the person who asked, and those who doubted the claim; returns them.

    ``corrected`` is the instant of the answer that this one corrects: who heard that one hears
    this one, too.
    """
    people = [question.asked_by]
    if question.about is not None:
        people += doubters(change, question.about, settled_at=corrected)
        people += settle_flags(change, question.about)
    people = [each for each in dict.fromkeys(people) if each != question.answered_by]
    facts = {
        "id": question.id,
        "question": question.text,
        "answer": question.answer,
        "source": _shown_source(change, question),
        "by": question.answered_by,
        "about": question.about,
        "corrected": corrected is not None,
    }
    for person in people:
        change.tell(NoticeKind.ANSWER, person, facts=facts)
    return people


def _shown_source(change: Change, question: Question) -> str:
    return shown_source(question.source, change.brief, today=change.today)


def settle_flags(change: Change, claim: str) -> list[str]:
    """Settle the flags of a claim; returns the people who set them."""
    flags = flags_of(change, claim)
    for flag in flags:
        flag.settled_at = change.now
        change.session.add(flag)
    return [flag.by for flag in flags]


def doubters(
    change: Change, claim: str, *, settled_at: datetime | None
) -> Sequence[str]:
    """The people whose flags of a claim an answer settled, by its instant."""
    if settled_at is None:
        return ()
    query = select(CardUse.by).where(
        CardUse.launch == change.launch.slug,
        CardUse.kind == CardUseKind.FLAGGED,
        CardUse.claim == claim,
        CardUse.settled_at == settled_at,
    )
    return change.session.exec(query.order_by(col(CardUse.id))).all()
