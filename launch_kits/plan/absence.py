"""Absence: who is away when, and who acts for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from launch_kits.inputs.brief import Brief
from launch_kits.plan.calendars import Calendars

__all__ = ["Deputies", "deputy_of", "is_away"]


#: more days than there are between two working days anywhere
SOON = 14
#: working days of one absence
LONGEST = 500


def is_away(brief: Brief, email: str, day: date) -> bool:
    """Whether a person is away on a day, by the team or by an absence of its own."""
    days_off = (days for person in brief.roles_of(email) for days in person.away)
    return (
        any(days.from_ <= day <= days.to for days in days_off)
        or _backup_for(brief, email, day) is not None
    )


def deputy_of(
    brief: Brief, email: str, day: date, *, besides: Collection[str] = ()
) -> str:
    """The person who acts for another on a day; the person themself if not away.

    The backup, away too: the manager, the lead, then the lead's backup. If all of them are away,
    the lead. People of ``besides`` cannot: no one approves their own work. Returns the person
    themself if no one is left.
    """
    if not is_away(brief, email, day):
        return email
    out = {each.casefold() for each in (email, *besides)}
    able = [each for each in _line(brief, email, day) if each.casefold() not in out]
    present = (each for each in able if not is_away(brief, each, day))
    lead = brief.lead.email
    return next(present, email if lead.casefold() in out else lead)


def _line(brief: Brief, email: str, day: date) -> Iterator[str]:
    """The people who may act for another, in their order."""
    lead = brief.lead.email
    yield from _backups(brief, email, day)
    for person in brief.roles_of(email):
        if person.manager:
            yield brief.team[person.manager].email
    yield lead
    yield from _backups(brief, lead, day)


def _backups(brief: Brief, email: str, day: date) -> Iterator[str]:
    """The backup of an absence that has one of its own, else those of the team."""
    own = _backup_for(brief, email, day)
    if own is not None:
        yield own
        return
    for person in brief.roles_of(email):
        if person.backup:
            yield brief.team[person.backup].email


def _backup_for(brief: Brief, email: str, day: date) -> str | None:
    """The backup of the absence that covers a day; the one arranged last counts."""
    who = email.casefold()
    found = (
        each.backup
        for each in reversed(brief.absences)
        if each.who.casefold() == who and each.covers(day)
    )
    return next(found, None)


def _last_day(brief: Brief, email: str, day: date) -> date:
    """Return the last day of the absences that cover a day, with the days off at their end."""
    days_off = (days for person in brief.roles_of(email) for days in person.away)
    ends: list[date | None] = [days.to for days in days_off]
    ends += [
        each.to for each in brief.absences if each.who.casefold() == email.casefold()
    ]
    return min((end for end in ends if end is not None and end >= day), default=day)


@dataclass(frozen=True)
class Deputies:
    """The people who act for others at an instant.

    A person is away from the end of their last working day until the morning of the next one.
    """

    calendars: Calendars
    #: aware
    now: datetime

    def of(self, email: str, *, besides: Collection[str] = ()) -> str | None:
        """The person who acts for another; None if the other is there, or no one can."""
        day = self._day_away(email)
        if day is None:
            return None
        found = deputy_of(self.calendars.brief, email, day, besides=besides)
        return None if found.casefold() == email.casefold() else found

    def reached(self, email: str, *, besides: Collection[str] = ()) -> str:
        """The person who hears the messages of another: the one who reads them sooner."""
        found = self.of(email, besides=besides)
        if found is None:
            return email
        if self.gone(email):
            return found
        opens = (
            self.calendars.hours_of(each).opens(self.now) for each in (email, found)
        )
        return email if next(opens) <= next(opens) else found

    def back_at(self, email: str) -> datetime | None:
        """The instant at which a person is back; None if they are there, or never."""
        if self._day_away(email) is None or self.gone(email):
            return None
        return self.calendars.hours_of(email).opens(self.now)

    def away_until(self, email: str) -> date | None:
        """The last day of the absence of a person; None if they are there, or away for good."""
        day = self._day_away(email)
        if day is None or self.gone(email):
            return None
        brief = self.calendars.brief
        calendar = self.calendars.launch
        for _ in range(LONGEST):
            following = calendar.shift(day, 1)
            if not is_away(brief, email, following):
                return _last_day(brief, email, day)
            day = following
        return None

    def away_from(self, email: str) -> datetime | None:
        """The first morning of the next absence of a person; None if there is none."""
        brief = self.calendars.brief
        first_days = {
            days.from_ for person in brief.roles_of(email) for days in person.away
        } | {
            each.from_
            for each in brief.absences
            if each.who.casefold() == email.casefold()
        }
        if not first_days:
            return None
        hours = self.calendars.usual_hours_of(email)
        today = hours.day(self.now)
        mornings = [hours.morning(day) for day in first_days if day >= today]
        return min((each for each in mornings if each > self.now), default=None)

    def turns_at(self) -> datetime | None:
        """The next instant at which a person can go away or be back, or somewhat before it.

        None if no one is away now or soon.
        """
        calendars = self.calendars
        people = {each.email for each in calendars.brief.team.values()}
        people |= {each.who for each in calendars.brief.absences}
        hours = map(calendars.usual_hours_of, filter(self._away_soon, people))
        return min((each.turns(self.now) for each in hours), default=None)

    def _away_soon(self, email: str) -> bool:
        """Whether an absence of a person is near enough for `turns_at`."""
        today = self.calendars.usual_hours_of(email).day(self.now)
        near = (today + timedelta(days) for days in range(-SOON, SOON + 1))
        return any(is_away(self.calendars.brief, email, day) for day in near)

    def gone(self, email: str) -> bool:
        """Whether a person is away for good."""
        return any(
            each.to is None and each.who.casefold() == email.casefold()
            for each in self.calendars.brief.absences
        )

    def _day_away(self, email: str) -> date | None:
        """The day of an absence that counts now: the next working day, else the last."""
        brief = self.calendars.brief
        if not brief.absences and not any(
            person.away for person in brief.roles_of(email)
        ):
            return None
        hours = self.calendars.usual_hours_of(email)
        opens = hours.opens(self.now)
        following = hours.day(opens)
        if is_away(brief, email, following):
            return following
        if opens <= self.now:
            return None
        last = hours.calendar.last_on_or_before(following - timedelta(1))
        return last if is_away(brief, email, last) else None
