"""The reviews of cards: a card still holds as it is, or something in it has to change."""

from __future__ import annotations

from datetime import datetime

from launch_kits.database.records import EventVerb, NoticeKind
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, suggest
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.positioning import Alternative
from launch_kits.verbs.advance import settle
from launch_kits.verbs.cards import write_again
from launch_kits.verbs.desk_clock import people_of
from launch_kits.verbs.desk_rows import written
from launch_kits.verbs.flags import news_of_cards
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb, VerbSubject
from launch_kits.verbs.settled_cards import REVIEWS, settle_ledgers, verified
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.card_keepers import line_owner
from launch_kits.views.notices.news_events import NewsEvent
from launch_kits.views.notices.text import shorten

__all__ = [
    "card_subject",
    "find_card",
    "name_card_change",
    "tell_lead_of_card",
    "verify_card",
]


def verify_card(
    store: Store | Change, slug: str, card: str, *, by: str | None = None, now: datetime
) -> Outcome:
    """Say that a card still holds as it is: its ledger counts as verified today.

    ``card`` is the key of its competitor. Its owner may, their backup, manager and the lead.
    Documents are written again. Raises Refused for a launch that has ended; NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_run()
        found, ledger = find_card(change, card)
        subject = card_subject(change, found)
        by = change.actor(by, str(subject.owner))
        change.must(by, Verb.VERIFY, subject)
        if ledger.card.verified_on >= change.today:
            message = f"{subject.title} was reviewed today already"
            return Outcome(changed=False, message=message)
        old = change.brief
        change.go_on_from(verified(old, {card: change.today}))
        settle_ledgers(change, old, by=by)
        note = f"{subject.title} was reviewed and still holds"
        change.record(
            EventVerb.UPDATE, by=by, note=note, fields=["positioning"], card=card
        )
        write_again(change)
        settle(change)
        due = find_card(change, card)[1].card.next_review_on
    return Outcome(
        changed=True,
        message=f"{subject.title} counts as reviewed today; the next review is due by {due}; "
        f"write `verified_on: {change.today}` into its ledger, too",
    )


def name_card_change(
    store: Store | Change,
    slug: str,
    card: str,
    *,
    by: str | None = None,
    note: str,
    now: datetime,
) -> Outcome:
    """Name the change that a card needs; the lead, who updates the launch, is told.

    The review stays open until the ledger has another day. Those who may verify the card may.
    Raises Refused for a launch that has ended, and an empty note; NotYours, NotFound.
    """
    reason = written(note, "note")
    with changing(store, slug, now=now) as change:
        change.must_run()
        found, _ = find_card(change, card)
        subject = card_subject(change, found)
        by = change.actor(by, str(subject.owner))
        change.must(by, Verb.VERIFY, subject)
        change.record(
            EventVerb.NOTE,
            by=by,
            note=f"{subject.title} has to change: {reason}",
            card=card,
        )
        for notice in news_of_cards(change, REVIEWS):
            if notice.facts.get("card") == card:
                notice.facts = {**notice.facts, "wanted": reason}
                change.session.add(notice)
        told = tell_lead_of_card(change, found.name, by=by, note=reason)
        settle(change)
    if told is None:
        done = "the review ends once you update the launch with the changed ledger"
        return Outcome(changed=True, message=f"noted; {done}")
    return Outcome(
        changed=True, message=f"{told} is told the change that {subject.title} needs"
    )


def tell_lead_of_card(
    change: Change,
    name: str,
    *,
    by: str,
    note: str,
    claim: str | None = None,
    quote: str | None = None,
) -> str | None:
    """Tell the lead the change that a card needs, and return who hears of it.

    ``name`` is the competitor's, empty for the FAQ; ``claim`` and ``quote`` are the line, if it is
    one. Returns None if the lead says so.
    """
    if by.casefold() == change.lead.casefold():
        return None
    facts = {
        "event": NewsEvent.CARD_CHANGE,
        "name": name,
        "claim": claim,
        "quote": quote,
        "by": by,
        "note": note,
    }
    change.tell(NoticeKind.NEWS, change.lead, facts=facts)
    return change.away.reached(change.lead)


def find_card(change: Change, card: str) -> tuple[Alternative, Ledger]:
    """Return a competitor with a ledger by its key; raises NotFound."""
    found = {each.key: each for each in change.brief.competitors() if each.ledger}
    alternative = found.get(card)
    if alternative is None or alternative.ledger is None:
        hint = suggest(card, found) or "; `launch-kits cards` lists them"
        raise NotFound(f'launch "{change.launch.slug}" has no card "{card}"{hint}')
    return alternative, alternative.ledger


def card_subject(change: Change, card: Alternative) -> VerbSubject:
    """The people who answer for a card."""
    owner = line_owner(change.brief, change.tasks.values(), card.key)
    people = people_of(change, owner)
    return VerbSubject(
        name=card.key,
        title=f"the card on {shorten(card.name)}",
        lead=change.lead,
        owner=owner,
        backup=people["backup"],
        manager=people["manager"],
    )
