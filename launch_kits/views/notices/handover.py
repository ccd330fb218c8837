"""Whose work a task was before, and why its reader has it now."""

from __future__ import annotations

from collections.abc import Mapping

from launch_kits.views.notices.decision_text import in_place_of
from launch_kits.views.notices.facts import mapping_of
from launch_kits.views.notices.text import (
    NOTHING,
    capitalize,
    clean,
    cut,
    shorten,
    stopped,
)
from launch_kits.views.reader import Reader, iso_day

__all__ = ["given_clause", "given_to"]

#: characters of a reason in a sentence, and in a line of a list
LONG = 300
SHORT = 80


def given_to(facts: Mapping[str, object], reader: Reader) -> list[str]:
    """Write who gave a task to its reader, and why; nothing for a task that was theirs.

    ``facts`` may hold ``given``, with the emails ``by`` and ``from``, and a ``note``.
    """
    given = mapping_of(facts, "given")
    by = given.get("by")
    before = given.get("from")
    if not isinstance(by, str) or "for" in facts:  # a deputy has it from no one
        return []
    told = [stopped(f"{_name(by, reader)} gave it to you{_because(given, LONG)}")]
    if isinstance(before, str) and before.lower() != by.lower():
        told.append(f"{capitalize(_name(before, reader))} had it before.")
    return told


def given_clause(line: Mapping[str, object], reader: Reader) -> str:
    """Write whose work a line of a list is, or who gave it; to follow the line."""
    absent = line.get("for")
    if isinstance(absent, str):
        return in_place_of(absent, iso_day(line.get("away_until")), reader)
    given = mapping_of(line, "given")
    by = given.get("by")
    if not isinstance(by, str):
        return ""
    return f"; {_name(by, reader)} gave it to you{_because(given, SHORT)}"


def _name(email: str, reader: Reader) -> str:
    return shorten(reader.name(email))


def _because(given: Mapping[str, object], most: int) -> str:
    note = clean(str(given.get("note") or ""))
    return "" if note == NOTHING else f": {cut(note, most)}"
