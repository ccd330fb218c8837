"""A decision, another answer or help in words: its subject, its day, and who owes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from launch_kits.claims.doubtable import is_faq
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.notices.text import clean, cut, quoted, shorten
from launch_kits.views.reader import Reader, count, listed

__all__ = ["asked_text", "decision_text", "in_place_of"]

#: checks of a gate that are named
NAMED = 3
#: characters of a reason, and of a question
REASON = 100
QUESTION = 160


def decision_text(each: ToDecide, reader: Reader) -> str:
    """Write an answer that is owed for people who do not owe it, without a full stop.

    It counts no days from today, so that it stays true.
    """
    return _TOLD.get(each.wanted, _decision)(each, reader)


def asked_text(each: ToDecide, reader: Reader) -> str:
    """Write an answer that is owed for the person who owes it, with how long it is overdue."""
    return _ASKED[each.wanted](each, reader)


def in_place_of(
    person: str | None, until: date | None, reader: Reader, *, to: str = ""
) -> str:
    """Write who the reader acts for and until when, to follow a line; empty without one.

    ``until`` is the last day of the absence, and ``to`` the reader's email.
    """
    if person is None or person.casefold() == to.casefold():
        return ""
    away = f", away until {reader.day(until)}" if until else ", who is away"
    return f"; for {shorten(reader.name(person))}{away}"


def _time_wanted(each: ToDecide, reader: Reader) -> str:
    until = _day(each.until, reader)
    return f"more time for {_with_owner(each)}, until {until}{_was_due(each, reader)}"


def _blocked(each: ToDecide, _reader: Reader) -> str:
    return f"{_with_owner(each)} is blocked{_why(each)}"


def _is_blocked(each: ToDecide, reader: Reader) -> str:
    return f"{_with_owner(each)}{_due(each, reader)} is blocked{_why(each)}"


def _reviewed(each: ToDecide, reader: Reader) -> str:
    waits = f"{_with_owner(each)} waits for {_who(each, reader)} to approve it"
    return f"{waits}{_was_due(each, reader)}"


def _waived(each: ToDecide, reader: Reader) -> str:
    return f"gate {quoted(each.title)}: {_waiver(each, reader)}"


def _gated(each: ToDecide, reader: Reader) -> str:
    return f"gate {quoted(each.title)} ({_who(each, reader)}): {_checks(each)}"


def _questioned(each: ToDecide, reader: Reader) -> str:
    waits = f"{_asked(each)} waits for the answer of {_who(each, reader)}"
    return f"{waits}{_was_due(each, reader)}"


def _carded(each: ToDecide, reader: Reader) -> str:
    waits = f"the card on {shorten(each.title)} waits for {_who(each, reader)}"
    return f"{waits} to review it{_was_due(each, reader)}"


def _flagged(each: ToDecide, reader: Reader) -> str:
    return f"{_line(each)} may be wrong ({_who(each, reader)}): {_asked(each)}"


def _decision(each: ToDecide, reader: Reader) -> str:
    due = _was_due(each, reader) or f", by {_day(each.due, reader)}"
    return f"{_with_owner(each)}{due}"


_TOLD: Mapping[AnswerKind, Callable[[ToDecide, Reader], str]] = {
    AnswerKind.MORE_TIME: _time_wanted,
    AnswerKind.BLOCKED: _blocked,
    AnswerKind.UNBLOCK: _blocked,
    AnswerKind.REVIEW: _reviewed,
    AnswerKind.CONTENT: _reviewed,
    AnswerKind.WAIVER: _waived,
    AnswerKind.GATE: _gated,
    AnswerKind.QUESTION: _questioned,
    AnswerKind.DOUBT: _questioned,
    AnswerKind.FAQ: _questioned,
    AnswerKind.CARD: _carded,
    AnswerKind.FLAG: _flagged,
}


def _more_time(each: ToDecide, reader: Reader) -> str:
    until = _day(each.until, reader)
    due = _day(each.due, reader)
    asks = f"{_owner(each)} asks for more time for {quoted(each.title)}"
    if _passed(each.due, reader):
        return f"{asks}, which {_by(each, reader)[2:]}: until {until}"
    wanted = f"{asks}: until {until}, not {due}"
    if each.due is None:
        return wanted
    return f"{wanted} (answer by {reader.day(reader.before(each.due))})"


def _review(each: ToDecide, reader: Reader) -> str:
    return f"Approve {_of_owner(each)}{_by(each, reader, joined=', ')}"


def _content(each: ToDecide, _reader: Reader) -> str:
    return f"Approve {_of_owner(each)} again: its content has changed"


def _waiver_asked(each: ToDecide, reader: Reader) -> str:
    waiver = _waiver(each, reader)
    return f"Gate {quoted(each.title)}: {waiver}; let it pass again, or have it ticked"


def _gate(each: ToDecide, reader: Reader) -> str:
    named = f"Gate {quoted(each.title)}"
    if _passed(each.due, reader):
        day = _day(each.due, reader)
        return f"{named} is open after its day, {day}: {_checks(each)}"
    return f"{named}: {_checks(each, by=_by(each, reader))}"


def _decide(each: ToDecide, reader: Reader) -> str:
    return f"Decide on {quoted(each.title)}{_by(each, reader)}"


def _question(each: ToDecide, reader: Reader) -> str:
    if each.owner:
        return f"Help {_owner(each)}: answer {_asked(each)}{_by(each, reader)}"
    return f"Answer {_asked(each)}{_by(each, reader)}"


def _doubt(each: ToDecide, reader: Reader) -> str:
    helped = f"Help {_owner(each)}: say" if each.owner else "Say"
    return f"{helped} whether this line holds{_by(each, reader)}: {_asked(each)}"


def _faq(each: ToDecide, _reader: Reader) -> str:
    by = _owner(each)
    return (
        f"Add the answer to {_asked(each)} to the FAQ or leave it out, {by} proposes it"
    )


def _help(each: ToDecide, reader: Reader) -> str:
    return f"Help {_owner(each)}: {quoted(each.title)}{_by(each, reader)}"


def _unblock(each: ToDecide, reader: Reader) -> str:
    blocked = f"{quoted(each.title)}{_due(each, reader)} is blocked"
    return f"Help {_owner(each)}: {blocked}{_why(each)}"


def _card(each: ToDecide, reader: Reader) -> str:
    return f"Review the card on {shorten(each.title)}{_by(each, reader)}"


def _flag(each: ToDecide, _reader: Reader) -> str:
    said = f"{_owner(each)} says that {_line(each)} is wrong"
    return f"{said}: {_asked(each)}{_why(each)}"


_ASKED: Mapping[AnswerKind, Callable[[ToDecide, Reader], str]] = {
    AnswerKind.MORE_TIME: _more_time,
    AnswerKind.BLOCKED: _is_blocked,
    AnswerKind.REVIEW: _review,
    AnswerKind.CONTENT: _content,
    AnswerKind.WAIVER: _waiver_asked,
    AnswerKind.GATE: _gate,
    AnswerKind.DECISION: _decide,
    AnswerKind.DECISION_AHEAD: _decide,
    AnswerKind.QUESTION: _question,
    AnswerKind.DOUBT: _doubt,
    AnswerKind.FAQ: _faq,
    AnswerKind.HELP: _help,
    AnswerKind.UNBLOCK: _unblock,
    AnswerKind.CARD: _card,
    AnswerKind.FLAG: _flag,
}


def _line(each: ToDecide) -> str:
    return "an entry of the FAQ" if is_faq(each.key) else "a line of a card"


def _with_owner(each: ToDecide) -> str:
    owner = f" ({shorten(each.owner)})" if each.owner else ""
    return f"{quoted(each.title)}{owner}"


def _who(each: ToDecide, reader: Reader) -> str:
    return shorten(reader.name(each.who))


def _owner(each: ToDecide) -> str:
    return shorten(each.owner or "The owner")


def _of_owner(each: ToDecide) -> str:
    owner = f" of {shorten(each.owner)}" if each.owner else ""
    return f"{quoted(each.title)}{owner}"


def _asked(each: ToDecide) -> str:
    return f'"{cut(clean(each.title), QUESTION)}"'


def _why(each: ToDecide) -> str:
    return f": {cut(clean(each.why), REASON)}" if each.why else ""


def _due(each: ToDecide, reader: Reader) -> str:
    """Return the due day of a task between commas, to follow its title."""
    if each.due is None:
        return ""
    if _passed(each.due, reader):
        return f", which was due {reader.due(each.due)},"
    return f", due {reader.day(each.due)},"


def _by(each: ToDecide, reader: Reader, *, joined: str = " ") -> str:
    """Return by when an answer is owed, or how long it is overdue, to follow its subject.

    ``joined`` comes before a day that is ahead.
    """
    if each.due_at is not None:
        local = each.due_at.astimezone(reader.zone)
        instant = f"{reader.day(local)}, {local:%H:%M}"
        if each.late and local.date() < reader.today:
            return f", was due {reader.due(local.date())}"
        return f", was due {instant}" if each.late else f"{joined}by {instant}"
    if each.due is None:
        return ""
    if _passed(each.due, reader):
        return f", was due {reader.due(each.due)}"
    return f"{joined}by {reader.day(each.due)}"


def _was_due(each: ToDecide, reader: Reader) -> str:
    """Return since when an answer is overdue, after a comma; empty if it is not."""
    due = each.due_at.astimezone(reader.zone).date() if each.due_at else each.due
    over = each.late if each.due_at else _passed(due, reader)
    return f", was due {reader.day(due)}" if due and over else ""


def _waiver(each: ToDecide, reader: Reader) -> str:
    verb = "could" if _passed(each.until, reader) else "may"
    named = quoted(each.checks[0]) if each.checks else "a check"
    return f"{named} {verb} stay open until {_day(each.until, reader)}"


def _passed(when: date | None, reader: Reader) -> bool:
    return when is not None and when < reader.today


def _checks(each: ToDecide, *, by: str = "") -> str:
    """Return the checks to tick; ``by`` says until when, after a space."""
    number = count(len(each.checks), "check")
    named = listed(map(quoted, each.checks), most=NAMED, noun="check")
    return f"{number} to tick{by}: {', '.join(named)}"


def _day(when: date | None, reader: Reader) -> str:
    return reader.day(when) if when else "a day"
