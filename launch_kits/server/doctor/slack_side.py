"""The checks of Slack: the token, its scopes, and the channels of launches."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col, select

from launch_kits.database.records import Launch, LaunchStatus, Notice
from launch_kits.errors import SettingsError
from launch_kits.server.doctor.defect import Defect, Patient
from launch_kits.slack.api.faults import SlackFault
from launch_kits.slack.api.transport import Wire, items, open_wire
from launch_kits.slack.outbound.directory import CHANNELS, archived
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
        "pins:write",
        "users:read",
        "users:read.email",
    ]
)


def token(patient: Patient) -> Iterator[Defect]:
    """Whether Slack answers and accepts the token."""
    try:
        open_wire(patient.settings).ask("auth.test")
    except (SlackFault, SettingsError) as fault:
        yield Defect(
            str(fault),
            "correct SLACK_BOT_TOKEN or SLACK_BASE_URL, or install the app again",
        )


def scopes(patient: Patient) -> Iterator[Defect]:
    """Whether the token has every scope of the manifest."""
    wire = open_wire(patient.settings)
    wire.ask("auth.test")
    missing = sorted(SCOPES - wire.scopes) if wire.scopes is not None else []
    if missing:
        yield Defect(
            f"the app in Slack lacks {', '.join(missing)}",
            "add the scopes of slack-manifest.yaml to the app, and install it again",
        )


def channels(patient: Patient) -> Iterator[Defect]:
    """Whether a channel of a running launch is archived; a missing one is created when needed."""
    with patient.store.read() as session:
        told = select(Notice.to).join(Launch, col(Launch.slug) == col(Notice.launch))
        told = told.where(
            Launch.status == LaunchStatus.RUNNING, col(Notice.to).startswith("#")
        )
        wanted = {to.removeprefix("#") for to in session.exec(told.distinct())}
    if not wanted:
        return
    found = wanted & _archived(open_wire(patient.settings))
    for name in listed(sorted(found), most=20):
        said, _, remedy = archived(name).partition(": ")
        yield Defect(said, remedy)


def _archived(wire: Wire) -> set[str]:
    """The names of the archived channels that the app can see."""
    types = "public_channel,private_channel"
    pages = wire.pages(
        "conversations.list", types=types, exclude_archived=False, limit=CHANNELS
    )
    return {
        str(channel.get("name"))
        for page in pages
        for channel in items(page, "channels")
        if channel.get("is_archived")
    }
