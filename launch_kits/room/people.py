"""The people that the running launches know, and the time zone of one of them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from launch_kits.room.asked import RoomRequest
from launch_kits.room.visitors import SignInMethod
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.teams import LaunchTeam, read_teams

__all__ = ["known_people", "starts_first", "takes_part", "zone_of"]


def known_people(asked: RoomRequest) -> list[tuple[str, str, str]]:
    """The teams of the running launches: email, name and roles, by name."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for launch in _running(asked):
        for role, person in launch.team.items():
            known = found.setdefault(
                person.email.lower(), (person.email, person.name, [])
            )
            if role not in known[2]:
                known[2].append(role)
    people = [(email, name, ", ".join(roles)) for email, name, roles in found.values()]
    return sorted(people, key=lambda each: each[1].casefold())


def starts_first(asked: RoomRequest) -> bool:
    """Whether a visitor may start a launch although they have no name yet.

    The person at the machine may if no launch runs, whose team they could choose from: they are
    the lead of the launch then.
    """
    if (
        asked.visitor.email is not None
        or asked.visitor.method is not SignInMethod.OPERATOR
    ):
        return False
    return asked.room.launches.none_runs()


def takes_part(context: MessageContext, email: str) -> bool:
    """Whether a person is of a launch's team, or owns, backs up or approves one of its tasks."""
    people = {person.email for person in context.brief.team.values()}
    for task in context.view.tasks:
        people.update(filter(None, (task.owner, task.backup, task.approver)))
    return email.casefold() in {each.casefold() for each in people}


def zone_of(asked: RoomRequest, email: str) -> ZoneInfo:
    """The time zone of a person in a running launch; UTC for a person in none."""
    for launch in _running(asked):
        if launch.has(email):
            context = asked.room.launches.of(launch.slug, now=asked.now)
            return context.reader(context.spelled(email), now=asked.now).zone
    return ZoneInfo("UTC")


def _running(asked: RoomRequest) -> list[LaunchTeam]:
    with asked.room.store.read() as session:
        return read_teams(session)
