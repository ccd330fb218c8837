"""The words for work that another person acts for, takes over, or gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.reader import Reader, count, iso_day

__all__ = ["handed_lines", "handed_sentence"]


def handed_sentence(facts: Mapping[str, object], reader: Reader, *, to: str) -> str:
    """Write who acts for another, until when, and how much it is, for the reader ``to``.

    ``facts`` are those of the notice: the ``tasks``, and ``handed`` with ``from``, ``name``,
    ``to`` and ``until``, or with ``back``, the person whose work it is.
    """
    handed = facts.get("handed")
    handed = handed if isinstance(handed, Mapping) else {}
    before, after = (str(handed.get(key) or "?") for key in ("from", "to"))
    much = _counted(_lines(facts))
    absent = handed.get("back")
    if absent is not None:
        name = shorten(reader.name(after))
        if str(absent).lower() == after.lower():
            return f"{name} is back and has {much} again"
        return f"{name} acts for {shorten(reader.name(str(absent)))} now: {much}"
    until = iso_day(handed.get("until"))
    mine = after.lower() == to.lower()
    who = "You" if mine else shorten(reader.name(after))
    whose = shorten(str(handed.get("name") or reader.name(before)))
    if until is None:
        have = "have" if mine else "has"
        return f"{who} {have} {much} of {whose} from now on"
    act = "act" if mine else "acts"
    return f"{who} {act} for {whose} until {reader.day(until)}: {much} in that time"


def handed_lines(facts: Mapping[str, object], reader: Reader) -> list[str]:
    """Write the tasks, reviews and gates, a line each."""
    lines = _lines(facts)
    several = len({line.get("launch") for line in lines}) > 1
    return [_line(line, reader, several=several) for line in lines]


def _line(line: Mapping[str, object], reader: Reader, *, several: bool) -> str:
    told = quoted(str(line.get("title") or line.get("task") or "?"))
    prefix = {"approver": "Approve: ", "gate": "Gate: "}.get(str(line.get("field")), "")
    if several:
        told += f" ({shorten(str(line.get('product')))})"
    due = iso_day(line.get("due"))
    return f"{prefix}{told}" + (f", due {reader.day(due)}" if due else "")


def _counted(lines: Sequence[Mapping[str, object]]) -> str:
    """``3 tasks, 1 review``; ``nothing`` for no line."""
    nouns = {"owner": "task", "approver": "review", "gate": "gate"}
    counts = {
        noun: sum(line.get("field") == field for line in lines)
        for field, noun in nouns.items()
    }
    return (
        ", ".join(count(number, noun) for noun, number in counts.items() if number)
        or "nothing"
    )


def _lines(facts: Mapping[str, object]) -> list[Mapping[str, object]]:
    lines = facts.get("tasks")
    if not isinstance(lines, list):
        return []
    return [line for line in lines if isinstance(line, Mapping)]
