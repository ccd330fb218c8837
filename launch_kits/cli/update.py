"""The command `update`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from launch_kits.cli.options import (
    brief_argument,
    by_option,
    json_option,
    kit_option,
    launch_argument,
    note_option,
    now_option,
)
from launch_kits.cli.revision import apply_option, late_option, revise

__all__ = ["update"]


@click.command()
@launch_argument
@brief_argument
@kit_option
@apply_option
@late_option
@by_option
@note_option
@json_option
@now_option
def update(
    launch: str,
    brief: Path,
    kit: Path | None,
    apply: bool,
    accept_late: bool,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Show the effect of a changed BRIEF on a launch.

    With --apply, use it from now on. For a new competitor or partner, days off, a corrected
    ledger. The launch keeps its kit unless --kit gives another, and its days, which `move`
    changes.
    """
    from launch_kits.verbs.changed_brief import updated_brief

    revise(
        "update",
        launch,
        lambda store, settings, at: updated_brief(
            store,
            launch,
            brief,
            search=settings.path,
            kit=kit,
            now=at,
            templates=settings.templates,
        ),
        apply=apply,
        accept_late=accept_late,
        by=by,
        note=note,
        json=json,
        now=now,
    )
