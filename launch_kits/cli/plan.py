"""Commands on inputs: check, plan, kits, schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    PATH,
    brief_argument,
    clock,
    day,
    json_option,
    kit_option,
    now_option,
    on_option,
    say,
)
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.errors import Fault
    from launch_kits.plan import Why
    from launch_kits.plan.rollout import Rollout

__all__ = ["Planned", "begin_option", "check", "kits", "must_be_a_path", "plan", "read_rollout", "schema"]

begin_option = click.option("--begin", metavar="DATE", help="First day of work, instead of the brief's.")


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PATH)
@json_option
@now_option
def check(paths: tuple[Path, ...], json: bool, now: datetime | None) -> None:
    """Find what is wrong in briefs, kits and ledgers, all of it at once.

    PATHs are files, or folders to search.
    """
    from launch_kits.lint.check import check as run

    settings = Settings.read()
    found = run(paths, search=settings.path, templates=settings.templates, now=clock(now))
    if json:
        from launch_kits.cli.output import as_json

        as_json(
            {
                "faults": [fault.as_json() for fault in found.faults],
                "warnings": [fault.as_json() for fault in found.warnings],
            }
        )
    else:
        for fault in found.faults:
            print(f"{fault}")
        for fault in found.warnings:
            print(fault.as_warning())
        files = f"{found.files} file{'' if found.files == 1 else 's'} checked"
        print(f"{files}: {_count(len(found.faults), 'fault')}, {_count(len(found.warnings), 'warning')}")
    if found.faults:
        raise SystemExit(1)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Planned:
    """A brief as read, with its rollout and what is doubtful about it."""

    rollout: Rollout
    #: what the linter calls wrong: `plan` tells it, `start` refuses it
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def doubts(self) -> tuple[Fault, ...]:
        """All of it, to be told before a plan."""
        return (*self.faults, *self.warnings)


def must_be_a_path(kit: Path | None, *, search: Sequence[Path]) -> None:
    """Raise Refused where `--kit` was given the name of a kit that there is, in place of a path."""
    from launch_kits.errors import Refused
    from launch_kits.inputs.search import find_kits

    if kit is not None and not kit.exists() and str(kit) in (known := find_kits(search)):
        raise Refused(f"--kit wants a path: write --kit {known[str(kit)]}, or `kit: {kit}` in the brief")


def read_rollout(path: Path, *, on: str | None, begin: str | None, kit: Path | None, now: datetime) -> Planned:
    """The rollout of a brief's file with the options of `plan` and `start`; raises InputError, PlanError, Refused."""
    from launch_kits.inputs.loading import load_brief
    from launch_kits.lint import lint_brief
    from launch_kits.plan import moved_release
    from launch_kits.plan.rollout import Rollout

    search = Settings.read().path
    must_be_a_path(kit, search=search)
    loaded = load_brief(path, search=search, kit=kit)
    brief = loaded.brief
    zone = brief.zone()
    launch_on, release_on = brief.launch_on, brief.released_on
    if on is not None:
        launch_on = day(on, now=now, zone=zone)
        calendar = brief.calendar()
        release_on = moved_release(calendar, release_on=release_on, launch_on=brief.launch_on, to=launch_on)
    begin_on = day(begin, now=now, zone=zone) if begin is not None else brief.begin_on
    dates: dict[str, date | None] = {"launch_on": launch_on, "release_on": release_on, "begin_on": begin_on}
    brief = brief.model_copy(update=dates)
    today = now.astimezone(zone).date()
    rollout = Rollout(brief, begin_on=begin_on or today, release_on=release_on, launch_on=launch_on)
    doubts = [*loaded.warnings, *rollout.warnings(loaded.sources["brief"], today=today)]
    found = lint_brief(loaded, rollout, today=today, besides=doubts)
    return Planned(rollout, found.faults, found.warnings)


@click.command()
@brief_argument
@on_option
@begin_option
@kit_option
@click.option("--earliest", is_flag=True, help="Find the earliest launch day that holds.")
@click.option("--why", is_flag=True, help="Show the work of least float, and what drives its date.")
@json_option
@now_option
def plan(
    brief: Path,
    on: str | None,
    begin: str | None,
    kit: Path | None,
    earliest: bool,
    why: bool,
    json: bool,
    now: datetime | None,
) -> None:
    """Plan a brief: every task's dates and float, the critical path, whether it holds. Changes nothing."""
    from launch_kits.cli import output

    instant = clock(now)
    planned = read_rollout(brief, on=on, begin=begin, kit=kit, now=instant)
    rollout = planned.rollout
    earliest_on = rollout.earliest_launch_on if earliest or not rollout.schedule.feasible else None
    found = _why(rollout) if why else None
    if json:
        reasons = {"why": output.why_json(found)} if why else {}
        output.as_json({**_plan_json(planned, earliest_on), **reasons})
        return
    for doubt in planned.doubts:
        say(doubt.as_warning())
    titles = {assignment.key: assignment.title for assignment in rollout.assignments}
    body = output.why_lines(titles, found) if why else output.plan_tables(rollout)
    today = instant.astimezone(rollout.brief.zone()).date()
    output.show(_plan_head(rollout), *body, _verdict(rollout, earliest_on), *_if_started(rollout, today))


