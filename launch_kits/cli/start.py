"""The command `start`."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import (
    refuse_now,
    say_follow_up,
    say_shortage,
    to_stderr,
)
from launch_kits.cli.options import (
    brief_argument,
    clock,
    json_option,
    kit_option,
    now_option,
    on_option,
    open_store,
    say,
    say_doubt,
    tell,
)
from launch_kits.cli.plan import begin_option
from launch_kits.cli.start_text import (
    say_differences,
    say_shared_channel,
    say_unknown_people,
)
from launch_kits.errors import InputError
from launch_kits.settings import Settings
from launch_kits.statuses import LaunchStatus
from launch_kits.workdays.in_words import count, day

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.plan.rollout import Rollout
    from launch_kits.verbs import StartResult

__all__ = ["StartOptions", "start"]


@dataclass(frozen=True, slots=True)
class StartOptions:
    """The options of `start` that say how, with the settings."""

    settings: Settings
    #: the instant given in place of the clock, if any
    at: datetime | None
    accept_late: bool
    accept_past: bool
    level: bool
    json: bool

    @property
    def now(self) -> datetime:
        """The instant of the start."""
        return clock(self.at)

    def tell(self, text: str) -> None:
        """Print a message: to stdout, unless JSON alone goes there."""
        if self.json:
            say(text)
        else:
            tell(text)


@click.command()
@brief_argument
@on_option
@begin_option
@kit_option
@click.option(
    "--accept-late", is_flag=True, help="Start even if some deadlines would be missed."
)
@click.option(
    "--accept-past", is_flag=True, help="Start even if the launch day is before today."
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Show who would get which task, and when; start nothing.",
)
@click.option(
    "--no-level",
    is_flag=True,
    help="Plan the earliest dates, even if people are asked for more than they have.",
)
@json_option
@now_option
def start(
    brief: Path,
    on: str | None,
    begin: str | None,
    kit: Path | None,
    accept_late: bool,
    accept_past: bool,
    dry_run: bool,
    no_level: bool,
    json: bool,
    now: datetime | None,
) -> None:
    """Start a launch.

    Its plan is recorded, its run appears in Prefect, the first owners get their tasks. The planned
    dates spread the work so that no one is asked for more than they have, with the other launches
    that run.
    """
    from launch_kits.verbs.new_launch import plan_new_launch

    settings = Settings.read()
    instant = clock(now)
    planned = plan_new_launch(
        brief,
        search=settings.path,
        templates=settings.templates,
        on=on,
        begin=begin,
        kit=kit,
        now=instant,
    )
    for warning in planned.warnings if no_level else planned.doubts:
        say_doubt(warning)
    if planned.faults:
        raise InputError(planned.faults)
    rollout = planned.rollout
    options = StartOptions(
        settings,
        now,
        accept_late=accept_late,
        accept_past=accept_past,
        level=not no_level,
        json=json,
    )
    if dry_run:
        _show(rollout, options)
        return
    refuse_now(settings, now)
    _start(rollout, options)


def _show(rollout: Rollout, options: StartOptions) -> None:
    """Show the plan of a launch that would be started now.

    Refuses what a start refuses; as text it shows the plan all the same.
    """
    from launch_kits.cli.dry_run import print_dry_run
    from launch_kits.cli.output import as_json
    from launch_kits.database.store import is_there
    from launch_kits.verbs.as_json import start_preview_json
    from launch_kits.verbs.start import check_days
    from launch_kits.verbs.start_preview import preview_start

    settings = options.settings
    store = open_store(settings) if is_there(settings.database_url) else None
    if store is not None:
        say_shared_channel(store, rollout.brief)
    found = preview_start(store, rollout, now=options.now, level=options.level)
    if not options.json:
        print_dry_run(found)
    check_days(
        rollout,
        now=options.now,
        accept_late=options.accept_late,
        accept_past=options.accept_past,
    )
    if options.json:
        as_json(start_preview_json(found))
    say_shortage(found.levelled)


def _start(rollout: Rollout, options: StartOptions) -> None:
    """Open the launch and do its first step."""
    from launch_kits.board.start import start_launch

    brief = rollout.brief
    store = open_store(options.settings)
    result = start_launch(
        store,
        brief,
        now=options.now,
        accept_late=options.accept_late,
        accept_past=options.accept_past,
        level=options.level,
    )
    if options.json:
        _print_started(store, result, options)
    if not result.new and result.status != LaunchStatus.RUNNING:
        options.tell(
            f"{brief.launch} was started before and is {result.status}; nothing to do. "
            "Another launch needs another name."
        )
        return
    if result.new:
        options.tell(
            f"{brief.launch} is started: {count(len(rollout.assignments), 'task')}, "
            f"launch on {day(rollout.launch_on)}"
        )
        say_shared_channel(store, brief)
        say_unknown_people(brief, settings=options.settings)
        say_shortage(result.levelled)
    else:
        options.tell(
            f"{brief.launch} is started already; "
            "finishing any steps that were left incomplete"
        )
        say_differences(store, rollout)
    _do_first_step(store, result, options)


def _print_started(store: Store, result: StartResult, options: StartOptions) -> None:
    """Print a launch as it was started, with its stored dates, as JSON."""
    from launch_kits.cli.output import as_json
    from launch_kits.verbs.as_json import started_json
    from launch_kits.views.launch import read_launch

    documents = options.settings.documents
    with store.read() as session:
        view = read_launch(session, result.slug, now=options.now, documents=documents)
    as_json(started_json(view, result))


def _do_first_step(store: Store, result: StartResult, options: StartOptions) -> None:
    """Do the launch's first step, and give it its run in Prefect."""
    from launch_kits.server.first_step import first_step, records_run

    with _seen_waiting(options.settings):
        page, found = first_step(
            store,
            result.slug,
            settings=options.settings,
            now=options.now,
            write=to_stderr,
        )
    say_follow_up(found)
    if page:
        options.tell(f"its run in Prefect: {page}")
        return
    folder = options.settings.documents / result.slug
    if folder.is_dir():
        say(f"documents: {folder}")
    if result.new and records_run(options.settings):
        _record_run(result.slug, options)
    say(
        f"next: `launch-kits status {result.slug}`; "
        "`launch-kits up` keeps it going and shows it in the Prefect UI"
    )


def _seen_waiting(settings: Settings) -> AbstractContextManager[None]:
    """Say that the command waits, if a server is asked for the run."""
    from launch_kits.board.address import api_url
    from launch_kits.cli.output import working

    if not api_url(settings):
        return nullcontext()
    return working("waiting until a process of Prefect starts its run")


def _record_run(slug: str, options: StartOptions) -> None:
    """Record the launch's run in Prefect, where no server does."""
    from launch_kits.cli.output import working
    from launch_kits.server.first_step import record_run

    settings = options.settings
    within = settings.embedded_within
    with working(f"recording its run in Prefect, for at most {within} s"):
        problem = record_run(slug, settings=settings, at=options.at)
    if problem:
        say(
            f"note: its run is not recorded in Prefect yet ({problem}); "
            "the next sweep with a server creates it"
        )
