"""The sentences of `start` about a launch that was started before, and about its team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launch_kits.cli.options import say
from launch_kits.workdays.in_words import day

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.inputs.brief import Brief
    from launch_kits.plan.rollout import Rollout
    from launch_kits.settings import Settings

__all__ = ["say_differences", "say_shared_channel", "say_unknown_people"]


def say_differences(store: Store, rollout: Rollout) -> None:
    """Say that a launch goes by its earlier brief and day."""
    _say_differing_keys(store, rollout.brief)
    _say_its_own_day(store, rollout)


def _say_differing_keys(store: Store, brief: Brief) -> None:
    """Say that a launch goes by the brief that it was started from, if this is another one."""
    from launch_kits.board.start import differing_keys

    differing = differing_keys(store, brief)
    if differing:
        say(
            f"note: the brief differs from the one that {brief.launch} was started from, "
            f"in {', '.join(differing)}; the launch goes by the one it has. "
            "Another launch needs another name."
        )


def _say_its_own_day(store: Store, rollout: Rollout) -> None:
    """Say that a launch keeps its day, if it was started for another one or moved since."""
    from launch_kits.board.start import launch_day

    slug = rollout.brief.launch
    launch_on = launch_day(store, slug)
    if launch_on != rollout.launch_on:
        say(
            f"note: {slug} stays on {day(launch_on)}; only "
            f"`launch-kits move {slug} --on DATE` gives it another day"
        )


def say_shared_channel(store: Store, brief: Brief) -> None:
    """Warn if the launch of another lead has the same Slack channel."""
    from launch_kits.verbs.shared_channel import shared_channel_doubt

    with store.read() as session:
        doubt = shared_channel_doubt(session, brief)
    if doubt:
        say(f"warning: {doubt.message}")


def say_unknown_people(brief: Brief, *, settings: Settings) -> None:
    """Warn of team members whose email Slack does not know."""
    from launch_kits.slack.outbound.unknown_people import find_unknown_people

    unknown, trouble = find_unknown_people(
        (person.email for person in brief.team.values()), settings=settings
    )
    for email in unknown:
        say(
            f"warning: no Slack user has the email {email}; "
            f"their tasks go to #{brief.slack_channel}, with their name"
        )
    if trouble:
        say(f"warning: the team's emails could not be looked up in Slack: {trouble}")
