"""The checks of Slack: the token, its scopes, and the channels of launches."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col, select

from launch_kits.database.records import Launch, LaunchStatus, Notice
from launch_kits.errors import SettingsError
from launch_kits.server.doctor.defect import Defect, Installation
from launch_kits.slack.api.faults import RateLimited, SlackFault, Unclear
from launch_kits.slack.api.transport import open_wire
from launch_kits.slack.outbound.directory import (
    BOTH,
    archived,
    channels_seen,
    is_shared,
)
from launch_kits.workdays.in_words import listed

__all__ = ["SCOPES", "channels", "scopes", "token"]

#: the scopes that slack-manifest.yaml asks for
SCOPES = frozenset(
    [
        "canvases:write",
        "channels:history",
        "channels:join",
        "channels:manage",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "links:read",
        "links:write",
        "pins:write",
        "users:read",
        "users:read.email",
    ]
)


def token(installation: Installation) -> Iterator[Defect]:
    """Whether Slack answers and accepts the token."""
    try:
        open_wire(installation.settings).ask("auth.test")
    except (Unclear, RateLimited) as fault:
        yield Defect(
            str(fault),
            "check this machine's network and SLACK_BASE_URL, then run `launch-kits doctor` again",
        )
    except (SlackFault, SettingsError) as fault:
        yield Defect(
            str(fault),
            "correct SLACK_BOT_TOKEN or SLACK_BASE_URL, or install the app again",
        )


def scopes(installation: Installation) -> Iterator[Defect]:
    """Whether the token has every scope of the manifest."""
    wire = open_wire(installation.settings)
    wire.ask("auth.test")
    missing = sorted(SCOPES - wire.scopes) if wire.scopes is not None else []
    if missing:
        yield Defect(
            f"the app in Slack lacks {', '.join(missing)}",
            "add the scopes of slack-manifest.yaml to the app, and install it again",
        )


def channels(installation: Installation) -> Iterator[Defect]:
    """Whether a channel of a running launch is archived, or another organisation can read it.

    A missing one is created when needed.
    """
    with installation.store.read() as session:
        told = select(Notice.to, Notice.channel)
        told = told.join(Launch, col(Launch.slug) == col(Notice.launch)).where(
            Launch.status == LaunchStatus.RUNNING, col(Notice.to).startswith("#")
        )
        wanted = set(session.exec(told.distinct()).all())
    if not wanted:
        return
    names = {to.removeprefix("#") for to, channel in wanted if channel is None}
    ids = {channel for _, channel in wanted if channel is not None}
    found = [
        each
        for each in channels_seen(open_wire(installation.settings), types=BOTH)
        if each.get("id") in ids or each.get("name") in names
    ]
    gone = {str(each.get("name")) for each in found if each.get("is_archived")}
    for name in listed(sorted(gone), most=20):
        said, _, remedy = archived(name).partition(": ")
        yield Defect(said, remedy)
    shared = {str(each.get("name")) for each in found if is_shared(each)}
    for name in listed(sorted(shared), most=20):
        yield Defect(
            f"another organisation can read #{name}, so pages and documents stay out of it",
            "give the launch a channel of your own organisation in its brief, "
            "or end the sharing in Slack",
        )
