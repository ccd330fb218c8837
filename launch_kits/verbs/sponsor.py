"""The sponsor of a launch: their week, and news of the launch as a whole."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import select

from launch_kits.database.records import Notice, NoticeKind, NoticeStatus
from launch_kits.plan import week_name, week_of
from launch_kits.verbs.transaction import Change
from launch_kits.workdays.countries import first_weekday

__all__ = ["SPONSOR", "informed", "tell_sponsor"]

#: the role that hears of the launch once a week
SPONSOR = "sponsor"


def informed(change: Change, *, besides: Collection[str]) -> list[str]:
    """The lead and the sponsor, who hear of changes of the launch as a whole.

    ``besides`` are emails of people who know of it.
    """
    sponsor = change.brief.team.get(SPONSOR)
    people = [change.lead, *([sponsor.email] if sponsor else [])]
    known = {each.casefold() for each in besides}
    return [each for each in dict.fromkeys(people) if each.casefold() not in known]


def tell_sponsor(change: Change) -> None:
    """Tell the sponsor about the launch, on the week's first working day.

    A week begins as it does in the sponsor's country. A reminder of that morning goes with it: the
    week names all that the sponsor owes.
    """
    sponsor = change.brief.team.get(SPONSOR)
    if sponsor is None:
        return
    hours = change.hours_of(sponsor.email)
    if hours.opens(change.now) != change.now:
        return
    today = hours.day(change.now)
    begins_on = first_weekday(sponsor.holidays or change.brief.holidays, today.year)
    first = week_of(today, begins_on)
    if first > week_of(hours.day(change.launch.opened_at), begins_on):
        occasion = week_name(first)
        week = change.tell(
            NoticeKind.DIGEST,
            sponsor.email,
            occasion=occasion,
            facts={"week": occasion},
        )
        if week.status == NoticeStatus.PENDING:
            _merge_reminders(change, week)


def _merge_reminders(change: Change, week: Notice) -> None:
    """Drop the sponsor's unsent reminders, which their week now tells."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        Notice.to == week.to,
        Notice.kind == NoticeKind.NUDGE,
        Notice.status == NoticeStatus.PENDING,
    )
    for reminder in change.session.exec(query).all():
        reminder.status = NoticeStatus.DROPPED
        reminder.error = week.key
        change.session.add(reminder)
