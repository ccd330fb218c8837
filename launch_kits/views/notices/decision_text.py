"""A decision in words: its subject, its day, and who takes it."""

from __future__ import annotations

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
    match each.wanted:
        case Wanted.MORE_TIME:
            until = _day(each.until, reader)
            return f"more time for {title}{owner}, until {until}"
        case Wanted.BLOCKED:
            why = f": {cut(clean(each.why), REASON)}" if each.why else ""
            return f"{title}{owner} is blocked{why}"
        case Wanted.REVIEW:
            return f"{title}{owner} waits for {who} to approve it"
        case Wanted.WAIVER:
            return f"gate {title}: {_waiver(each, reader)}"
        case Wanted.GATE:
            return f"gate {title} ({who}): {_checks(each)}"
        case _:
            due = _day(each.due, reader)
            return f"{title}{owner}, by {due}"


def asked_text(each: ToDecide, reader: Reader) -> str:
    """Write a decision for the person who takes it."""
    title = quoted(each.title)
    due = _day(each.due, reader)
    match each.wanted:
        case Wanted.MORE_TIME:
            until = _day(each.until, reader)
            owner = shorten(each.owner or "The owner")
            return f"{owner} asks for more time for {title}: until {until}, not {due}"
        case Wanted.WAIVER:
            waiver = _waiver(each, reader)
            return f"Gate {title}: {waiver}; waive it again, or have it ticked"
        case Wanted.GATE:
            after = ""
            if _passed(each.due, reader):
                after = f" is open after its day, {due}"
            return f"Gate {title}{after}: {_checks(each)}"
        case Wanted.REVIEW:
            owner = f" of {shorten(each.owner)}" if each.owner else ""
            return f"Approve {title}{owner}, by {due}"
        case Wanted.BLOCKED:
            return decision_text(each, reader)
        case _:
            return f"Decide on {title} by {due}"


def _waiver(each: ToDecide, reader: Reader) -> str:
    verb = "ended" if _passed(each.until, reader) else "ends"
    named = quoted(each.checks[0]) if each.checks else "a check"
    return f"the waiver of {named} {verb} on {_day(each.until, reader)}"


def _passed(when: date | None, reader: Reader) -> bool:
    return when is not None and when < reader.today


def _checks(each: ToDecide) -> str:
    number = count(len(each.checks), "check")
    named = listed(map(quoted, each.checks), most=NAMED)
    return f"{number} to tick: {', '.join(named)}"


def _day(when: date | None, reader: Reader) -> str:
    return reader.day(when) if when else "a day"
