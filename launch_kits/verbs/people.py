"""People as a launch knows them: their hours, and the spelling of their emails."""

from __future__ import annotations

from collections.abc import Iterable

from launch_kits.plan.rollout import Calendars
from launch_kits.workdays.hours import Hours

__all__ = ["hours_in", "spelled"]


def hours_in(calendars: Calendars, email: str) -> Hours:
    """When a person works, by a launch's calendars.

    A person outside its team keeps the launch's own days and zone.
    """
    return Hours(calendars.of(email), calendars.brief.zone(email))


def spelled(email: str, people: Iterable[str | None]) -> str:
    """An email as the first of these people spells it, whatever its capitals.

    Returns it unchanged if it is none of theirs.
    """
    known = [person for person in people if person]
    if email in known:
        return email
    return next((each for each in known if each.lower() == email.lower()), email)
