"""The command `start`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import refuse_now, say_follow_up, to_stderr
from launch_kits.cli.options import (
    brief_argument,
    clock,
    kit_option,
    now_option,
    on_option,
    open_store,
    say,
)
from launch_kits.cli.plan import begin_option
from launch_kits.errors import InputError
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.inputs.brief import Brief
    from launch_kits.plan.rollout import Rollout

__all__ = ["start"]


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
@now_option
def start(
    brief: Path,
    on: str | None,
    begin: str | None,
    kit: Path | None,
    accept_late: bool,
    accept_past: bool,
    dry_run: bool,
    now: datetime | None,
) -> None:
    """Start a launch.

    Its plan is recorded, its run appears in Prefect, the first owners get their tasks.
    """
    from launch_kits.lint.planned import read_rollout
    from launch_kits.verbs.start import check_days, rollout_of

    settings = Settings.read()
    instant = clock(now)
    planned = read_rollout(
        brief, search=settings.path, on=on, begin=begin, kit=kit, now=instant
    )
    for warning in planned.warnings:
        say(warning.as_warning())
    if planned.faults:
        raise InputError(planned.faults)
    rollout = rollout_of(planned.rollout.brief, now=instant)
    if dry_run:
        _print_dry_run(rollout)
        check_days(
            rollout, now=instant, accept_late=accept_late, accept_past=accept_past
        )
        return
    refuse_now(settings, now)
    _start(
        rollout,
        settings=settings,
        at=now,
        accept_late=accept_late,
        accept_past=accept_past,
    )


def _start(
    rollout: Rollout,
    *,
    settings: Settings,
    at: datetime | None,
    accept_late: bool,
    accept_past: bool,
) -> None:
    """Open the launch and do its first step.

    ``at`` is the instant given in place of the clock, if any.
    """
    from launch_kits.board.start import start_launch
    from launch_kits.server.first_step import first_step

    brief = rollout.brief
    store = open_store(settings)
    result = start_launch(
        store, brief, now=clock(at), accept_late=accept_late, accept_past=accept_past
    )
    if not result.new and result.status != "running":
        print(
            f"{brief.launch} was started before and is {result.status}; nothing to do. "
            "Another launch needs another name."
        )
        return
    if result.new:
        _say_it_is_started(rollout, settings=settings)
    else:
        print(
            f"{brief.launch} is started already; "
            "finishing any steps that were left incomplete"
        )
        _say_differing_keys(store, brief)
    page, found = first_step(
        store, result, settings=settings, at=at, now=clock(at), write=to_stderr
    )
    say_follow_up(found)
    if page:
        print(f"its run in Prefect: {page}")
        return
    folder = settings.documents / brief.launch
    if folder.is_dir():
        say(f"documents: {folder}")
    say(
        f"next: `launch-kits status {brief.launch}`; "
        "`launch-kits up` keeps it going and shows it in the Prefect UI"
    )


def _say_it_is_started(rollout: Rollout, *, settings: Settings) -> None:
    from launch_kits.board.address import api_url

    print(
        f"{rollout.brief.launch} is started: {len(rollout.assignments)} tasks, "
        f"launch on {rollout.launch_on:%a %d %b %Y}"
    )
    _say_who_is_unknown(rollout.brief, settings=settings)
    if not api_url(settings):
        say(
            "without a server its first step is done here; this takes about ten seconds …"
        )


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


def _print_dry_run(rollout: Rollout) -> None:
    from launch_kits.cli import output
    from launch_kits.plan.handout import asked_on
    from launch_kits.views import reader

    found = output.table(
        "Asked on",
        "Who",
        "Task",
        "Planned",
        "Due",
        title="Who would get which task, if all goes to plan",
    )
    # the dates that `start` writes
    planned = rollout.load.planned(levelled=False)
    days = asked_on(rollout, planned)
    dated = sorted(rollout.dated(), key=lambda row: days[row[0].key])
    for assignment, span in dated:
        dates = planned[assignment.key]
        texts = (
            output.short_day(days[assignment.key]),
            assignment.owner,
            assignment.title,
            reader.span(dates.start, dates.finish, today=dates.finish),
            output.short_day(span.due),
        )
        found.add_row(*(output.cell(text) for text in texts))
    output.show(found, "Nothing was started.")
