"""Work Objects of the launch room's pages: for a channel, and for the person who opens one.

https://docs.slack.dev/reference/events/entity_details_requested
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from launch_kits import verbs
from launch_kits.database.records import CardUseKind
from launch_kits.errors import NotFound, NotYours
from launch_kits.slack.api.faults import SlackFault
from launch_kits.slack.api.transport import Reply, part
from launch_kits.slack.inbound.admission import Unknown
from launch_kits.slack.inbound.seller_reader import reader_of
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.card import WORDS
from launch_kits.slack.messages.details import latest_events
from launch_kits.slack.messages.work_objects import (
    WorkObject,
    card_object,
    launch_object,
    task_object,
)
from launch_kits.views.cards import read_card
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.personal_queue import task_notice_of
from launch_kits.views.room_links import RoomPlace, read_link
from launch_kits.views.room_pages import RoomPages

__all__ = ["DETAILS_WANTED", "object_of", "present"]

#: Slack's event when a person opens a Work Object
DETAILS_WANTED = "entity_details_requested"

_log = logging.getLogger(__name__)


def object_of(
    place: RoomPlace, context: MessageContext, *, now: datetime
) -> WorkObject | None:
    """The Work Object of a page for the launch's channel; None if it is about nothing known."""
    pages = context.room
    if pages is None:
        return None
    channel = f"#{context.view.channel}"
    if not place.key:
        reader = context.reader(channel, now=now)
        return launch_object(context.view, pages, reader=reader, now=now)
    if place.page == "cards":
        names = {each.key: each.name for each in context.brief.competitors()}
        name = names.get(place.key)
        return (
            card_object(context.view, pages, place.key, name, now=now) if name else None
        )
    told = task_notice_of(context, place.key, to=channel, now=now)
    return task_object(told, pages, now=now) if told else None


def present(slack: SlackSession, body: Mapping[str, object]) -> None:
    """Show a person the Work Object that they opened, or why they may not; raises nothing.

    They see the same as by `/launch task` and `/launch card`.
    """
    event = part(body, "event")
    answer: dict[str, object]
    try:
        slack.admit(str(event.get("user")), body)
        answer = {"metadata": _opened(slack, event).details()}
    except (NotYours, Unknown) as error:
        _log.info("not shown: %s", error)
        answer = {"error": {"status": "restricted"}}
    except NotFound as error:
        _log.info("not shown: %s", error)
        answer = {"error": {"status": "not_found"}}
    except Exception:  # noqa: BLE001  a fault of ours: the user sees that there was one, the log the details
        _log.exception("a Work Object could not be opened")
        answer = {"error": {"status": "internal_error"}}
    try:
        trigger = event.get("trigger_id")
        slack.web.send("entity.presentDetails", trigger_id=trigger, **answer)
    except SlackFault as fault:
        _log.warning("a Work Object was not shown: %s", fault)


def _opened(slack: SlackSession, event: Reply) -> WorkObject:
    """The whole of what a person opened; raises LaunchKitsError."""
    user = str(event.get("user"))
    email = slack.email(user)
    place = read_link(str(event.get("entity_url")), base=slack.settings.url)
    context = slack.context(place.launch) if place else None
    pages = context.room if context else None
    if place is None or context is None or pages is None:
        raise NotFound("the address is none of the launch room")
    now = slack.now()
    if not place.key:
        reader = reader_of(context, slack.member(user), now=now)
        return launch_object(context.view, pages, reader=reader, now=now, whole=True)
    if place.page == "cards":
        return _card(slack, context, pages, place.key, email)
    told = task_notice_of(context, place.key, to=context.spelled(email), now=now)
    if told is None:
        raise NotFound("the launch has no such task any more")
    with slack.store.read() as session:
        events = latest_events(session, place.launch, place.key)
    return task_object(told, pages, now=now, events=events)


def _card(
    slack: SlackSession, context: MessageContext, pages: RoomPages, key: str, email: str
) -> WorkObject:
    """A card with its lines, counted as opened; raises NotFound."""
    launch = context.view
    now = slack.now()
    with slack.store.read() as session:
        card = read_card(session, launch.slug, key, now=now, words=WORDS)
    if card is None:
        raise NotFound("the launch has no such card any more")
    opened = CardUseKind.OPENED
    verbs.count_use(slack.store, launch.slug, key, opened, by=email, now=now)
    return card_object(launch, pages, key, card.front.name, now=now, card=card)
