"""The teams of the running launches, read without planning a launch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlmodel import Session, col, select

from launch_kits.database.records import Launch, LaunchStatus

__all__ = ["LaunchTeam", "Teammate", "read_teams"]


class Teammate(NamedTuple):
    """A person of a team, as the brief writes them."""

    email: str
    name: str


class LaunchTeam(NamedTuple):
    """A running launch with its team."""

    slug: str
    product: str
    #: role → the person who has it
    team: Mapping[str, Teammate]

    def has(self, email: str) -> bool:
        """Whether a person is in its team."""
        wanted = email.casefold()
        return any(each.email.casefold() == wanted for each in self.team.values())


def read_teams(session: Session) -> list[LaunchTeam]:
    """Read the running launches, newest first.

    Only the team is read from each brief, which is by far the largest value of a launch.
    """
    query = select(Launch.slug, Launch.product, col(Launch.brief)["team"])
    query = query.where(Launch.status == LaunchStatus.RUNNING)
    rows = session.exec(query.order_by(col(Launch.opened_at).desc(), col(Launch.slug)))
    return [
        LaunchTeam(
            slug,
            product,
            {
                role: Teammate(str(person["email"]), str(person["name"]))
                for role, person in team.items()
            },
        )
        for slug, product, team in rows
    ]
