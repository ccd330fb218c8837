"""The events of Slack that the app works on: kept before they are acknowledged, and done once.

https://docs.slack.dev/apis/events-api
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from launch_kits import outbox
from launch_kits.database.records import NoticeKind, SlackUser
from launch_kits.slack.api.transport import Reply, part
from launch_kits.slack.inbound.members import has_changed
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.inbound.thread_replies import is_reply, on_reply
from launch_kits.slack.inbound.unfurls import is_link, on_link
from launch_kits.slack.outbound import token_stop
from launch_kits.slack.outbound.canvases import look_again
from launch_kits.slack.outbound.dead_letters import DELETED_TWICE, tell_of_stuck

__all__ = ["EVENTS", "HEARD", "EventRoute", "deleted_ts", "key_of", "route_of"]

SlackEvent: TypeAlias = Reply

#: an organisation joins a channel, or leaves it
SHARING = ("channel_shared", "channel_unshared")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EventRoute:
    """A kind of event, and the work on it."""

    #: Slack's type of the event
    type: str
    #: whether an event of the type is one of this kind; it reads, and asks Slack for nothing
    wanted: Callable[[SlackSession, SlackEvent], bool]
    work: Callable[[SlackSession, SlackEvent], None]
    #: whether it is a deed of a person, who must be a full member of the workspace
    personal: bool = True


def route_of(slack: SlackSession, event: SlackEvent) -> EventRoute | None:
    """The work on an event; None if it is none of ours."""
    found = (route for route in EVENTS if route.type == event.get("type"))
    return next((route for route in found if route.wanted(slack, event)), None)


def deleted_ts(event: SlackEvent) -> str | None:
    """The ``ts`` of a message that a person deleted; None for any other event.

    Slack tells of a message that others answer as a change into a tombstone.
    """
    subtype = event.get("subtype")
    message = part(event, "message")
    found: object = None
    if subtype == "message_deleted":
        found = event.get("deleted_ts") or part(event, "previous_message").get("ts")
    elif subtype == "message_changed" and message.get("subtype") == "tombstone":
        found = message.get("ts")
    return found if isinstance(found, str) and found else None


def _is_ours(slack: SlackSession, event: SlackEvent) -> bool:
    """Whether an event tells that a message of a notice was deleted."""
    ts = deleted_ts(event)
    channel = event.get("channel")
    if ts is None or not isinstance(channel, str):
        return False
    with slack.store.read() as session:
        return outbox.find_at(session, channel, ts) is not None


def _on_deleted(slack: SlackSession, event: SlackEvent) -> None:
    """Let a message that a person deleted be posted once more, within hours.

    The lead is told of one that was posted again before and stays away now.
    """
    place = (str(event.get("channel")), str(deleted_ts(event)))
    now = slack.now()
    with slack.store.read() as session:
        notice = outbox.find_at(session, *place)
    context = slack.context(notice.launch) if notice is not None else None
    with slack.store.write() as session:
        slack.mark(session)
        notice = outbox.find_at(session, *place)
        if notice is None or context is None:
            return
        wanted = notice.closed is None and notice.living
        again = outbox.post_again(session, notice.key, now=now)
        if wanted and not again:
            tell_of_stuck(session, notice, context, error=DELETED_TWICE, now=now)
    slack.later(notice.launch)


def _launches_in(slack: SlackSession, event: SlackEvent) -> Sequence[str]:
    """The launches whose channel an event is about."""
    channel = event.get("channel")
    if not isinstance(channel, str):
        return []
    with slack.store.read() as session:
        return outbox.launches_in(session, channel)


def _on_shared(slack: SlackSession, event: SlackEvent) -> None:
    """Let the next delivery look whether another organisation can read the pages there."""
    launches = _launches_in(slack, event)
    with slack.store.write() as session:
        slack.mark(session)
        look_again(session, launches)
        for launch in launches:
            outbox.outdate(session, launch=launch, kinds=[NoticeKind.HEADLINE])
    for launch in launches:
        slack.later(launch)


def _is_of_bots(_: SlackSession, event: SlackEvent) -> bool:
    """Whether bot tokens were revoked; the app has one alone."""
    return bool(part(event, "tokens").get("bot"))


def _on_revoked(slack: SlackSession, _: SlackEvent) -> None:
    """Leave Slack alone for a while: it refuses the token."""
    _log.error(
        "Slack has revoked the token: set SLACK_BOT_TOKEN to the bot token of an installed app"
    )
    with slack.store.write() as session:
        slack.mark(session)
        token_stop.stop(session, slack.web.client.token or "", now=slack.now())


def _is_known_and_changed(slack: SlackSession, event: SlackEvent) -> bool:
    """Whether a person who is kept has another profile, or another part in the workspace."""
    found = part(event, "user")
    with slack.store.read() as session:
        known = session.get(SlackUser, str(found.get("id")))
    return known is not None and has_changed(known, found)


def _on_user_change(slack: SlackSession, event: SlackEvent) -> None:
    """Ask for the person anew: events may come late, and in another order."""
    slack.admission.look_again(str(part(event, "user").get("id")))
    with slack.store.write() as session:
        slack.mark(session)


#: the first that wants an event works on it
EVENTS: tuple[EventRoute, ...] = (
    EventRoute("message", wanted=_is_ours, work=_on_deleted, personal=False),
    EventRoute("message", wanted=is_reply, work=on_reply),
    EventRoute("link_shared", wanted=is_link, work=on_link, personal=False),
    EventRoute("tokens_revoked", wanted=_is_of_bots, work=_on_revoked, personal=False),
    *(
        EventRoute(
            kind,
            wanted=lambda slack, event: bool(_launches_in(slack, event)),
            work=_on_shared,
            personal=False,
        )
        for kind in SHARING
    ),
    EventRoute(
        "user_change",
        wanted=_is_known_and_changed,
        work=_on_user_change,
        personal=False,
    ),
)

#: the types of event that the app hears; those without work are only acknowledged
HEARD = (
    "channel_rename",
    *SHARING,
    "group_rename",
    "link_shared",
    "message",
    "tokens_revoked",
    "user_change",
)


def key_of(body: Mapping[str, object]) -> str | None:
    """The key by which an event is known again; None if Slack names none."""
    found = body.get("event_id")
    return f"event:{found}" if isinstance(found, str) and found else None
