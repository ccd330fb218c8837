"""The reviews of cards in the launch room: a card still holds, or needs a change."""

from __future__ import annotations

from dataclasses import replace

from launch_kits import verbs
from launch_kits.database.records import LaunchStatus
from launch_kits.room.asked import Redirect, RoomRequest
from launch_kits.room.page import act
from launch_kits.room.returning import said_of
from launch_kits.verbs import changing
from launch_kits.verbs.card_reviews import card_subject, find_card
from launch_kits.verbs.permissions import Actor, Door, Verb, Via, may
from launch_kits.verbs.transaction import reading
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.room_pages import HERE

__all__ = ["CHANGE", "VERIFIED", "may_review"]

PATH = "/launches/{launch}/cards/{card}"


def may_review(asked: RoomRequest, context: MessageContext) -> bool:
    """Whether the visitor may say that the card of the address holds; raises NotFound."""
    email = asked.visitor.email
    if email is None or context.view.status != LaunchStatus.RUNNING:
        return False
    with reading(asked.room.store, asked.slug, now=asked.now) as change:
        card, _ = find_card(change, asked.names["card"])
        subject = replace(card_subject(change, card), away=change.away)
    actor = Actor(context.spelled(email), Via(Door.ROOM))
    return may(actor, Verb.VERIFY, subject) is None


def _verified(asked: RoomRequest) -> Redirect:
    """Say that a card still holds as it is."""
    return _done(asked, wanted=None)


def _change(asked: RoomRequest) -> Redirect:
    """Name the change that a card needs."""
    return _done(asked, wanted=asked.field("note"))


def _done(asked: RoomRequest, *, wanted: str | None) -> Redirect:
    context = asked.context()
    card = asked.names["card"]
    by = context.spelled(asked.email)
    with changing(asked.room.store, asked.slug, now=asked.now) as change:
        if wanted is None:
            outcome = verbs.verify_card(change, asked.slug, card, by=by, now=asked.now)
        else:
            outcome = verbs.name_card_change(
                change, asked.slug, card, by=by, note=wanted, now=asked.now
            )
    changed = asked.slug if outcome.changed else None
    said = said_of(asked, context, outcome)
    return Redirect(HERE.card(asked.slug, card), said=said, changed=changed)


VERIFIED = act(f"{PATH}/verified")(_verified)
CHANGE = act(f"{PATH}/change")(_change)
