"""The plan that `start` shows: of a launch that would be started, or was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from launch_kits.cli.follow_up import say_shortage
from launch_kits.cli.options import open_store

if TYPE_CHECKING:
    from launch_kits.cli.start import StartOptions
    from launch_kits.database.store import Store
    from launch_kits.plan.levelled_plan import LevelledPlan
    from launch_kits.plan.rollout import Rollout
    from launch_kits.views.as_json import PlannedTask

__all__ = ["dry_run_of", "print_started"]


def print_started(
    store: Store, slug: str, *, new: bool, levelled: LevelledPlan | None
) -> None:
    """Print a launch as it was started, with its stored dates, as JSON."""
    from launch_kits.cli.output import as_json
    from launch_kits.database.queries import find_launch, tasks_of
    from launch_kits.plan import PlannedDates
    from launch_kits.views.as_json import PlannedTask, start_json

    with store.read() as session:
        launch = find_launch(session, slug)
        tasks = tasks_of(session, slug)
    as_json(
        start_json(
            slug,
            product=launch.product,
            launch_on=launch.launch_on,
            started=new,
            levelled=levelled,
            tasks=(
                PlannedTask(
                    task.key,
                    task.title,
                    task.owner,
                    PlannedDates(task.planned_start, task.planned_finish),
                    task.due,
                )
                for task in tasks
            ),
        )
    )


def dry_run_of(rollout: Rollout, options: StartOptions) -> None:
    """Show the plan of a launch that would be started now.

    Refuses what `start` refuses; as text it shows the plan all the same.
    """
    from launch_kits.cli.output import as_json
    from launch_kits.verbs.start import check_days
    from launch_kits.views.as_json import start_json

    levelled = _levelled(rollout, options) if options.level else None
    tasks = [*_planned_tasks(rollout, levelled)]
    if not options.json:
        _print_dry_run(rollout, tasks)
    check_days(
        rollout,
        now=options.now,
        accept_late=options.accept_late,
        accept_past=options.accept_past,
    )
    if options.json:
        found = start_json(
            rollout.brief.launch,
            product=rollout.brief.product,
            launch_on=rollout.launch_on,
            started=False,
            levelled=levelled,
            tasks=tasks,
        )
        as_json(found)
    say_shortage(levelled)


def _levelled(rollout: Rollout, options: StartOptions) -> LevelledPlan:
    """Level a plan beside the launches that run, if there is a database at all."""
    from sqlalchemy.engine import make_url

    from launch_kits.views.running_load import read_running_load

    url = make_url(options.settings.database_url)
    if url.drivername.startswith("sqlite") and not Path(url.database or "").exists():
        return rollout.load.levelled
    with open_store(options.settings).read() as session:
        others = read_running_load(
            session,
            now=options.now,
            of={one.owner for one in rollout.assignments},
            but=rollout.brief.launch,
        )
        resources = others.resources(rollout.brief.team.values())
    return rollout.load.levelled_on(resources)


def _planned_tasks(
    rollout: Rollout, levelled: LevelledPlan | None
) -> Iterator[PlannedTask]:
    from launch_kits.views.as_json import PlannedTask

    planned = (
        levelled.levelling.planned if levelled else rollout.load.planned(levelled=False)
    )
    for one, span in rollout.dated():
        yield PlannedTask(one.key, one.title, one.owner, planned[one.key], span.due)


def _asked(rollout: Rollout, owner: str, day: date) -> str:
    """The person who is asked on a day: the owner, or the one who acts for them then."""
    from launch_kits.plan.absence import deputy_of

    deputy = deputy_of(rollout.brief, owner, day)
    return owner if deputy.casefold() == owner.casefold() else f"{deputy} for {owner}"


def _print_dry_run(rollout: Rollout, tasks: list[PlannedTask]) -> None:
    from launch_kits.cli import output
    from launch_kits.plan.handout import asked_on
    from launch_kits.views.reader import span

    days = asked_on(rollout, {task.key: task.planned for task in tasks})
    found = output.table(
        "Asked on",
        "Who",
        "Task",
        "Planned",
        "Due",
        title="Who would get which task, if all goes to plan",
    )
    for task in sorted(tasks, key=lambda task: days[task.key]):
        texts = (
            output.short_day(days[task.key]),
            _asked(rollout, task.owner, days[task.key]),
            task.title,
            span(*task.planned, today=task.planned.finish),
            output.short_day(task.due),
        )
        found.add_row(*(output.cell(text) for text in texts))
    output.show(found, "Nothing was started.")
