"""The messages that are in a conversation of Slack, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from launch_kits.slack.api.faults import ReadInPart
from launch_kits.slack.api.transport import Reply, Wire, items, text

__all__ = ["MessagesThere", "messages_of", "messages_there"]

#: messages a page
MESSAGES = 200
#: the most messages of a channel that are looked through for deleted ones
MOST_THERE = 1000
#: seconds by which a search reaches further back than it has to
MARGIN = 86_400.0


@dataclass(frozen=True, slots=True)
class MessagesThere:
    """The messages of a channel, by their ``ts``, as far back as they were read."""

    ts: frozenset[str]
    #: the ``ts`` of the oldest message read; 0 if all that were asked for were read
    since: float = 0.0


def messages_there(wire: Wire, channel: str, *, age: timedelta) -> MessagesThere:
    """Return the messages that are in a channel, back to a day before an age.

    At most `MOST_THERE` are read. One that was deleted while others answer it is not there. Raises
    SlackFault.
    """
    found: set[str] = set()
    ts = "0"
    try:
        for number, message in enumerate(messages_of(wire, channel, age=age), start=1):
            ts = text(message, "ts")
            if message.get("subtype") != "tombstone":
                found.add(ts)
            if number == MOST_THERE:
                return MessagesThere(frozenset(found), since=float(ts))
    except ReadInPart:
        return MessagesThere(frozenset(found), since=float(ts))
    return MessagesThere(frozenset(found))


def messages_of(
    wire: Wire,
    channel: str,
    *,
    age: timedelta = timedelta(0),
    thread_ts: str | None = None,
) -> Iterator[Reply]:
    """Return the messages of a thread, or of a channel if no thread is given.

    Those of a channel come newest first, back to a day before an age. Raises SlackFault; ReadInPart
    if there are more than can be read, since it is not known then whether a message is there.
    """
    method = "conversations.history"
    form = {"channel": channel, "include_all_metadata": True, "limit": MESSAGES}
    if thread_ts:
        method = "conversations.replies"
        form = {**form, "ts": thread_ts}
    for reply in wire.pages(method, **form):
        messages = items(reply, "messages")
        yield from messages
        oldest = wire.heard_at - max(age, timedelta(0)).total_seconds() - MARGIN
        if not thread_ts and messages and float(text(messages[-1], "ts")) < oldest:
            return
