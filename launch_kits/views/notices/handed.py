"""Messages about work that another person acts for, takes over, or gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from launch_kits.database.records import Notice
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.text import (
    NOTHING,
    capitalize,
    clean,
    cut,
    quoted,
    shorten,
    stopped,
)
from launch_kits.views.reader import Reader, count, iso_day, listed

__all__ = ["handed", "handed_lines", "handed_sentence"]

#: tasks named in a message
NAMED = 20
#: characters of a reason
LONG = 200


def handed(notice: Notice, launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write who acts for another, and the work.

    The notice's facts are the ``tasks``, and ``handed`` with ``from``, ``name``, ``to`` and
    ``until``, or with ``back``, the person whose work it is; ``by`` and ``note`` tell who arranged
    it, and why.
    """
    facts = notice.facts
    lines = handed_lines(facts, reader)
    where = "" if _several(_lines(facts)) else f" ({shorten(launch.product)})"
    told = "\n".join(listed(lines, most=NAMED))
    said = handed_sentence(facts, reader, to=notice.to)
    return NoticeMessage(
        sentence=f"{capitalize(said)}{where}.{_arranged(facts, reader)}",
        paragraphs=[told] if told else [],
    )


def handed_sentence(facts: Mapping[str, object], reader: Reader, *, to: str) -> str:
    """Write who acts for another, until when, and how much it is, without a full stop."""
    given = facts.get("handed")
    given = given if isinstance(given, Mapping) else {}
    before, after = (str(given.get(key) or "?") for key in ("from", "to"))
    much = _counted(_lines(facts))
    mine = after.lower() == to.lower()
    who = "you" if mine else shorten(reader.name(after))
    act = "act" if mine else "acts"
    absent = given.get("back")
    if absent is not None:
        if str(absent).lower() != after.lower():
            whose = _whom(str(absent), reader, to=to)
            return f"{who} {act} for {whose} now, with {much}"
        again = "are back and have" if mine else "is back and has"
        return f"{who} {again} {much} again"
    until = iso_day(given.get("until"))
    whose = _whom(before, reader, to=to, name=given.get("name"))
    if until is None:
        take = "take" if mine else "takes"
        return f"{who} {take} over {much} from {whose}"
    work = f", with {much}" if _lines(facts) else ""
    return f"{who} {act} for {whose} until {reader.day(until)}{work}"


def _arranged(facts: Mapping[str, object], reader: Reader) -> str:
    """A sentence on who arranged it, unless it was one of the two people, and why."""
    given = facts.get("handed")
    given = given if isinstance(given, Mapping) else {}
    by, note = facts.get("by"), clean(str(facts.get("note") or ""))
    why = "" if note == NOTHING else cut(note, LONG)
    people = {str(given.get(key)).lower() for key in ("from", "to")}
    if isinstance(by, str) and by.lower() not in people:
        arranged = f"{shorten(reader.name(by))} arranged it"
        return f" {stopped(f'{arranged}: {why}' if why else arranged)}"
    return f" {stopped(f'The reason: {why}')}" if why else ""


def handed_lines(facts: Mapping[str, object], reader: Reader) -> list[str]:
    """Write the tasks, reviews and gates, a line each."""
    lines = _lines(facts)
    several = _several(lines)
    return [_line(line, reader, several=several) for line in lines]


def _whom(person: str, reader: Reader, *, to: str, name: object = None) -> str:
    if person.lower() == to.lower():
        return "you"
    return shorten(str(name or reader.name(person)))


def _several(lines: Sequence[Mapping[str, object]]) -> bool:
    return len({line.get("launch") for line in lines}) > 1


def _line(line: Mapping[str, object], reader: Reader, *, several: bool) -> str:
    told = quoted(str(line.get("title") or line.get("task") or "?"))
    prefix = {"approver": "Approve: ", "gate": "Gate: "}.get(str(line.get("field")), "")
    if several:
        told += f" ({shorten(str(line.get('product')))})"
    due = iso_day(line.get("due"))
    return f"{prefix}{told}" + (f", due {reader.day(due)}" if due else "")


def _counted(lines: Sequence[Mapping[str, object]]) -> str:
    """``3 tasks and 1 review``; ``no work`` for no line."""
    nouns = {"owner": "task", "approver": "review", "gate": "gate"}
    counts = {
        noun: sum(line.get("field") == field for line in lines)
        for field, noun in nouns.items()
    }
    found = [count(number, noun) for noun, number in counts.items() if number]
    *most, last = found or ["no work"]
    return f"{', '.join(most)} and {last}" if most else last


def _lines(facts: Mapping[str, object]) -> list[Mapping[str, object]]:
    lines = facts.get("tasks")
    if not isinstance(lines, list):
        return []
    return [line for line in lines if isinstance(line, Mapping)]
