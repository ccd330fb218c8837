"""The pages of the answer desk: questions with their answers, asked and answered by forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from launch_kits import verbs
from launch_kits.database.records import FaqStatus, LaunchStatus, Question
from launch_kits.errors import NotFound, Refused
from launch_kits.inputs.audience import Audience
from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.forms.acting import carry_out
from launch_kits.room.page import act, page
from launch_kits.verbs import Change, Outcome
from launch_kits.verbs.desk_answers import question_subject
from launch_kits.verbs.desk_rows import find_question
from launch_kits.verbs.faq_entries import can_be_proposed
from launch_kits.verbs.permissions import (
    Actor,
    Door,
    Verb,
    Via,
    launch_subject,
    may,
)
from launch_kits.verbs.transaction import reading
from launch_kits.views.desk import DeskLine, QuestionStatus, read_desk
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.room_pages import HERE
from launch_kits.views.teams import read_teams

__all__ = ["ACT", "ALL", "ASK", "DESK"]

PATH = "/launches/{launch}/desk"
#: questions that a page shows
MOST = 100


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as its reader reads it."""

    question: Question
    product: str
    #: `open`, `overdue`, `answered` or `automatic`
    state: str
    asked_by: str
    owner: str
    answered_by: str
    due_at: datetime
    #: key and name of the card whose line it doubts, and of the one whose line is its source
    doubts: tuple[str, str] | None = None
    proved_by: tuple[str, str] | None = None
    #: the names of the acts that the visitor may take
    acts: frozenset[str] = frozenset()


def _all(asked: RoomRequest) -> Shown:
    version = asked.room.launches.version()
    with asked.room.store.read() as session:
        lines = read_desk(session, now=asked.now)
        launches = read_teams(session)
    shown = lines[:MOST]
    contexts = {slug: asked.context(slug) for slug in {line.launch for line in shown}}
    values = {
        "rows": [_row(asked, line, contexts[line.launch]) for line in shown],
        "more": len(lines) - len(shown),
        "launches": launches,
        "live": ("*", version),
    }
    return Shown("desk_of_all.html", values)


def _desk(asked: RoomRequest) -> Shown:
    context = asked.context()
    view = context.view
    email = asked.visitor.email
    by = context.spelled(email) if email else None
    with asked.room.store.read() as session:
        lines = read_desk(session, asked.slug, now=asked.now)
    shown = lines[:MOST]
    acts: dict[int, frozenset[str]] = {}
    if by and view.status != LaunchStatus.CANCELLED:
        with reading(asked.room.store, asked.slug, now=asked.now) as change:
            acts = {each.row.id: frozenset(_acts(change, each, by)) for each in shown}
    values = {
        "view": view,
        "reader": asked.reader(context),
        "product": view.product,
        "rows": [_row(asked, each, context, acts=acts) for each in shown],
        "more": len(lines) - len(shown),
        "asks": view.status != LaunchStatus.CANCELLED,
        "words": asked.wanted("q"),
        "readers": [str(each) for each in Audience],
        "live": (view.slug, view.revision),
    }
    return Shown("desk.html", values)


def _row(
    asked: RoomRequest,
    line: DeskLine,
    context: MessageContext,
    *,
    acts: dict[int, frozenset[str]] | None = None,
) -> QuestionRow:
    reader = asked.reader(context)
    row = line.row
    return QuestionRow(
        question=row,
        product=context.view.product,
        state="automatic" if line.automatic else line.status.value,
        asked_by=reader.name(row.asked_by),
        owner=reader.name(row.owner),
        answered_by=reader.name(row.answered_by) if row.answered_by else "",
        due_at=row.due_at.astimezone(reader.zone),
        doubts=_card_of(row.about, context),
        proved_by=_card_of(row.source, context),
        acts=(acts or {}).get(row.id, frozenset()),
    )


def _card_of(ref: str | None, context: MessageContext) -> tuple[str, str] | None:
    """Key and name of the card that a reference of a claim belongs to; None for another text."""
    key, _, claim = (ref or "").partition(".")
    if not re.fullmatch(r"\w+", claim, re.ASCII):
        return None
    names = {each.key: each.name for each in context.brief.competitors()}
    return (key, names[key]) if key in names else None


