"""The facts of a notice by their types: one of another type, as old notices may hold, is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

__all__ = ["mapping_of", "part_fact", "rows_of", "texts_of"]


def mapping_of(facts: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return the facts within a fact; none if it holds anything else."""
    found = facts.get(key)
    return found if isinstance(found, Mapping) else {}


def rows_of(facts: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """Return the rows of a list of facts, without those that are no facts."""
    found = facts.get(key)
    if not isinstance(found, list):
        return []
    return [row for row in found if isinstance(row, Mapping)]


def texts_of(facts: Mapping[str, object], key: str) -> list[str]:
    """Return the entries of a list of facts as texts."""
    found = facts.get(key)
    if not isinstance(found, list):
        return []
    return [str(each) for each in found]


def part_fact(
    launch: str, product: str, *, task: str, title: str, due: date | None, part: str
) -> dict[str, str | None]:
    """A part of a person in a task or a gate, as notices about handed work list it.

    ``part`` is ``owner``, ``approver`` or ``gate``; ``due`` is None for a gate.
    """
    return {
        "launch": launch,
        "product": product,
        "task": task,
        "title": title,
        "due": due.isoformat() if due else None,
        "field": part,
    }
