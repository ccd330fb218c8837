"""The command `update`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    brief_argument,
    by_option,
    json_option,
    kit_option,
    launch_argument,
    note_option,
    now_option,
    say,
)
from launch_kits.cli.revision import apply_option, late_option, revise
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.inputs.brief import Brief

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
    from launch_kits.inputs.loading import load_brief, load_kit

    settings = Settings.read()
    loaded = load_brief(brief, search=settings.path, kit=kit)
    for warning in loaded.warnings:
        say(warning.as_warning())
    chosen = load_kit(kit) if kit else None

    def changed(kept: Brief) -> Brief:
        given = loaded.brief
        if given.launch_on != kept.launch_on or given.released_on != kept.released_on:
            move = f"launch-kits move {launch} --on {given.launch_on}"
            say(f"note: the launch keeps its days; `{move}` changes them")
        if chosen is None and given.kit_in_place.kit != kept.kit_in_place.kit:
            say(
                f"note: the launch keeps its kit, {kept.kit_in_place.kit}; --kit gives it another"
            )
        return given.model_copy(update={"kit": chosen or kept.kit_in_place})

    revise(
        "update",
        launch,
        changed,
        apply=apply,
        accept_late=accept_late,
        by=by,
        note=note,
        json=json,
        now=now,
    )
