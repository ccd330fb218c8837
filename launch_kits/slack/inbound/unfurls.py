"""Links to the launch room, previewed in the channel of the launch that they are about.

https://docs.slack.dev/messaging/unfurling-links-in-messages
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from launch_kits import outbox
from launch_kits.errors import LaunchKitsError
from launch_kits.slack.api.faults import NotAllowed, Rejected
from launch_kits.slack.api.transport import Reply, items, part
from launch_kits.slack.inbound.opened_objects import object_of
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.render import to_slack
from launch_kits.slack.outbound.directory import is_shared
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.unfurl import unfurl
from launch_kits.views.room_links import RoomPlace, read_link

__all__ = ["is_link", "on_link"]

#: links of one message that are previewed
MOST = 3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Link:
    """An address of the launch room in the channel of its launch."""

    #: as it was written
    url: str
    place: RoomPlace
    context: MessageContext


def is_link(slack: SlackSession, event: Reply) -> bool:
    """Whether a person posted a link to the launch room.

    A link that is still being written is previewed once its message is there.
    """
    posted = event.get("source", "conversations_history") == "conversations_history"
    return posted and any(_places(slack, event))


def on_link(slack: SlackSession, event: Reply) -> None:
    """Preview the links to a launch in its own channel; raises SlackFault.

    Everyone there reads the same in the headline. Elsewhere there may be people outside the
    launch, and in a channel that another organisation can read there are, so nothing is shown.
    """
    channel = str(event.get("channel"))
    found = [*_places(slack, event)][:MOST]
    links = [link for each in found if (link := _link(slack, *each, channel))]
    if not links or _is_shared(slack, channel):
        return
    if _show_objects(slack, event, links):
        return
    now = slack.now()
    told = {link.url: unfurl(link.place, link.context, now=now) for link in links}
    previews = {
        url: {"blocks": list(to_slack(said).blocks)}
        for url, said in told.items()
        if said is not None
    }
    if previews:
        _show(slack, event, unfurls=previews)


def _places(slack: SlackSession, event: Reply) -> Iterator[tuple[str, RoomPlace]]:
    """The addresses of the launch room among the links of an event."""
    for link in items(event, "links"):
        url = link.get("url")
        if isinstance(url, str):
            place = read_link(url, base=slack.settings.url)
            if place is not None:
                yield url, place


def _link(
    slack: SlackSession, url: str, place: RoomPlace, channel: str
) -> _Link | None:
    """The link, if it was written in the channel of its launch."""
    try:
        context = slack.context(place.launch)
    except LaunchKitsError:
        return None
    with slack.store.read() as session:
        ours = outbox.channel_of(session, place.launch, f"#{context.view.channel}")
    return _Link(url, place, context) if ours is not None and ours == channel else None


def _show_objects(slack: SlackSession, event: Reply, links: Sequence[_Link]) -> bool:
    """Preview links as Work Objects; whether Slack has them.

    Slack drops metadata that it does not take, and says so only in a warning.
    """
    if slack.settings.slack_work_objects == "off":
        return False
    now = slack.now()
    found = ((link, object_of(link.place, link.context, now=now)) for link in links)
    entities = [shown.preview(link.url) for link, shown in found if shown is not None]
    if not entities:
        return True
    reply = _show(slack, event, metadata={"entities": entities})
    if reply is not None and not reply.get("warning"):
        return True
    if reply is not None:
        _log.warning(
            "Slack dropped a Work Object, so the link has a plain preview: %s %s",
            reply.get("warning"),
            part(reply, "response_metadata").get("messages"),
        )
    return False


def _show(slack: SlackSession, event: Reply, **previews: object) -> Reply | None:
    """Show previews below a message; None if Slack refuses them."""
    try:
        return slack.web.send("chat.unfurl", **_message(event), **previews)
    except (Rejected, NotAllowed) as fault:
        # the message was deleted meanwhile, or the app may hear of links and not preview them
        _log.info("a link was not previewed: %s", fault)
        return None


def _is_shared(slack: SlackSession, channel: str) -> bool:
    """Whether another organisation can read a channel; raises SlackFault."""
    found = slack.web.ask("conversations.info", channel=channel)
    return is_shared(part(found, "channel"))


def _message(event: Reply) -> Mapping[str, object]:
    """The message with the links, as Slack names it."""
    if event.get("unfurl_id") and event.get("source"):
        return {"unfurl_id": event["unfurl_id"], "source": event["source"]}
    return {"channel": event.get("channel"), "ts": event.get("message_ts")}
