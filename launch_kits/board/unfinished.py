"""Requests from Slack that were acknowledged and not finished, worked on by a sweep."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from launch_kits.board.start import start_launch
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.slack.inbound import inbox
from launch_kits.slack.inbound.inbox import AT_WORK

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from launch_kits.inputs.brief import Brief

__all__ = ["finish_requests"]


def finish_requests(store: Store, *, settings: Settings, now: datetime) -> int:
    """Work on requests that a killed app had acknowledged; returns their number.

    The sweep delivers the notices and gives launches their runs. Without a bot token nothing is
    done.
    """
    if settings.slack_bot_token is None:
        return 0
    if not inbox.unfinished(store, until=now - AT_WORK):
        return 0
    from launch_kits.slack.api.interactive import Web
    from launch_kits.slack.inbound.session import Host, SlackSession
    from launch_kits.slack.inbound.work import resume

    def start(brief: Brief, by: str, also: Callable[[Session], None]) -> None:
        start_launch(theirs, brief, now=now, by=by, also=also)

    theirs = Store(store.url, door="slack")
    slack = SlackSession(
        theirs,
        settings,
        web=Web(settings),
        host=Host(follow_up=lambda _: None, start=start),
        clock=lambda: now,
        later=lambda _: None,
    )
    try:
        return resume(slack)
    finally:
        theirs.close()
