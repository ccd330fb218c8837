"""Answers of the desk on their way into the brief's FAQ: proposed, added by the lead, or not."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.claims.doubtable import doubtable_line
from launch_kits.database.records import (
    EventVerb,
    FaqStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    Question,
)
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.brief_parts import Faq
from launch_kits.inputs.ledger import Claim, Kind
from launch_kits.inputs.links import is_web_link
from launch_kits.inputs.source import Source
from launch_kits.verbs.advance import settle
from launch_kits.verbs.desk_answers import question_subject
from launch_kits.verbs.desk_rows import find_question, launch_of_question
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.transaction import Change, changing
from launch_kits.verbs.update import revise
from launch_kits.views.answer_sources import shown_source

__all__ = ["add_to_faq", "can_be_proposed", "decline_faq", "propose_for_faq"]


def propose_for_faq(
    store: Store | Change, number: int, *, by: str | None = None, now: datetime
) -> Outcome:
    """Propose an answer of the desk as an entry of the brief's FAQ; the lead is asked.

    Those who may answer the question may. Raises Refused for a question without an answer of a
    person, or an answer whose source is neither a link nor a claim; NotYours, NotFound.
    """
    with changing(store, launch_of_question(store, number), now=now) as change:
        change.must_not_be_cancelled()
        question = find_question(change, number)
        by = change.actor(by, question.owner)
        change.must(by, Verb.ANSWER_QUESTION, question_subject(change, question))
        _entry(change, question)
        if question.faq in (FaqStatus.PROPOSED, FaqStatus.ADDED):
            message = f"question {number} is {question.faq} already"
            return Outcome(changed=False, message=message)
        question.faq = FaqStatus.PROPOSED
        question.faq_by = by
        change.session.add(question)
        change.record(EventVerb.PROPOSE, by=by, note=question.text, question=number)
        facts = {
            "id": number,
            "faq": True,
            "question": question.text,
            "answer": question.answer,
            "source": shown_source(question.source, change.brief, today=change.today),
            "by": by,
        }
        change.tell(NoticeKind.QUESTION, change.lead, facts=facts)
        decides = change.away.reached(change.lead)
        settle(change)
    return Outcome(
        changed=True,
        message=f"question {number} is proposed for the FAQ; {decides} decides",
    )


def add_to_faq(
    store: Store | Change,
    number: int,
    *,
    by: str | None = None,
    audience: Audience = Audience.INTERNAL,
    now: datetime,
) -> Outcome:
    """Add a proposed answer to the FAQ of the launch's brief, as `update` would.

    Only the lead may. Raises Refused if it was not proposed, or the launch has ended; NotYours,
    NotFound.
    """
    with changing(store, launch_of_question(store, number), now=now) as change:
        question, by = _decided(change, number, by)
        if question.faq == FaqStatus.ADDED:
            return Outcome(changed=False, message=f"question {number} is in the FAQ")
        entry = _entry(change, question).model_copy(update={"audience": audience})
        brief = change.brief
        changed = Brief.kept(
            brief.model_copy(update={"faq": (*brief.faq, entry)}).model_dump(
                mode="json", by_alias=True
            )
        )
        note = f"FAQ: {question.text}"
        revise(change, change.launch.slug, changed, by=by, now=now, note=note)
        _close(change, question, FaqStatus.ADDED, by=by)
    return Outcome(
        changed=True,
        message=f"question {number} is in the FAQ, for {audience} readers; "
        "add it to the brief's file too, or the next `update` takes it out",
    )


def decline_faq(
    store: Store | Change, number: int, *, by: str | None = None, now: datetime
) -> Outcome:
    """Leave a proposed answer out of the FAQ; only the lead may.

    Raises Refused if it was not proposed; NotYours, NotFound.
    """
    with changing(store, launch_of_question(store, number), now=now) as change:
        question, by = _decided(change, number, by)
        if question.faq != FaqStatus.PROPOSED:
            message = f"question {number} is {question.faq} already"
            return Outcome(changed=False, message=message)
        change.record(EventVerb.DECLINE, by=by, note=question.text, question=number)
        _close(change, question, FaqStatus.DECLINED, by=by)
        settle(change)
    return Outcome(changed=True, message=f"question {number} stays out of the FAQ")


def can_be_proposed(question: Question, brief: Brief) -> bool:
    """Whether an answer may be proposed: a person gave it, with a source to print.

    ``brief`` is that of the launch: a source that is no link is one of its claims.
    """
    source = question.source or ""
    return question.answered_by is not None and (
        is_web_link(source) or _is_claim(brief, source)
    )


def _entry(change: Change, question: Question) -> Faq:
    """The entry of the FAQ; raises Refused if there is none to make."""
    if question.answer is None or question.answered_by is None:
        raise Refused(f"question {question.id} has no answer of a person yet")
    source = question.source or ""
    texts = {"ask": question.text, "answer": question.answer}
    if is_web_link(source):
        day = change.day(question.answered_at)
        return Faq(**texts, source=Source(url=source, as_of=f"{day}"))
    if _is_claim(change.brief, source):
        return Faq(**texts, proof=(source,))
    raise Refused(
        f"question {question.id} has no source that the FAQ can print; "
        "answer it again with a link to its source, or with the reference of a claim"
    )


def _is_claim(brief: Brief, ref: str) -> bool:
    """Whether a text is the reference of a claim with a source."""
    line = doubtable_line(brief, ref)
    claim = line.stated if line else None
    return (
        isinstance(claim, Claim) and bool(claim.src) and claim.kind is not Kind.UNKNOWN
    )


def _decided(change: Change, number: int, by: str | None) -> tuple[Question, str]:
    """The question that the lead decides on, and the lead's spelling."""
    question = find_question(change, number)
    by = change.actor(by, change.lead)
    change.must(by, Verb.UPDATE)
    if question.faq is None:
        raise Refused(f"question {number} was not proposed for the FAQ")
    return question, by


def _close(change: Change, question: Question, status: FaqStatus, *, by: str) -> None:
    """Record the lead's decision, close the lead's message, and tell who proposed it."""
    question.faq = status
    change.session.add(question)
    query = select(Notice).where(
        Notice.launch == change.launch.slug, col(Notice.kind) == NoticeKind.QUESTION
    )
    for notice in change.session.exec(query).all():
        if notice.facts.get("faq") and notice.facts.get("id") == question.id:
            if notice.status == NoticeStatus.PENDING:
                notice.status = NoticeStatus.DROPPED
                notice.error = f"it is {status}"
            notice.facts = {**notice.facts, "decided": status, "decided_by": by}
            change.session.add(notice)
    change.session.flush()
    slug = change.launch.slug
    outbox.outdate(change.session, launch=slug, kinds=[NoticeKind.QUESTION])
    if question.faq_by and question.faq_by != by:
        facts = {
            "id": question.id,
            "faq": status,
            "question": question.text,
            "by": by,
        }
        change.tell(NoticeKind.ANSWER, question.faq_by, facts=facts)
