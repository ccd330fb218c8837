"""Why a launch takes as long as it does, in words: the work to watch, and the last days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from launch_kits.cli.output import cell, plain, short_day, signed, table
from launch_kits.views.why_words import held_by, limit_in_words
from launch_kits.workdays.in_words import day

if TYPE_CHECKING:
    from launch_kits.plan import Why

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
    yield (
        "Start and Finish are the earliest days on which this work can be done. The days on which "
        "its owners have time for it, which other lists name, may be later.\n"
    )


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
            cell(held_by(step, titles, above=above, day=day)),
        )
        above = step.task
    yield rows
    last = found.steps[-1].task
    limit = limit_in_words(found.limit, titles, last=last, day=day)
    yield f"{plain(limit)}\n"
