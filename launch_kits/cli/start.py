"""The command `start`."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.dry_run import dry_run_of, print_started
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
from launch_kits.errors import InputError
from launch_kits.settings import Settings
from launch_kits.statuses import LaunchStatus
from launch_kits.workdays.in_words import count, day

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.inputs.brief import Brief
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
        dry_run_of(rollout, options)
        return
    refuse_now(settings, now)
    _start(rollout, options)


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
        print_started(store, brief.launch, new=result.new, levelled=result.levelled)
    if not result.new and result.status != LaunchStatus.RUNNING:
        options.tell(
            f"{brief.launch} was started before and is {result.status}; nothing to do. "
            "Another launch needs another name."
        )
        return
    if result.new:
        _say_it_is_started(rollout, options)
        say_shortage(result.levelled)
    else:
        options.tell(
            f"{brief.launch} is started already; "
            "finishing any steps that were left incomplete"
        )
        _say_differing_keys(store, brief)
        _say_its_own_day(store, rollout)
    _do_first_step(store, result, options)


def _do_first_step(store: Store, result: StartResult, options: StartOptions) -> None:
    """Do the launch's first step, and give it its run in Prefect."""
    from launch_kits.board.address import api_url
    from launch_kits.server.first_step import first_step

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
    if result.new and not api_url(options.settings):
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
    """Run the launch's flow once without a server; nothing depends on it."""
    from launch_kits.cli.output import working
    from launch_kits.errors import PrefectError
    from launch_kits.server.embedded import run_embedded

    within = options.settings.embedded_within
    if not within:
        return
    try:
        with working(f"recording its run in Prefect, for at most {within} s"):
            run_embedded(slug, settings=options.settings, at=options.at)
    except (PrefectError, OSError) as error:
        say(
            f"note: its run is not recorded in Prefect yet ({error}); "
            "the next sweep with a server creates it"
        )


def _say_it_is_started(rollout: Rollout, options: StartOptions) -> None:
    options.tell(
        f"{rollout.brief.launch} is started: {count(len(rollout.assignments), 'task')}, "
        f"launch on {day(rollout.launch_on)}"
    )
    _say_who_is_unknown(rollout.brief, settings=options.settings)


def _say_differing_keys(store: Store, brief: Brief) -> None:
    """Say that a launch goes by the brief that it was started from, if this is another one."""
    from launch_kits.board.start import differing_keys

    differing = differing_keys(store, brief)
    if differing:
        say(
            f"note: the brief differs from the one that {brief.launch} was started from, "
            f"in {', '.join(differing)}; the launch goes by the one it has. "
            "Another launch needs another name."
        )


def _say_its_own_day(store: Store, rollout: Rollout) -> None:
    """Say that a launch keeps its day, if it was started for another one or moved since."""
    from launch_kits.database.records import Launch

    slug = rollout.brief.launch
    with store.read() as session:
        found = session.get(Launch, slug)
    if found is not None and found.launch_on != rollout.launch_on:
        say(
            f"note: {slug} stays on {day(found.launch_on)}; only "
            f"`launch-kits move {slug} --on DATE` gives it another day"
        )


def _say_who_is_unknown(brief: Brief, *, settings: Settings) -> None:
    from launch_kits.slack.outbound.unknown_people import find_unknown_people

    unknown, trouble = find_unknown_people(
        (person.email for person in brief.team.values()), settings=settings
    )
    for email in unknown:
        say(
            f"warning: no Slack user has the email {email}; "
            f"their tasks go to #{brief.slack_channel}, with their name"
        )
    if trouble:
        say(f"warning: the team's emails could not be looked up in Slack: {trouble}")
