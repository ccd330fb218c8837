"""Why a launch takes as long as it does, in words: the work to watch, and the last days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from launch_kits.cli.output import cell, plain, short_day, signed, table
from launch_kits.views.reader import count
from launch_kits.workdays.in_words import day

if TYPE_CHECKING:
    from launch_kits.plan import Limit, Step, Why

__all__ = ["why_lines"]


def why_lines(
    titles: Mapping[str, str], found: Why | None, *, watched: Why | None
) -> Iterator[object]:
    """Yield the chain that drives the date, after the work to watch if there is one.

    Each task has the reason why it does not start earlier; the last has the limit that it must
    keep. ``watched`` is the chain before the fixed days with which the other one begins.
    """
    if found is None:
        yield "No work is open: nothing drives the date.\n"
        return
    if watched is not None:
        yield from _chain(titles, watched, title="Work to watch: the least float")
        yield from _chain(titles, found, title="The last days, which are fixed")
    else:
        yield from _chain(titles, found, title="What drives the date")


def _chain(titles: Mapping[str, str], found: Why, *, title: str) -> Iterable[object]:
    from launch_kits.cli.grid import Titled

    columns = ("Task", "Start", "Finish", "Float", "Why not earlier")
    rows = table(*columns, title=title, right=("Float",), spare=("Float",))
    above = None
    for step in found.steps:
        rows.add_row(
            Titled(titles[step.task], step.task),
            short_day(step.start),
            short_day(step.finish),
            signed(step.float_days),
            cell(_held_by(step, titles, above=above)),
        )
        above = step.task
    yield rows
    yield f"{_limit_in_words(found.limit, titles, last=found.steps[-1].task)}\n"


def _limit_in_words(limit: Limit, titles: Mapping[str, str], *, last: str) -> str:
    title = plain(titles[limit.task])
    if limit.due is None:
        last_task = "The last of them" if limit.task == last else f'"{title}"'
        return (
            f"{last_task} must be done before the {limit.anchor} day, {day(limit.on)}."
        )
    due = "its own due day" if limit.task == last else f'the due day of "{title}"'
    return f"The limit is {day(limit.on)}, {due} ({limit.due} from the {limit.anchor} day)."


def _held_by(step: Step, titles: Mapping[str, str], *, above: str | None) -> str:
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
