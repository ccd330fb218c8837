"""People outside the team of a brief, named as Slack tells of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, or_, select

from launch_kits.database.records import (
    CardUse,
    CardUseKind,
    Question,
    SlackUser,
    Task,
)
from launch_kits.inputs.brief import Brief

if TYPE_CHECKING:
    from launch_kits.views.launch import LaunchView

__all__ = [
    "PersonOutside",
    "name_of",
    "named",
    "names_outside",
    "outsiders",
    "people_of",
    "zone_of",
    "zones_of_members",
    "zones_outside",
]


@dataclass(frozen=True, slots=True)
class PersonOutside:
    """A person with a part in a launch, outside its brief."""

    name: str
    #: None if Slack does not tell one: the launch's counts then
    zone: ZoneInfo | None


def people_of(session: Session, view: LaunchView, brief: Brief) -> set[str]:
    """The people with work in a launch, or questions and doubts, who are not in its team.

    Their emails are in lower case.
    """
    asked = select(Question.asked_by).where(Question.launch == view.slug)
    doubted = select(CardUse.by).where(
        CardUse.launch == view.slug, CardUse.kind == CardUseKind.FLAGGED
    )
    working = {
        email
        for task in view.tasks
        for email in (task.owner, task.approver, task.backup, task.in_hands_of)
        if email
    }
    found = working.union(
        session.exec(asked.distinct()), session.exec(doubted.distinct())
    )
    return {email.lower() for email in found if brief.introduced(email) is None}


def outsiders(
    session: Session, view: LaunchView, brief: Brief
) -> Mapping[str, PersonOutside]:
    """The people outside the team who are known to Slack, by email in lower case."""
    emails = sorted(people_of(session, view, brief))
    if not emails:
        return {}
    known = select(SlackUser).where(col(SlackUser.email).in_(emails))
    return {
        str(user.email): PersonOutside(
            user.name, ZoneInfo(user.zone) if user.zone else None
        )
        for user in session.exec(known.order_by(SlackUser.id)).all()
    }


def names_outside(session: Session, emails: Collection[str]) -> Mapping[str, str]:
    """The names in Slack of people outside the team, by email in lower case as given."""
    if not emails:
        return {}
    known = select(SlackUser.email, SlackUser.name).where(
        col(SlackUser.email).in_(emails)
    )
    found = session.exec(known.order_by(SlackUser.id)).all()
    return {str(email): name for email, name in found}


def name_of(session: Session, brief: Brief, email: str) -> str:
    """The name of a person in a brief, else their name in Slack, else their email."""
    person = brief.introduced(email)
    if person is not None:
        return person.name
    return names_outside(session, [email.lower()]).get(email.lower(), email)


def zones_outside(session: Session, email: str) -> Mapping[str, str]:
    """The time zones of a person, by the launches of which they are a part.

    It counts if they are not in the team of a launch. Empty if Slack does not tell their zone.
    """
    mine = email.lower()
    known = select(SlackUser.zone).where(SlackUser.email == mine)
    zones = session.exec(known.order_by(col(SlackUser.id).desc())).all()
    zone = next(iter(zones), None)
    if not zone:
        return {}
    people = (Task.owner, Task.approver, Task.backup, Task.in_hands_of)
    working = select(Task.launch).where(
        or_(*(func.lower(col(each)) == mine for each in people))
    )
    asked = select(Question.launch).where(func.lower(col(Question.asked_by)) == mine)
    doubted = select(CardUse.launch).where(
        func.lower(col(CardUse.by)) == mine, CardUse.kind == CardUseKind.FLAGGED
    )
    parts = (working, asked, doubted)
    return {slug: zone for query in parts for slug in session.exec(query.distinct())}


def zone_of(session: Session, email: str) -> ZoneInfo | None:
    """The time zone of a person in Slack; None if it is not known, or after the session's end.

    A question to a session that has ended would open it again, and on SQLite keep everyone else
    from writing.
    """
    if not session.in_transaction():
        return None
    known = select(SlackUser.zone).where(
        SlackUser.email == email.lower(), col(SlackUser.zone).is_not(None)
    )
    zone = session.exec(known.order_by(SlackUser.id)).first()
    return ZoneInfo(zone) if zone else None


def zones_of_members(session: Session) -> Mapping[str, ZoneInfo]:
    """The time zones of people known to Slack, by email in lower case, for several sessions."""
    known = select(SlackUser.email, SlackUser.zone).where(
        col(SlackUser.zone).is_not(None)
    )
    found: dict[str, ZoneInfo] = {}
    for email, zone in session.exec(known.order_by(SlackUser.id)):
        if email and zone:
            found.setdefault(email.lower(), ZoneInfo(zone))
    return found


def named(view: LaunchView, people: Mapping[str, PersonOutside]) -> LaunchView:
    """Return the view with the names of owners outside the team."""
    if not people:
        return view
    tasks = tuple(
        replace(task, owner_name=people[task.owner.lower()].name)
        if task.owner.lower() in people
        else task
        for task in view.tasks
    )
    return replace(view, tasks=tasks)
