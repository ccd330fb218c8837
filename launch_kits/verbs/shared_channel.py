"""Warnings of a Slack channel that another running launch has already."""

from __future__ import annotations

from sqlmodel import Session, col, select

from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.errors import Fault
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.brief import Brief
from launch_kits.plan.doubts import NO_FILE

__all__ = ["newly_shared", "shared_channel_doubt"]


def shared_channel_doubt(session: Session, brief: Brief) -> Fault | None:
    """Name other leads' running launches with the same channel.

    One channel for all launches of a company is common, so this is a warning and not a fault; a
    lead who shares one between their own launches is not warned. Returns None if there is none.
    """
    query = select(
        Launch.slug,
        Launch.product,
        col(Launch.brief)["channel"],
        col(Launch.brief)["team"],
    ).where(Launch.status == LaunchStatus.RUNNING, Launch.slug != brief.launch)
    wanted = brief.slack_channel
    others = [
        f"{product} ({slug}, led by {team[LEAD]['name']})"
        for slug, product, channel, team in session.exec(
            query.order_by(col(Launch.slug))
        )
        if (channel or f"{slug}-launch") == wanted
        and team[LEAD]["email"].casefold() != brief.lead.email.casefold()
    ]
    if not others:
        return None
    message = (
        f"#{wanted} is the channel of {', '.join(others)} too, so each reads the messages of both; "
        "name another `channel` unless that is meant"
    )
    return Fault(NO_FILE, None, "shared-channel", message)


def newly_shared(session: Session, old: Brief, new: Brief) -> tuple[Fault, ...]:
    """The doubt about the channel of a changed brief, if the change is of the channel."""
    if new.slack_channel == old.slack_channel:
        return ()
    doubt = shared_channel_doubt(session, new)
    return (doubt,) if doubt else ()
