"""What the list of launches shows of one besides its figures, kept with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pydantic import TypeAdapter

from launch_kits.inputs.brief import Brief
from launch_kits.plan.workload import owner_key, week_of
from launch_kits.views.landing import LaunchPast, past_of
from launch_kits.views.launch import LaunchView

__all__ = ["LaunchListing", "dump_listing", "listing_of", "load_listing"]


@dataclass(frozen=True, slots=True)
class LaunchListing:
    """The people and days of a launch, which only its own changes alter."""

    #: the name of its lead
    lead: str
    #: its own time zone
    timezone: str
    #: the time zones of its team, by email in lower case
    zones: Mapping[str, str]
    market: str
    #: the kind of company that it addresses
    company: str
    #: the first and last day of each
    blackouts: Sequence[tuple[date, date]]
    #: the people with work due in the week of its launch day, by email in lower case, with their
    #: names; None for a person outside its team
    due: Mapping[str, str | None]
    #: how it went; None before its launch
    past: LaunchPast | None

    def zone(self, email: str | None, *, outside: str | None) -> str:
        """The time zone of a reader, who has no email if they are not known.

        ``outside`` is that of a person with work in it who is not in its team, None if they have
        none.
        """
        own = self.zones.get(owner_key(email)) if email else None
        return own or outside or self.timezone


def listing_of(view: LaunchView, brief: Brief) -> LaunchListing:
    """The listing of a launch."""
    return LaunchListing(
        lead=brief.lead.name,
        timezone=brief.timezone,
        zones={
            owner_key(person.email): brief.zone(person.email).key
            for person in brief.team.values()
        },
        market=brief.market,
        company=str(brief.company),
        blackouts=[(days.from_, days.to) for days in brief.blackouts],
        due=_due(view, brief),
        past=past_of(view),
    )


def dump_listing(listing: LaunchListing) -> str:
    """A listing as JSON."""
    return _adapter().dump_json(listing).decode()


def load_listing(text: str) -> LaunchListing:
    """The listing that was kept as JSON."""
    return _adapter().validate_json(text)


def _due(view: LaunchView, brief: Brief) -> Mapping[str, str | None]:
    first = week_of(view.launch_on, 0)
    owners = {
        owner_key(task.owner)
        for task in view.open_tasks
        if first <= task.due < first + timedelta(7)
    }
    people = {owner: brief.person(owner) for owner in sorted(owners)}
    return {owner: each.name if each else None for owner, each in people.items()}


@cache
def _adapter() -> TypeAdapter[LaunchListing]:
    return TypeAdapter(LaunchListing)
