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
    from launch_kits.errors import Fault
    from launch_kits.inputs.brief import Brief
    from launch_kits.inputs.kit import Kit
    from launch_kits.lint.revised import LaunchDays

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
    from launch_kits.lint.planned import must_be_a_path

    settings = Settings.read()
    must_be_a_path(kit, search=settings.path)
    loaded = load_brief(brief, search=settings.path, kit=kit)
    chosen = load_kit(kit) if kit else None

    def changed(kept: Brief) -> Brief:
        return _changed(launch, kept, loaded.brief, chosen)

    def doubts(_: Brief, new: Brief, days: LaunchDays) -> tuple[Fault, ...]:
        from launch_kits.lint.revised import doubts_of_file

        return doubts_of_file(loaded, new, days)

    revise(
        "update",
        launch,
        changed,
        doubts,
        apply=apply,
        accept_late=accept_late,
        by=by,
        note=note,
        json=json,
        now=now,
    )


def _changed(launch: str, kept: Brief, given: Brief, chosen: Kit | None) -> Brief:
    """The given brief with the kit of the launch, or the chosen one; says what it keeps."""
    if given.launch_on != kept.launch_on or given.released_on != kept.released_on:
        move = f"launch-kits move {launch} --on {given.launch_on}"
        say(f"note: the launch keeps its days; `{move}` changes them")
    if chosen is None and given.kit_in_place.kit != kept.kit_in_place.kit:
        say(
            f"note: the launch keeps its kit, {kept.kit_in_place.kit}; --kit gives it another"
        )
    return given.model_copy(update={"kit": chosen or kept.kit_in_place})
