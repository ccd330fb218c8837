"""The command `add`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import carry_out_or_try
from launch_kits.cli.options import (
    by_option,
    dry_run_option,
    launch_argument,
    note_option,
    now_option,
    open_store,
)
from launch_kits.cli.revision import late_option
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Change, Outcome

__all__ = ["add"]


@click.command()
@launch_argument
@click.option("--title", metavar="TEXT", required=True, help="The work to do.")
@click.option(
    "--role",
    metavar="ROLE",
    default="lead",
    help="The role that does it; the lead by default.",
)
@click.option(
    "--days",
    type=click.IntRange(0, 1000),
    default=1,
    help="Working days of work; 0 is a milestone.",
)
@click.option(
    "--after",
    metavar="TASK",
    multiple=True,
    help="A task it waits for; may be given again.",
)
@click.option(
    "--before",
    metavar="TASK",
    multiple=True,
    help="A task that waits for it; may be given again.",
)
@click.option(
    "--due",
    metavar="DATE|T-10",
    help="Latest finish: 2027-02-05, +3d, or T-10; as late as possible by default.",
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    help="The part of its owner's day that it takes; the kit's by default.",
)
@click.option("--review", metavar="ROLE", help="The role that approves it.")
@click.option(
    "--stage",
    metavar="STAGE",
    help="Its stage; by default that of the first task it waits for.",
)
@click.option("--key", metavar="KEY", help="Its key; made from the title by default.")
@click.option(
    "--check",
    "--checklist",
    metavar="TEXT",
    multiple=True,
    help="A line of its checklist; may be given again.",
)
@late_option
@by_option
@note_option
@dry_run_option
@now_option
def add(
    launch: str,
    title: str,
    role: str,
    days: int,
    after: tuple[str, ...],
    before: tuple[str, ...],
    due: str | None,
    share: float | None,
    review: str | None,
    stage: str | None,
    key: str | None,
    check: tuple[str, ...],
    accept_late: bool,
    by: str | None,
    note: str | None,
    dry_run: bool,
    now: datetime | None,
) -> None:
    """Put a task of its own into a running launch."""
    from launch_kits import verbs
    from launch_kits.views.written_day import read_due

    def verb(store: Store | Change, at: datetime) -> Outcome:
        read = open_store(Settings.read())
        new_task = verbs.NewTask(
            title,
            key=key,
            days=days,
            role=role,
            review=review,
            after=after,
            before=before,
            due=read_due(read, launch, due, now=at) if due else None,
            share=share,
            stage=stage,
            checklist=check,
        )
        return verbs.add(
            store, launch, new_task, by=by, now=at, note=note, accept_late=accept_late
        )

    carry_out_or_try(launch, now, verb, dry_run=dry_run)
