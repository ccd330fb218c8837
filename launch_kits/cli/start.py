"""The command `start`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

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
    "--accept-late", is_flag=True, help="Start although the plan does not hold."
)
@click.option(
    "--accept-past", is_flag=True, help="Start although the launch day is before today."
)
@click.option(
    "--dry-run", is_flag=True, help="Show who would get what, and when; start nothing."
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
    from launch_kits.cli.follow_up import refuse_now
    from launch_kits.lint.planned import read_rollout
    from launch_kits.verbs.start import check_days, rollout_of

    settings, instant = Settings.read(), clock(now)
    planned = read_rollout(
        brief, search=Settings.read().path, on=on, begin=begin, kit=kit, now=instant
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
    """Open the launch and bring its first step about.

    ``at`` is the instant given in place of the clock, if any.
    """
    from launch_kits.board.address import api_url
    from launch_kits.board.parameters import check_size
    from launch_kits.cli.follow_up import follow_up
    from launch_kits.verbs import open_launch

    brief = rollout.brief
    check_size(brief)
    store = open_store(settings)
    result = open_launch(
        store, brief, now=clock(at), accept_late=accept_late, accept_past=accept_past
    )
    if result.new:
        print(
            f"{brief.launch} is started: {len(rollout.assignments)} tasks, launch on {rollout.launch_on:%a %d %b %Y}"
        )
        _say_who_is_unknown(brief, settings=settings)
    elif result.status != "running":
        print(
            f"{brief.launch} was started before and is {result.status}; nothing to do. "
            "Another launch needs another name."
        )
        return
    else:
        print(
            f"{brief.launch} is started already; whatever its start left undone is made up for"
        )
        _say_what_differs(store, brief)
    if api_url(settings):
        from launch_kits.board.runs import start_run

        print(
            f"its run in Prefect: {start_run(store, brief.launch, settings=settings)}"
        )
        return
    if result.new:
        from launch_kits.server.embedded import run_embedded

        say(
            "without a server its first step is done here; this takes about ten seconds …"
        )
        for warning in run_embedded(store, brief.launch, settings=settings, at=at):
            say(f"warning: {warning}")
    else:
        follow_up(store, brief.launch, settings=settings, now=clock(at))
    folder = settings.documents / brief.launch
    if folder.is_dir():
        say(f"documents: {folder}")
    say(
        f"next: `launch-kits status {brief.launch}`; `launch-kits up` keeps it going and shows it in the Prefect UI"
    )


def _say_what_differs(store: Store, brief: Brief) -> None:
    """Say that a launch goes by the brief that it was started from, where this is another one.

    Days may differ.
    """
    from launch_kits.database.queries import find_launch

    with store.read() as session:
        # read again, since a snapshot of an earlier version lacks what has been added to briefs
        kept = (
            type(brief)
            .kept(find_launch(session, brief.launch).brief)
            .model_dump(mode="json", by_alias=True)
        )
    given = brief.model_dump(mode="json", by_alias=True)
    days = {"begin_on", "release_on", "launch_on"}
    differing = [
        key for key in given if key not in days and given[key] != kept.get(key)
    ]
    if differing:
        say(
            f"note: the brief differs from the one that {brief.launch} was started from, in {', '.join(differing)}; "
            "the launch goes by the one it has. Another launch needs another name."
        )


def _say_who_is_unknown(brief: Brief, *, settings: Settings) -> None:
    from launch_kits.slack.outbound.unknown_people import find_unknown_people

    unknown, trouble = find_unknown_people(
        (person.email for person in brief.team.values()), settings=settings
    )
    for email in unknown:
        say(
            f"warning: Slack knows nobody as {email}; their tasks go to #{brief.slack_channel}, with their name"
        )
    if trouble:
        say(f"warning: Slack could not be asked whom it knows: {trouble}")


def _print_dry_run(rollout: Rollout) -> None:
    from launch_kits.cli import output

    found = output.table(
        "Asked on",
        "Who",
        "Task",
        "Due",
        title="Who would get what, if all goes to plan",
    )
    dated = sorted(rollout.dated(), key=lambda row: row[1].start)
    for assignment, span in dated:
        texts = (
            output.short_day(span.start),
            assignment.owner,
            assignment.title,
            output.short_day(span.due),
        )
        found.add_row(*(output.cell(text) for text in texts))
    output.show(found, "Nothing was started.")
