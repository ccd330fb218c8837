"""Links to the launch room, previewed in the channel of the launch that they are about.

https://docs.slack.dev/messaging/unfurling-links-in-messages
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

from launch_kits import outbox
from launch_kits.errors import LaunchKitsError
from launch_kits.slack.api.faults import NotAllowed, Rejected
from launch_kits.slack.api.transport import Reply, items, part
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.render import to_slack
from launch_kits.slack.outbound.directory import is_shared
from launch_kits.views.notices.unfurl import unfurl
from launch_kits.views.room_links import RoomPlace, read_link

__all__ = ["is_link", "on_link"]

#: links of one message that are previewed
MOST = 3

_log = logging.getLogger(__name__)


def is_link(slack: SlackSession, event: Reply) -> bool:
    """Whether a person posted a link to the launch room.

    A link that is still being written is previewed once its message is there.
    """
    posted = event.get("source", "conversations_history") == "conversations_history"
    return posted and any(_links(slack, event))


def on_link(slack: SlackSession, event: Reply) -> None:
    """Preview the links to a launch in its own channel; raises SlackFault.

    Everyone there reads the same in the headline. Elsewhere there may be people outside the
    launch, and in a channel that another organisation can read there are, so nothing is shown.
    """
    previews = {
        url: {"blocks": blocks}
        for url, place in [*_links(slack, event)][:MOST]
        if (blocks := _preview(slack, place, str(event.get("channel"))))
    }
    if not previews or _is_shared(slack, str(event.get("channel"))):
        return
    try:
        slack.web.send("chat.unfurl", **_place(event), unfurls=previews)
    except (Rejected, NotAllowed) as fault:
        # the message was deleted meanwhile, or the app may hear of links and not preview them
        _log.info("a link was not previewed: %s", fault)


def _links(slack: SlackSession, event: Reply) -> Iterator[tuple[str, RoomPlace]]:
    """The addresses of the launch room among the links of an event."""
    for link in items(event, "links"):
        url = link.get("url")
        if isinstance(url, str):
            place = read_link(url, base=slack.settings.url)
            if place is not None:
                yield url, place


def _preview(slack: SlackSession, place: RoomPlace, channel: str) -> list[object]:
    """The blocks of a preview for a channel; none if it is not that of the launch."""
    try:
        context = slack.context(place.launch)
    except LaunchKitsError:
        return []
    with slack.store.read() as session:
        ours = outbox.channel_of(session, place.launch, f"#{context.view.channel}")
    if ours is None or ours != channel:
        return []
    told = unfurl(place, context, now=slack.now())
    return list(to_slack(told).blocks) if told else []


def _is_shared(slack: SlackSession, channel: str) -> bool:
    """Whether another organisation can read a channel; raises SlackFault."""
    found = slack.web.ask("conversations.info", channel=channel)
    return is_shared(part(found, "channel"))


def _place(event: Reply) -> Mapping[str, object]:
    """The message with the links, as Slack names it."""
    if event.get("unfurl_id") and event.get("source"):
        return {"unfurl_id": event["unfurl_id"], "source": event["source"]}
    return {"channel": event.get("channel"), "ts": event.get("message_ts")}