def _plan_json(planned: Planned, earliest_on: date | None) -> dict[str, object]:
    from launch_kits.cli.output import plan_task_json

    rollout = planned.rollout
    return {
        "launch": rollout.brief.launch,
        "product": rollout.brief.product,
        "kit": rollout.brief.kit_in_place.kit,
        "begin_on": rollout.begin_on.isoformat(),
        "release_on": rollout.release_on.isoformat(),
        "launch_on": rollout.launch_on.isoformat(),
        "feasible": rollout.schedule.feasible,
        "late_by": rollout.schedule.late_by,
        "earliest_launch_on": earliest_on.isoformat() if earliest_on else None,
        "warnings": [doubt.as_json() for doubt in planned.doubts],
        "tasks": [plan_task_json(assignment, span) for assignment, span in rollout.dated()],
    }


def _plan_head(rollout: Rollout) -> str:
    from launch_kits.cli.output import plain

    return (
        f"[bold]{plain(rollout.brief.product)}[/]  {plain(rollout.brief.kit_in_place.title)}\n"
        f"work begins {rollout.begin_on:%a %d %b %Y} · release {rollout.release_on:%a %d %b %Y} · "
        f"launch {rollout.launch_on:%a %d %b %Y} · {len(rollout.assignments)} tasks\n"
    )


def _verdict(rollout: Rollout, earliest_on: date | None) -> str:
    schedule = rollout.schedule
    if schedule.feasible:
        text = f"[green]The plan holds.[/] Least float: {_spare(rollout)} working days."
        return f"{text} The earliest launch day that holds: {earliest_on:%a %d %b %Y}." if earliest_on else text
    remedy = (
        f"The earliest launch day that holds is {earliest_on:%a %d %b %Y}."
        if earliest_on
        else "No day of the next 500 holds."
    )
    return f"[bold red]The plan does not hold:[/] it is {schedule.late_by} working days late. {remedy}"


def _if_started(rollout: Rollout, today: date) -> Iterator[str]:
    """What `start` would make of a plan whose first day is past, where it is something else."""
    if rollout.begin_on >= today:
        return
    started = replace(rollout, begin_on=today)
    late_by, spare = started.schedule.late_by, _spare(started)
    if spare == _spare(rollout):
        return
    past = f"{rollout.begin_on:%a %d %b %Y} is past: started today, the plan would"
    if not late_by:
        yield f"{past} hold with a least float of {spare} working days."
        return
    earliest_on = started.earliest_launch_on
    remedy = f"; the earliest launch day that would hold is {earliest_on:%a %d %b %Y}" if earliest_on else ""
    yield f"[yellow]{past} not hold:[/] it would be {late_by} working days late{remedy}."


def _spare(rollout: Rollout) -> int:
    return min((span.float_days for span in rollout.schedule.spans.values()), default=0)


def _why(rollout: Rollout) -> Why | None:
    from launch_kits.plan import why

    return why(
        rollout.work,
        dated=rollout.schedule.spans,
        calendar=rollout.calendars.launch,
        begin_on=rollout.begin_on,
        release_on=rollout.release_on,
        launch_on=rollout.launch_on,
    )


@click.command()
@json_option
def kits(json: bool) -> None:
    """List the kits, by the names that a brief finds them by."""
    from launch_kits.cli import output
    from launch_kits.errors import InputError
    from launch_kits.inputs.loading import load_kit
    from launch_kits.inputs.search import find_kits

    rows = []
    for name, path in sorted(find_kits(Settings.read().path).items()):
        try:
            kit = load_kit(path)
        except InputError as error:
            say(f"{path}: not a kit that can be used; `launch-kits check {path}` says why ({len(error.faults)} faults)")
            continue
        rows.append({"kit": name, "version": kit.version, "title": kit.title, "path": str(path)})
    if json:
        output.as_json(rows)
        return
    found = output.table("Kit", "Version", "Title", "Path", right=("Version",))
    for row in rows:
        found.add_row(*(str(value) for value in row.values()))
    output.show(found)


@click.command()
@click.argument("kind", type=click.Choice(["brief", "kit", "ledger"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a brief, kit or ledger, by which an editor completes and validates it."""
    from launch_kits.inputs.schemas import schema_text

    print(schema_text(kind), end="")
