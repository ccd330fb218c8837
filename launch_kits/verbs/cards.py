"""Cards kept true.

An owner is told of a review before it is due, and an ended claim leaves every document.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlmodel import col, select

from launch_kits.claims.audit import endings
from launch_kits.database.records import (
    Event,
    EventVerb,
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
    TaskStatus,
)
from launch_kits.inputs.ledger import Card, Ledger
from launch_kits.inputs.positioning import Alternative
from launch_kits.verbs.transaction import SWEEP, Change
from launch_kits.views.asks import CARD_AHEAD
from launch_kits.views.card_keepers import card_keeper
from launch_kits.views.notices.news import NewsEvent

__all__ = ["keeper_of", "retire_claims", "tell_of_cards", "write_again"]


def tell_of_cards(change: Change) -> None:
    """Ask the owners of battlecards for reviews, once for each review date.

    The one message says from then on whether the review is overdue. It ends when an update gives
    the card a later date, or takes it out.
    """
    for alternative in change.brief.competitors():
        keeper = keeper_of(change, alternative)
        ledger = _ledger(alternative)
        card = ledger.card
        due = card.next_review_on
        if keeper is None or not ledger.sources:
            # without a source there is nothing to read again
            continue
        if change.today < due - CARD_AHEAD or _is_told(
            change, alternative.name, keeper.owner, due
        ):
            continue
        if _is_asked_by_another(change, alternative.name, keeper.owner, card):
            continue
        facts = {
            "event": NewsEvent.CARD_DUE,
            "card": alternative.key,
            "name": alternative.name,
            "review_on": due.isoformat(),
            "verified_on": card.verified_on.isoformat(),
        }
        change.tell(
            NoticeKind.NEWS,
            keeper.owner,
            task=keeper,
            occasion=f"card-{due}-soon",
            facts=facts,
        )


def _is_told(change: Change, name: str, keeper: str, due: date) -> bool:
    """Whether the keeper of the card on ``name``, or their deputy, was asked for its review.

    Older versions told once before the due day, and once after it.
    """
    wanted = (NewsEvent.CARD_DUE, NewsEvent.CARD_STALE)
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        Notice.kind == NoticeKind.NEWS,
        col(Notice.key).contains(f":card-{due}-"),
    )
    return any(
        each.facts.get("event") in wanted
        and each.facts.get("name") == name
        and keeper in (each.to, each.facts.get("for"))
        for each in change.session.exec(query).all()
    )


def _is_asked_by_another(change: Change, name: str, keeper: str, card: Card) -> bool:
    """Whether another running launch asked for the card's review.

    Once that review is done there, this launch asks, if its ledger is not updated by then.
    """
    running = select(Launch.slug).where(Launch.status == LaunchStatus.RUNNING)
    query = select(Notice).where(
        Notice.launch != change.launch.slug,
        col(Notice.launch).in_(running),
        Notice.kind == NoticeKind.NEWS,
        col(Notice.status).in_([NoticeStatus.PENDING, NoticeStatus.SENT]),
        col(Notice.key).contains(f":card-{card.next_review_on}-"),
    )
    return any(
        each.facts.get("event") == NewsEvent.CARD_DUE
        and each.facts.get("name") == name
        and each.facts.get("verified_on") == card.verified_on.isoformat()
        and "settled" not in each.facts
        and keeper in (each.to, each.facts.get("for"))
        for each in change.session.exec(query).all()
    )


def retire_claims(change: Change) -> None:
    """Have the documents written again if a claim has ended.

    This is done once for each claim that has ended since the launch began. The owner of its card,
    or the lead if there is no card, is told: documents handed out before still contain the claim.
    """
    opened = change.day(change.launch.opened_at)
    ended = [
        (alternative, each)
        for alternative in change.brief.competitors()
        for each in endings(_ledger(alternative), today=change.today, within=0)
        if each.ended
        and each.last_day is not None
        and opened is not None
        and each.last_day >= opened
    ]
    known = _retired(change) if ended else set()
    for alternative, each in ended:
        ref = f"{alternative.key}.{each.claim.id}"
        last_day = f"{each.last_day}"
        if (ref, last_day) not in known:
            change.record(
                EventVerb.EXPIRED,
                by=SWEEP,
                note=each.claim.text,
                claim=ref,
                last_day=last_day,
            )
            write_again(change)
            facts = {
                "event": NewsEvent.CLAIM_ENDED,
                "claim": ref,
                "quote": each.claim.text,
                "last_day": last_day,
            }
            keeper = keeper_of(change, alternative)
            owner = keeper.owner if keeper else change.lead
            occasion = f"claim-{ref}-{last_day}"
            change.tell(
                NoticeKind.NEWS,
                owner,
                task=keeper,
                occasion=occasion,
                facts=facts,
            )


def _retired(change: Change) -> set[tuple[str, str]]:
    """The claims whose end is on record, each with its last day."""
    query = select(Event).where(
        Event.launch == change.launch.slug, Event.verb == EventVerb.EXPIRED
    )
    return {
        (event.data["claim"], event.data["last_day"])
        for event in change.session.exec(query).all()
    }


def write_again(change: Change, *, templates: Collection[str] | None = None) -> None:
    """Have written documents made again: those of some templates, or all."""
    for task in change.tasks.values():
        if (
            task.document is not None
            and task.template is not None
            and task.status != TaskStatus.DROPPED
            and (templates is None or task.template in templates)
        ):
            task.document_owed_at = change.now
            change.session.add(task)


def keeper_of(change: Change, alternative: Alternative) -> Task | None:
    """The task whose owner keeps a competitor's card."""
    return card_keeper(change.tasks.values(), alternative.key)


def _ledger(alternative: Alternative) -> Ledger:
    if alternative.ledger is None:
        raise TypeError(
            f"the ledger of {alternative.key} is not in place: "
            "load the brief through `inputs.loading`"
        )
    return alternative.ledger
