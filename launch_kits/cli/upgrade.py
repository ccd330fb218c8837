"""The command `upgrade`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

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
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.inputs.brief import Brief

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
    from launch_kits.inputs.loading import load_kit, resolve
    from launch_kits.lint.planned import must_be_a_path
    from launch_kits.lint.revised import doubts_of_kit

    settings = Settings.read()
    must_be_a_path(kit, search=settings.path)

    def changed(kept: Brief) -> Brief:
        chosen = load_kit(kit) if kit else kept.kit_in_place.kit
        return resolve(kept.model_copy(update={"kit": chosen}), search=settings.path)

    revise(
        "upgrade",
        launch,
        changed,
        doubts_of_kit,
        apply=apply,
        accept_late=accept_late,
        by=by,
        note=note,
        json=json,
        now=now,
    )