def _acts(change: Change, line: DeskLine, by: str) -> Iterator[str]:
    """The acts on a question that fit it and that a person may take."""
    question = line.row
    actor = Actor(by, Via(Door.ROOM))
    subject = replace(question_subject(change, question), away=change.away)
    if line.automatic:
        if may(actor, Verb.ASK_ANYWAY, subject) is None:
            yield "anyway"
        return
    answers = may(actor, Verb.ANSWER_QUESTION, subject) is None
    if answers:
        yield "answer"
    if line.status is not QuestionStatus.ANSWERED:
        if answers and question.about:
            yield "wrong"
        return
    decided = question.faq in (FaqStatus.PROPOSED, FaqStatus.ADDED)
    if answers and not decided and can_be_proposed(question, change.brief):
        yield "propose"
    launch = change.launch
    subject = launch_subject(launch, lead=change.lead, away=change.away)
    leads = may(actor, Verb.UPDATE, subject) is None
    if leads and question.faq == FaqStatus.PROPOSED:
        yield from ("add", "decline")


def _ask(asked: RoomRequest) -> Redirect:
    """Ask the desk; a question whose sourced answer is known is answered at once."""
    return _done(
        asked,
        lambda change, by: verbs.ask(
            change, asked.slug, asked.field("question"), by=by, now=asked.now
        ),
    )


def _act(asked: RoomRequest) -> Redirect:
    """Answer a question, ask a person all the same, or take the answer on to the FAQ."""
    deed = _DEEDS.get(asked.names["deed"])
    number = asked.names["question"]
    if deed is None or not re.fullmatch(r"[0-9]{1,9}", number):
        raise NotFound("the answer desk has no such act; load the page again")
    return _done(asked, lambda change, by: deed(asked, change, int(number), by))


def _answer(asked: RoomRequest, change: Change, number: int, by: str) -> Outcome:
    return verbs.answer(
        change,
        number,
        text=asked.field("answer"),
        source=asked.field("source") or None,
        by=by,
        now=asked.now,
    )


def _wrong(asked: RoomRequest, change: Change, number: int, by: str) -> Outcome:
    ref = find_question(change, number).about
    if ref is None:
        raise NotFound("this question doubts no line; load the page again")
    outcome = verbs.concede(
        change, asked.slug, ref, by=by, note=asked.field("note"), now=asked.now
    )
    return replace(outcome, message=outcome.message.replace(ref, "the line"))


def _anyway(asked: RoomRequest, change: Change, number: int, by: str) -> Outcome:
    return verbs.ask_anyway(change, number, by=by, now=asked.now)


def _propose(asked: RoomRequest, change: Change, number: int, by: str) -> Outcome:
    return verbs.propose_for_faq(change, number, by=by, now=asked.now)


def _add(asked: RoomRequest, change: Change, number: int, by: str) -> Outcome:
    wanted = asked.field("audience") or Audience.INTERNAL
    if wanted not in {str(each) for each in Audience}:
        raise Refused("choose the readers of the entry")
    return verbs.add_to_faq(
        change, number, by=by, audience=Audience(wanted), now=asked.now
    )


def _decline(asked: RoomRequest, change: Change, number: int, by: str) -> Outcome:
    return verbs.decline_faq(change, number, by=by, now=asked.now)


def _done(asked: RoomRequest, deed: Callable[[Change, str], Outcome]) -> Redirect:
    return carry_out(asked, deed, back=HERE.desk(asked.slug))


_DEEDS: dict[str, Callable[[RoomRequest, Change, int, str], Outcome]] = {
    "answer": _answer,
    "wrong": _wrong,
    "anyway": _anyway,
    "propose": _propose,
    "add": _add,
    "decline": _decline,
}

ALL = page("/desk")(_all)
DESK = page(PATH, tab="Answer desk", position=4)(_desk)
ASK = act(PATH)(_ask)
ACT = act(f"{PATH}/{{question}}/{{deed}}")(_act)
