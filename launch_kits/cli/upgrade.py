"""The command `upgrade`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from launch_kits.cli.options import (
    by_option,
    json_option,
    kit_option,
    launch_argument,
    note_option,
    now_option,
)
from launch_kits.cli.revision import apply_option, late_option, revise

__all__ = ["upgrade"]


@click.command()
@launch_argument
@kit_option
@apply_option
@late_option
@by_option
@note_option
@json_option
@now_option
def upgrade(
    launch: str,
    kit: Path | None,
    apply: bool,
    accept_late: bool,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Show the effect of its newest kit on a launch.

    With --apply, use that version from now on.
    """
    from launch_kits.verbs.changed_brief import upgraded_brief

    revise(
        "upgrade",
        launch,
        lambda store, settings, at: upgraded_brief(
            store, launch, search=settings.path, kit=kit, now=at
        ),
        apply=apply,
        accept_late=accept_late,
        by=by,
        note=note,
        json=json,
        now=now,
    )
