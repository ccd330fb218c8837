"""Values of a brief as people read them: days, periods, lists, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from launch_kits.views.notices.text import spoken
from launch_kits.workdays.in_words import day, span

__all__ = ["list_change", "value_in_words"]


def value_in_words(value: object) -> str:
    """Write a value of a brief, as JSON has it; empty for one that is not there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(value_in_words, value))
    if isinstance(value, Mapping):
        return _period(value) or " ".join(
            f"{spoken(str(key))} {value_in_words(part)}" for key, part in value.items()
        )
    text = str(value)
    on = _day(text)
    return day(on) if on else text


def list_change(before: object, after: object) -> tuple[list[object], list[object]]:
    """The entries that a list lost, and those that it gained.

    Both are empty if it keeps none of its entries, or only their order changes.
    """
    if not isinstance(before, list) or not isinstance(after, list):
        return [], []
    if not any(entry in after for entry in before):
        return [], []
    gone = [entry for entry in before if entry not in after]
    return gone, [entry for entry in after if entry not in before]


def _period(value: Mapping[object, object]) -> str:
    """Write days such as ``1-2 Feb 2027 (freeze)``; empty for anything else."""
    first, last = (_day(str(value.get(end))) for end in ("from", "to"))
    if first is None or last is None:
        return ""
    rest = [
        value_in_words(part) for key, part in value.items() if key not in ("from", "to")
    ]
    why = f" ({', '.join(rest)})" if rest else ""
    return f"{span(first, last, today=date.min)}{why}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2027-02-01") else None
    except ValueError:
        return None
