"""Lines that people doubt, and the act that upholds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from launch_kits import verbs
from launch_kits.claims.doubtable import of_entry
from launch_kits.errors import NotFound
from launch_kits.room.asked import Redirect, RoomRequest
from launch_kits.room.page import act
from launch_kits.room.returning import said_of
from launch_kits.verbs import Outcome, changing
from launch_kits.verbs.card_flags import find_line, line_subject
from launch_kits.verbs.permissions import Actor, Door, Verb, Via, may
from launch_kits.verbs.transaction import reading
from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.decision_text import asked_text
from launch_kits.views.notices.text import quoted, stopped
from launch_kits.views.room_pages import HERE
from launch_kits.views.whole_cards import whole_cards

__all__ = [
    "HOLDS",
    "IS_WRONG",
    "DoubtedLine",
    "doubted_lines",
    "line_texts",
    "said_of_line",
]


@dataclass(frozen=True, slots=True)
class DoubtedLine:
    """A line that one person called wrong, as the visitor reads it."""

    ref: str
    #: key of the card, or the reference of the FAQ's entry
    card: str
    sentence: str
    #: whether the visitor may say that it holds
    upholds: bool


def line_texts(context: MessageContext) -> dict[str, str]:
    """The texts of all lines, by their references."""
    lines = {
        line.ref: line.text
        for card in whole_cards(context.brief, today=context.view.today)
        for found in card.sections.values()
        for line in found
    }
    return lines | {each.ref: each.text for each in map(of_entry, context.brief.faq)}


def doubted_lines(asked: RoomRequest, context: MessageContext) -> Iterator[DoubtedLine]:
    """The lines that one person called wrong."""
    email = asked.visitor.email
    actor = Actor(context.spelled(email), Via(Door.ROOM)) if email else None
    flags = [each for each in context.view.asks if each.wanted is AnswerKind.FLAG]
    if not flags:
        return
    with reading(asked.room.store, asked.slug, now=asked.now) as change:
        for each in flags:
            subject = replace(line_subject(change, each.key), away=change.away)
            may_act = actor and may(actor, Verb.ANSWER_QUESTION, subject) is None
            yield DoubtedLine(
                each.key,
                find_line(change, each.key).card,
                stopped(asked_text(each, asked.reader(context))),
                upholds=bool(may_act),
            )


def said_of_line(
    asked: RoomRequest, context: MessageContext, outcome: Outcome, ref: str
) -> str:
    """The outcome in words, which quote the line."""
    text = line_texts(context).get(ref)
    named = outcome.message.replace(ref, quoted(text) if text else "the line")
    return said_of(asked, context, replace(outcome, message=named))


def _holds(asked: RoomRequest) -> Redirect:
    """Say why a doubted line holds."""
    return _answered(asked, verbs.uphold)


def _is_wrong(asked: RoomRequest) -> Redirect:
    """Say why a doubted line is wrong indeed."""
    return _answered(asked, verbs.concede)


def _answered(asked: RoomRequest, verb: Callable[..., Outcome]) -> Redirect:
    context = asked.context()
    ref = asked.field("ref")
    if ref.partition(".")[0] != asked.names["card"].partition(".")[0]:
        raise NotFound("this card has no such line; load the page again")
    with changing(asked.room.store, asked.slug, now=asked.now) as change:
        outcome = verb(
            change,
            asked.slug,
            ref,
            by=context.spelled(asked.email),
            note=asked.field("note"),
            now=asked.now,
        )
    said = said_of_line(asked, context, outcome, ref)
    return Redirect(HERE.cards(asked.slug), said=said, changed=asked.slug)


HOLDS = act("/launches/{launch}/cards/{card}/holds")(_holds)
IS_WRONG = act("/launches/{launch}/cards/{card}/is_wrong")(_is_wrong)
