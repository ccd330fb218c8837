"""The effects of a change in words, for a preview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from launch_kits.slack.messages.blocks import Block, paragraph
from launch_kits.verbs.task_changes import TaskChange
from launch_kits.views.notices.text import clean, cut, quoted, shorten
from launch_kits.views.reader import Reader, count, listed

__all__ = ["due_lines", "late_line", "lines", "preview_blocks", "told_line"]

#: due days and warnings that are named; more are counted
MOST_MOVES = 20
MOST_WARNINGS = 6
#: characters of a value or warning
MOST_VALUE = 250


def due_lines(moves: Iterable[TaskChange], *, reader: Reader) -> list[str]:
    """The due days that move, a line each."""
    told = [
        f"• {quoted(each.title)} ({shorten(reader.name(each.owner))}): "
        f"{reader.day(each.due_before)} → {reader.day(each.due)}"
        for each in moves
    ]
    return ["Due days that move:", *listed(told, most=MOST_MOVES)] if told else []


def late_line(late: Mapping[str, int], *, title: Callable[[str], str]) -> str:
    """The tasks that can no longer be made, with working days; empty if there are none."""
    found = sorted(late.items(), key=lambda each: -each[1])
    told = (
        f"{quoted(title(key))} by {count(days, 'working day')}" for key, days in found
    )
    words = ", ".join(listed(told, most=5))
    return f"Too late then: {words}." if words else ""


def told_line(people: Iterable[str], *, reader: Reader) -> str:
    """The people who are told; no one else is."""
    names = [shorten(reader.name(each)) for each in people]
    if not names:
        return "No one has to be told."
    return f"Will be told: {', '.join(listed(names, most=8))}."


def lines(warnings: Iterable[str]) -> list[str]:
    """Warnings, a line each."""
    told = [f"• {cut(clean(each), MOST_VALUE)}" for each in warnings]
    return ["Please note:", *listed(told, most=MOST_WARNINGS)] if told else []


def preview_blocks(*parts: str | Iterable[str]) -> list[Block]:
    """The paragraphs of a preview, without the empty ones."""
    texts = [each if isinstance(each, str) else "\n".join(each) for each in parts]
    return [paragraph(text) for text in texts if text.strip()]
