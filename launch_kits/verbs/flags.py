"""The flags of a card's lines that are not settled, and the news of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from launch_kits.claims.doubtable import is_faq
from launch_kits.database.records import (
    CardUse,
    CardUseKind,
    Notice,
    NoticeKind,
    NoticeStatus,
    Question,
)
from launch_kits.verbs.transaction import Change
from launch_kits.views.doubted import ENOUGH
from launch_kits.views.notices.news_events import NewsEvent

__all__ = [
    "card_of",
    "flags_of",
    "is_conceded",
    "is_questioned",
    "news_of_cards",
    "reasons_of",
    "settle_flag_news",
]


def flags_of(change: Change, claim: str) -> Sequence[CardUse]:
    """The flags of a claim, by its reference, that its owner has not answered; oldest first."""
    query = select(CardUse).where(
        CardUse.launch == change.launch.slug,
        CardUse.kind == CardUseKind.FLAGGED,
        CardUse.claim == claim,
        col(CardUse.settled_at).is_(None),
    )
    return change.session.exec(query.order_by(col(CardUse.id))).all()


def is_questioned(change: Change, claim: str) -> bool:
    """Whether a question about a claim is open: several people doubt it."""
    query = select(Question.id).where(
        Question.launch == change.launch.slug,
        Question.about == claim,
        col(Question.answered_at).is_(None),
    )
    return change.session.exec(query).first() is not None


def is_conceded(change: Change, claim: str) -> bool:
    """Whether the owner of a claim has said that it is wrong, and it is not changed yet.

    Their word is a flag beside those of others, about which no question is open.
    """
    several = len(flags_of(change, claim)) >= ENOUGH
    return several and not is_questioned(change, claim)


def reasons_of(change: Change, claim: str) -> list[dict[str, str | None]]:
    """The people who doubt a claim, each with their ``note``, as facts of a notice."""
    return [{"by": each.by, "note": each.note} for each in flags_of(change, claim)]


def card_of(change: Change, claim: str) -> str:
    """The name of the competitor whose card has a claim, by its reference.

    Empty for an entry of the FAQ.
    """
    if is_faq(claim):
        return ""
    key = claim.partition(".")[0]
    names = {each.key: each.name for each in change.brief.competitors()}
    return names.get(key, key)


def news_of_cards(change: Change, events: Iterable[NewsEvent]) -> Sequence[Notice]:
    """The news of some events about cards whose reader may still have something to do."""
    reaching = (NoticeStatus.PENDING, NoticeStatus.SENDING, NoticeStatus.SENT)
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        Notice.kind == NoticeKind.NEWS,
        col(Notice.status).in_(reaching),
    )
    wanted = frozenset(events)
    found = change.session.exec(query.order_by(col(Notice.key))).all()
    return [
        each
        for each in found
        if each.facts.get("event") in wanted and "settled" not in each.facts
    ]


def settle_flag_news(change: Change, claim: str, **settled: str) -> None:
    """End the messages to the owner of a card about a doubted line.

    ``claim`` is its reference. ``settled`` are the facts that say ``how``, and who did it, ``by``.
    """
    for notice in news_of_cards(change, [NewsEvent.CARD_FLAGGED]):
        if notice.facts.get("claim") == claim:
            notice.facts = {**notice.facts, "settled": settled}
            change.session.add(notice)
