"""Messages in a Slack, compared with what would be written now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from launch_kits.database.records import LaunchStatus, Notice, NoticeStatus
from launch_kits.slack.messages.blocks import Message
from launch_kits.slack.outbound.conversation import digest, render_for
from launch_kits.verbs.offers import message_for
from launch_kits.views.notices.closing import closing
from launch_kits.views.notices.context import MessageContext
from tests.slack.stand_in import StandIn

#: a look at each conversation is taken once on each day of its readers
MISSED = timedelta(days=2)


def message_of(slack: StandIn, notice: Notice) -> dict[str, Any] | None:
    """The message of a notice; None if it was never there, or a person deleted it."""
    channel = slack.channels.get(notice.channel or "")
    found = channel.messages.get(notice.ts or "") if channel else None
    return None if found is None or "subtype" in found else found


def rendered(notice: Notice, context: MessageContext, *, now: datetime) -> Message:
    """The message that would be written now."""
    return render_for(
        notice,
        message_for(notice, context, now=now),
        channel=notice.channel or "",
        context=context,
    )


def untrue(
    notice: Notice,
    slack: StandIn,
    context: MessageContext,
    *,
    now: datetime,
    lost_at: datetime | None = None,
) -> Iterator[str]:
    """The differences of a living message from what would be written now.

    ``lost_at`` is the instant at which a person deleted it, if that is known.
    """
    if not notice.living or notice.status != NoticeStatus.SENT:
        return
    message = message_of(slack, notice)
    over = closing(notice, context.view)
    wanted = rendered(notice, context, now=now)
    if message is None:
        # the next edit finds out that it is missing, or the look of the next day
        closed = notice.closed is not None
        running = context.view.status == LaunchStatus.RUNNING
        long_ago = running and lost_at is not None and now - lost_at > MISSED
        if not closed and (long_ago or notice.shown != digest(wanted)):
            yield f"{notice.key} was deleted and is not posted again"
        return
    if notice.closed is None and over:
        yield f"{notice.key} is over ({over}) and not closed"
    shown = (message["text"], message["blocks"])
    if shown != (wanted.text, list(wanted.blocks)):
        yield f"{notice.key} says {shown}, not {wanted}"
    types = [block["type"] for block in message["blocks"]]
    if notice.closed is not None and set(types) - {"section", "context"}:
        yield f"{notice.key} is closed and has {types}"
    if message["metadata"]["event_payload"]["key"] != notice.key:
        yield f"{notice.key} lost its metadata"
