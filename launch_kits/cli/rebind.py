"""The command `rebind`."""

from __future__ import annotations

import click

from launch_kits.cli.options import open_store, tell
from launch_kits.settings import Settings

__all__ = ["rebind"]


@click.command()
@click.argument("member", metavar="MEMBER")
def rebind(member: str) -> None:
    """Let a Slack member act with the email of their profile.

    MEMBER is Slack's id of the member, such as U0123ABCD. Until then a member acts with the email
    of their first request, so that no profile takes over the tasks of another person. A second
    account with the same email cannot act until it is rebound; then the first cannot.
    """
    from launch_kits.slack.inbound.members import rebind as rebind_member

    before, now = rebind_member(open_store(Settings.read()), member)
    former = f"no longer as {before}" if before else "and no other account does"
    tell(f"{member} acts as {now} now, {former}")
