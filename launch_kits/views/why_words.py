"""The reasons of a chain in words: why a task does not start earlier, and the last limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from launch_kits.views.reader import count
from launch_kits.workdays.offsets import Offset, Unit

if TYPE_CHECKING:
    from launch_kits.plan import Limit, Step

__all__ = ["held_by", "limit_in_words"]

#: the noun of each unit of an offset
_UNITS = {Unit.WORKING_DAYS: "working day", Unit.DAYS: "day", Unit.WEEKS: "week"}


def limit_in_words(
    limit: Limit,
    titles: Mapping[str, str],
    *,
    last: str,
    day: Callable[[date], str],
) -> str:
    """The limit that a chain must keep; ``last`` is the key of its last task."""
    title = titles[limit.task]
    on = day(limit.on)
    if limit.due is None:
        last_task = "The last of them" if limit.task == last else f'"{title}"'
        return f"{last_task} must be done before the {limit.anchor} day, {on}."
    due = "its own due day" if limit.task == last else f'the due day of "{title}"'
    distance = _distance(limit.due, f"the {limit.anchor} day")
    return f"The limit is {on}, {due} ({distance})."


def _distance(offset: Offset, anchor: str) -> str:
    """Write an offset as people say it: ``6 weeks before the launch day``."""
    if not offset.amount:
        return f"on {anchor}"
    side = "before" if offset.amount < 0 else "after"
    return f"{count(abs(offset.amount), _UNITS[offset.unit])} {side} {anchor}"


def held_by(
    step: Step,
    titles: Mapping[str, str],
    *,
    above: str | None,
    day: Callable[[date], str],
) -> str:
    """The reason why a task does not start earlier; ``above`` is the task before it."""
    then = f", then {count(step.lag, 'working day')}" if step.lag else ""
    other = ""
    if step.waits_for is not None:
        named = f'"{titles[step.waits_for]}"'
        other = "the task above" if step.waits_for == above else named
    reasons = {
        "begin_on": "work begins",
        "today": "not begun yet",
        "waits_for": f"waits for {other}{then}",
        "not_before": f"the day of {other}{then}" if other else "its earliest start",
        "begun_on": "was begun",
        "in_review": "is in review",
        "until": "",
    }
    closed, off = (count(len(days), "day") for days in (step.closed, step.off))
    held_up = [f"{closed} closed (holidays, blackouts)"] if step.closed else []
    held_up += [f"owner off for {off}"] if step.off else []
    granted = [f"more time granted until {day(step.until)}"] if step.until else []
    return "; ".join(filter(None, [reasons[step.reason], *granted, *held_up]))
