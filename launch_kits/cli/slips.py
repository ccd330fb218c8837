"""The command `slips`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    clock,
    json_option,
    launch_argument,
    now_option,
    open_store,
)
from launch_kits.settings import Settings
from launch_kits.statuses import TaskStatus
from launch_kits.workdays.in_words import count, day

if TYPE_CHECKING:
    from launch_kits.cli.grid import TerminalTable
    from launch_kits.plan import Slip
    from launch_kits.views.slips import LaunchSlips, TaskSlip

__all__ = ["slips"]

#: tasks, and changes of one day, that are shown; any more are counted
TASKS = 10
CHANGES = 3


@click.command()
@launch_argument
@json_option
@now_option
def slips(launch: str, json: bool, now: datetime | None) -> None:
    """Show how far due days and the launch day moved since the start, and by whom and why.

    Days are working days of the launch's calendar; a + is later.
    """
    from launch_kits.cli import output
    from launch_kits.views.as_json import slips_json
    from launch_kits.views.slips import read_slips

    with open_store(Settings.read()).read() as session:
        found = read_slips(session, launch, now=clock(now))
    if json:
        output.as_json(slips_json(found))
    else:
        output.show(*_shown(found))


def _shown(found: LaunchSlips) -> Iterator[object]:
    from launch_kits.cli.output import plain

    yield f"[bold]{plain(found.product)}[/]  {found.slug} · {found.status}"
    yield from _anchor_lines("Launch", found.launch_on, found)
    if found.release_on.baseline != found.launch_on.baseline or (
        found.release_on.now != found.launch_on.now
    ):
        yield from _anchor_lines("Release", found.release_on, found)
    moved = [each for each in found.tasks if each.slip.changes]
    if not moved:
        yield "No due day moved."
        return
    tasks = count(len(moved), "task")
    totals = found.totals
    if not totals.by_cause and not any(
        each.slip.days(found.calendar) for each in moved
    ):
        yield f"Due days of {tasks} moved and moved back."
        return
    yield f"Due days of {tasks} moved, together {_far(found.days)}.\n"
    stages = {each.task.stage: each.task.stage_title for each in found.tasks}
    yield _sums("Cause", totals.by_cause, {})
    yield _sums("Owner", totals.by_owner, found.names)
    yield _sums("Stage", totals.by_stage, stages)
    yield _largest(moved, found)


def _anchor_lines(name: str, slip: Slip, found: LaunchSlips) -> Iterator[str]:
    """The day as started and now, with the last changes."""
    from launch_kits.cli.output import plain

    days = slip.days(found.calendar)
    if not slip.changes:
        yield f"{name} day {day(slip.now)}, as started."
        return
    yield (
        f"{name} day {day(slip.now)}, {_far(days)} (from {day(slip.baseline)}):"
        if days
        else f"{name} day {day(slip.now)}, moved and moved back:"
    )
    for line in _reasons(slip, found, full=True):
        yield f"  {plain(line)}"


def _far(days: int) -> str:
    length = count(abs(days), "working day")
    return f"{length} {'earlier' if days < 0 else 'later'}"


def _sums(
    name: str, sums: Mapping[str, int], titles: Mapping[str, str]
) -> TerminalTable:
    """Working days by cause, owner or stage, the most first."""
    from launch_kits.cli.output import cell, table

    found = table(name, "Days", right=("Days",))
    for key, days in sorted(sums.items(), key=lambda one: (-one[1], one[0])):
        found.add_row(cell(titles.get(key, key)), f"{days:+d}")
    return found


def _largest(moved: list[TaskSlip], found: LaunchSlips) -> TerminalTable:
    """The tasks whose due days moved most, with their last changes."""
    from launch_kits.cli.grid import Titled
    from launch_kits.cli.output import cell, short_day, table

    by_days = sorted(moved, key=lambda each: -abs(each.slip.days(found.calendar)))
    more = len(by_days) - TASKS
    rows = table(
        *("Task", "Owner", "Was due", "Due", "Done", "Days"),
        title=f"Largest slips, {TASKS} of {len(by_days)}" if more > 0 else "Slips",
        right=("Days",),
        spare=("Done",),
    )
    for each in by_days[:TASKS]:
        rows.add_row(
            Titled(
                each.task.title,
                each.task.key,
                remark="\n".join(_reasons(each.slip, found, full=False)),
            ),
            cell(each.owner_name),
            short_day(each.slip.baseline),
            short_day(each.slip.now),
            _closed(each),
            f"{each.slip.days(found.calendar):+d}",
        )
    return rows


def _closed(found: TaskSlip) -> str:
    from launch_kits.cli.output import short_day

    if found.done_on:
        return short_day(found.done_on)
    if found.overdue:
        return "overdue"
    status = found.task.status
    return status if status == TaskStatus.DROPPED else ""


def _reasons(slip: Slip, found: LaunchSlips, *, full: bool) -> list[str]:
    """The last changes of a day, newest first: verb, days, person and reason."""
    from launch_kits.plan.slips import days_of

    told = []
    for change in reversed(slip.changes[-CHANGES:]):
        days = days_of(change, found.calendar)
        # a move is explained once, beside the launch day
        by = why = ""
        if full or change.verb != "move":
            by = f" by {found.names.get(change.by, change.by)}"
            why = f": {' '.join(change.why.split())}" if change.why else ""
        told.append(f"{change.verb} {days:+d}{by}{why}")
    earlier = len(slip.changes) - CHANGES
    return [*told, f"and {earlier} earlier"] if earlier > 0 else told
