"""Checks that were let pass until a day that is over: those that are open again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.news_events import News
from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.reader import count, iso_day, listed

__all__ = ["EndedWaiver", "ended_waivers", "open_again", "waivers_over"]

#: checks that are named
NAMED = 3
#: the role that may let a check pass besides the lead
SPONSOR = "sponsor"


class EndedWaiver(NamedTuple):
    """A check of a gate, each by its title, and the last day on which it could stay open."""

    gate: str
    check: str
    until: date | None


def ended_waivers(facts: Mapping[str, object]) -> list[EndedWaiver]:
    """Return the checks that news are about; news of an older version are about one."""
    rows = rows_of(facts, "ended") or [facts]
    return [
        EndedWaiver(
            str(row.get("gate")), str(row.get("check")), iso_day(row.get("until"))
        )
        for row in rows
    ]


def open_again(facts: Mapping[str, object], launch: LaunchView) -> list[EndedWaiver]:
    """Return those of them that are still open."""
    missing = {
        (gate.title, check.title)
        for gate in launch.gates
        for check in gate.open_checks(launch.today)
    }
    return [each for each in ended_waivers(facts) if (each.gate, each.check) in missing]


def waivers_over(told: News) -> str:
    """Ask for the checks that are open again, in the terms of what their reader may do."""
    product = shorten(told.launch.product)
    found = open_again(told.facts, told.launch) or ended_waivers(told.facts)
    one = len(found) == 1
    it = "it" if one else "them"
    until = max((each.until for each in found if each.until), default=None)
    last = f" until {told.reader.day(until)}" if until else ""
    if one:
        gate = f"{quoted(found[0].gate)} ({product})"
        wanted = f"please tick {quoted(found[0].check)} of the gate {gate}"
    else:
        checks = f"{count(len(found), 'check')} of {product}"
        wanted = f"please tick {checks} that could stay open{last}"
    if _lets_pass(told):
        wanted += f", or let {it} pass again"
    else:
        lead = shorten(told.reader.name(told.launch.lead))
        wanted += f", or ask {lead} to let {it} pass again"
    if one:
        return f"{wanted}: it could stay open{last}"
    named = ", ".join(
        listed((quoted(each.check) for each in found), most=NAMED, noun="check")
    )
    return f"{wanted}: {named}"


def _lets_pass(told: News) -> bool:
    """Whether the reader is one of those who let checks pass, or acts for one."""
    people = {told.launch.lead.casefold()}
    away = told.launch.away
    sponsor = away.calendars.brief.team.get(SPONSOR) if away else None
    if sponsor is not None:
        people.add(sponsor.email.casefold())
    acts_for = str(told.facts.get("for") or "")
    return bool(people & {told.notice.to.casefold(), acts_for.casefold()})
