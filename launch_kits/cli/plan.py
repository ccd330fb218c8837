"""The command `plan`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    brief_argument,
    clock,
    json_option,
    kit_option,
    now_option,
    on_option,
    planned_brief,
    say_doubt,
)
from launch_kits.workdays.in_words import count, day

if TYPE_CHECKING:
    from launch_kits.lint.planned import Planned
    from launch_kits.plan import Why
    from launch_kits.plan.rollout import Rollout

__all__ = ["begin_option", "plan"]

begin_option = click.option(
    "--begin", metavar="DATE", help="First day of work, instead of the brief's."
)

level_option = click.option(
    "--level",
    is_flag=True,
    help="Spread the work so that no one is asked for more than they have.",
)


#: the meaning of the last column of levelled dates
LEFT = (
    "Start and Finish are levelled. Left: working days from there to the due day; if negative, "
    "work lies after it. Float, without --level and in `status`, counts from the earliest finish."
)


@click.command()
@brief_argument
@on_option
@begin_option
@kit_option
@click.option(
    "--earliest", is_flag=True, help="Find the earliest launch day that holds."
)
@click.option(
    "--why",
    is_flag=True,
    help="Show the work of least float, and the chain that drives its date.",
)
@level_option
@json_option
@now_option
def plan(
    brief: Path,
    on: str | None,
    begin: str | None,
    kit: Path | None,
    earliest: bool,
    why: bool,
    level: bool,
    json: bool,
    now: datetime | None,
) -> None:
    """Plan a brief.

    Every task's dates and float, the critical path, whether it holds. Changes nothing.
    """
    from launch_kits.cli import output
    from launch_kits.cli.load_text import asked_lines, levelled_lines
    from launch_kits.cli.why_text import why_lines
    from launch_kits.views.as_json import plan_json

    instant = clock(now)
    planned = planned_brief(brief, on=on, begin=begin, kit=kit, now=instant)
    rollout = planned.rollout
    wanted = earliest or not rollout.schedule.feasible
    earliest_on = rollout.earliest_launch_on if wanted else None
    found, watched = _why(rollout) if why else (None, None)
    if json:
        chains = (found, watched) if why else None
        plan_as_json = plan_json(
            planned, earliest_launch_on=earliest_on, levelled=level, chains=chains
        )
        output.as_json(plan_as_json)
        return
    _say_doubts(planned)
    titles = {assignment.key: assignment.title for assignment in rollout.assignments}
    today = instant.astimezone(rollout.brief.zone()).date()
    output.show(
        _plan_head(rollout),
        *(
            why_lines(titles, found, watched=watched)
            if why
            else output.plan_tables(rollout, levelled=level)
        ),
        *([LEFT] if level and not why else []),
        _verdict(rollout, earliest_on),
        *asked_lines(rollout.load.days_asked(), name=rollout.load.levelled.name),
        *(levelled_lines(rollout.load.levelled) if level else ()),
        *_if_started(rollout, today),
    )


def _say_doubts(planned: Planned) -> None:
    """Print the findings of the linter, without those that the plan says itself."""
    for doubt in planned.doubts:
        # the last line says so, if it is late
        if doubt.code != "begin-past" or "would be short" in doubt.message:
            say_doubt(doubt)


def _plan_head(rollout: Rollout) -> str:
    from launch_kits.cli.output import plain

    return (
        f"[bold]{plain(rollout.brief.product)}[/]  {plain(rollout.brief.kit_in_place.title)}\n"
        f"work begins {day(rollout.begin_on)} · release {day(rollout.release_on)} · "
        f"launch {day(rollout.launch_on)} · {count(len(rollout.assignments), 'task')}\n"
    )


def _verdict(rollout: Rollout, earliest_on: date | None) -> str:
    schedule = rollout.schedule
    if schedule.feasible:
        text = f"[green]The plan holds.[/] Least float: {count(_spare(rollout), 'working day')}."
        return f"{text} {_earliest(earliest_on)}" if earliest_on else text
    remedy = _earliest(earliest_on) if earliest_on else "No day of the next 500 holds."
    late = f"it is {count(schedule.late_by, 'working day')} late."
    return f"[bold red]The plan does not hold:[/] {late} {remedy}"


def _earliest(on: date) -> str:
    from launch_kits.plan.earliest_in_words import holds_by_dates
    from launch_kits.views.notices.text import capitalize

    return f"{capitalize(holds_by_dates(on))}."


def _if_started(rollout: Rollout, today: date) -> Iterator[str]:
    """Say how a plan whose first day is past would differ if started today."""
    if rollout.begin_on >= today:
        return
    started = replace(rollout, begin_on=today)
    late_by = started.schedule.late_by
    spare = _spare(started)
    if spare == _spare(rollout):
        return
    past = f"{day(rollout.begin_on)} is past: started today, the plan would"
    if not late_by:
        yield f"{past} hold with a least float of {count(spare, 'working day')}."
        return
    earliest_on = started.earliest_launch_on
    remedy = (
        f"; the earliest launch day that would hold is {day(earliest_on)}"
        if earliest_on
        else ""
    )
    yield f"[yellow]{past} not hold:[/] it would be {count(late_by, 'working day')} late{remedy}."


def _spare(rollout: Rollout) -> int:
    return min((span.float_days for span in rollout.schedule.spans.values()), default=0)


def _why(rollout: Rollout) -> tuple[Why | None, Why | None]:
    """The chain that drives the date, and the work to watch if that one is fixed."""
    from launch_kits.plan import why, work_to_watch

    given = rollout.plan_input
    dated = rollout.schedule.spans
    return why(given, dated=dated), work_to_watch(given, dated=dated)
