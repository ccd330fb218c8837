"""A decision in words: its subject, its day, and who takes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from launch_kits.views.decisions import ToDecide, Wanted
from launch_kits.views.notices.text import clean, cut, quoted, shorten
from launch_kits.views.reader import Reader, count, listed

__all__ = ["asked_text", "decision_text"]

#: checks of a gate that are named
NAMED = 3
#: characters of a reason
REASON = 100


def decision_text(each: ToDecide, reader: Reader) -> str:
    """Write a decision for people who are not the one who takes it, without a full stop."""
    title = quoted(each.title)
    owner = f" ({shorten(each.owner)})" if each.owner else ""
    who = shorten(reader.name(each.who))
    if each.wanted is Wanted.MORE_TIME:
        return f"more time for {title}{owner}, until {_day(each.until, reader)}"
    if each.wanted is Wanted.BLOCKED:
        why = f": {cut(clean(each.why), REASON)}" if each.why else ""
        return f"{title}{owner} is blocked{why}"
    if each.wanted is Wanted.REVIEW:
        return f"{title}{owner} waits for {who} to approve it"
    if each.wanted is Wanted.WAIVER:
        return f"gate {title}: {_waiver(each, reader)}"
    if each.wanted is Wanted.GATE:
        return f"gate {title} ({who}): {_checks(each)}"
    return f"{title}{owner}, by {_day(each.due, reader)}"


def asked_text(each: ToDecide, reader: Reader) -> str:
    """Write a decision for the person who takes it."""
    title = quoted(each.title)
    if each.wanted is Wanted.MORE_TIME:
        until, due = _day(each.until, reader), _day(each.due, reader)
        owner = shorten(each.owner or "The owner")
        return f"{owner} asks for more time for {title}: until {until}, not {due}"
    if each.wanted is Wanted.WAIVER:
        return (
            f"Gate {title}: {_waiver(each, reader)}; waive it again, or have it ticked"
        )
    if each.wanted is Wanted.GATE:
        passed = each.due is not None and each.due < reader.today
        day = _day(each.due, reader)
        after = f" is open after its day, {day}" if passed else ""
        return f"Gate {title}{after}: {_checks(each)}"
    if each.wanted is Wanted.REVIEW:
        owner = f" of {shorten(each.owner)}" if each.owner else ""
        return f"Approve {title}{owner}, by {_day(each.due, reader)}"
    if each.wanted is Wanted.BLOCKED:
        return decision_text(each, reader)
    return f"Decide on {title} by {_day(each.due, reader)}"


def _waiver(each: ToDecide, reader: Reader) -> str:
    ended = each.until is not None and each.until < reader.today
    verb = "ended" if ended else "ends"
    named = quoted(each.checks[0]) if each.checks else "a check"
    return f"the waiver of {named} {verb} on {_day(each.until, reader)}"


def _checks(each: ToDecide) -> str:
    return f"{count(len(each.checks), 'check')} to tick: {_named(each.checks)}"


def _named(titles: Sequence[str]) -> str:
    return ", ".join(listed(map(quoted, titles), most=NAMED))


def _day(when: date | None, reader: Reader) -> str:
    return reader.day(when) if when else "a day"
