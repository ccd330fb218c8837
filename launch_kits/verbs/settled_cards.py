"""Doubted lines and reviews of cards that are settled: their messages end, and people hear why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import col, select

from launch_kits.claims.doubtable import DoubtableLine, doubtable_line, is_faq
from launch_kits.database.records import (
    CardUse,
    CardUseKind,
    NoticeKind,
)
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.ledger import Claim, Ledger
from launch_kits.verbs.desk_answers import answer_about, settle_flags, tell_askers
from launch_kits.verbs.flags import news_of_cards, settle_flag_news
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["REVIEWS", "keep_reviews", "settle_ledgers", "verified"]

#: the events that ask for the review of a card
REVIEWS = (NewsEvent.CARD_DUE, NewsEvent.CARD_STALE)


def verified(brief: Brief, on: Mapping[str, date]) -> Brief:
    """The brief with other days on which ledgers were verified, by the keys of their cards."""
    if not on:
        return brief
    whole = brief.model_dump(mode="json", by_alias=True)
    for each in whole["positioning"]["alternatives"]:
        if each["key"] in on:
            each["claims"]["card"]["verified_on"] = on[each["key"]].isoformat()
    return Brief.kept(whole)


def keep_reviews(old: Brief, new: Brief) -> Brief:
    """Another brief of a launch, with the reviews of cards that its files do not know of.

    A ledger that says the same as before, but was verified on an earlier day, keeps the later one.
    """
    before = _ledgers(old)
    later = {}
    for key, ledger in _ledgers(new).items():
        known = before.get(key)
        if known is None or known.card.verified_on <= ledger.card.verified_on:
            continue
        day = {"verified_on": known.card.verified_on}
        same = ledger.model_copy(update={"card": ledger.card.model_copy(update=day)})
        if same == known:
            later[key] = known.card.verified_on
    return verified(new, later)


def settle_ledgers(change: Change, old: Brief, *, by: str) -> None:
    """End the reviews and doubts that a new brief settles.

    A card whose ledger says that it was verified anew is reviewed. A doubted line that is written
    otherwise, or is not there any more, is not doubted any more: those who doubted it hear that.
    """
    now = _ledgers(change.brief)
    for notice in news_of_cards(change, REVIEWS):
        ledger = now.get(str(notice.facts.get("card")))
        verified_on = ledger.card.verified_on.isoformat() if ledger else None
        if verified_on != notice.facts.get("verified_on"):
            how = {"how": "reviewed" if ledger else "gone", "by": by}
            notice.facts = {**notice.facts, "settled": how}
            change.session.add(notice)
    for ref in _flagged(change):
        line = _line(change.brief, ref)
        said = _line(old, ref)
        if said is not None and (line is None or line.stated != said.stated):
            _settle_line(change, ref, line, said=said, by=by)


def _settle_line(
    change: Change,
    ref: str,
    line: DoubtableLine | None,
    *,
    said: DoubtableLine,
    by: str,
) -> None:
    """Answer the doubt about a line by its new words."""
    answer = _now_says(line, said)
    settle_flag_news(change, ref, how="changed" if line else "taken out", by=by)
    question = answer_about(change, ref, by=by, answer=answer)
    if question is not None:
        tell_askers(change, question)
        return
    # one person alone doubts it, so it was never put to the owner as a question
    facts = {"question": said.text, "answer": answer, "by": by, "about": ref}
    for person in settle_flags(change, ref):
        if person != by:
            change.tell(NoticeKind.ANSWER, person, facts=facts)


def _now_says(line: DoubtableLine | None, said: DoubtableLine) -> str:
    noun, on = ("entry", "in the FAQ") if is_faq(said.ref) else ("line", "on the card")
    if line is None:
        return f"the {noun} is not {on} any more"
    if line.text == said.text:
        return f"the {noun} stays, and its sources or details were changed"
    place = on.partition(" ")[2]
    return f'{place} says now: "{line.text}"'


def _flagged(change: Change) -> Sequence[str]:
    """The references of the lines with flags that are not settled."""
    query = select(CardUse.claim).where(
        CardUse.launch == change.launch.slug,
        CardUse.kind == CardUseKind.FLAGGED,
        col(CardUse.settled_at).is_(None),
    )
    return sorted({str(claim) for claim in change.session.exec(query).all()})


def _ledgers(brief: Brief) -> dict[str, Ledger]:
    return {each.key: each.ledger for each in brief.competitors() if each.ledger}


def _line(brief: Brief, ref: str) -> DoubtableLine | None:
    """A line by its reference; None if it is gone or superseded."""
    line = doubtable_line(brief, ref)
    superseded = line and isinstance(line.stated, Claim) and line.stated.superseded_by
    return None if superseded else line
