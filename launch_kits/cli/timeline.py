"""The command `timeline`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    PATH,
    by_name,
    clock,
    kit_option,
    now_option,
    open_store,
    planned_brief,
    tell,
)
from launch_kits.cli.out_file import write_out
from launch_kits.errors import Refused
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.documents.timeline.picture import TimelineFacts

__all__ = ["timeline"]


@click.command()
@click.argument("launch_or_brief")
@click.option(
    "--out",
    metavar="FILE",
    type=PATH,
    help="A file that ends in .svg, .pdf or .png; SVG to stdout by default.",
)
@kit_option
@now_option
def timeline(
    launch_or_brief: str, out: Path | None, kit: Path | None, now: datetime | None
) -> None:
    """Draw a launch, or the plan of a brief, on one page.

    Its tasks by stage with their float, today, release and launch day, gates and the critical
    chain. LAUNCH_OR_BRIEF is a launch's name, or a brief's file or folder.
    """
    from launch_kits.documents.timeline.files import PICTURE_FORMATS, timeline_file
    from launch_kits.inputs.search import brief_or_launch

    kind = out.suffix.lower().removeprefix(".") if out else "svg"
    if kind not in PICTURE_FORMATS:
        raise Refused(f"{out}: name a file that ends in .svg, .pdf or .png")
    brief = brief_or_launch(launch_or_brief)
    if kit and not brief:
        raise Refused(
            "a launch keeps the kit that it was started from; --kit goes with a brief"
        )
    instant = clock(now)
    facts = (
        _of_brief(brief, kit, instant)
        if brief
        else _of_launch(launch_or_brief, instant)
    )
    written = timeline_file(facts, kind)
    if out is None:
        click.echo(written, nl=False)
        return
    tell(write_out(out, written, remedy="name another file with --out"))


def _of_brief(path: Path, kit: Path | None, now: datetime) -> TimelineFacts:
    from launch_kits.views.timeline import timeline_of_rollout

    rollout = planned_brief(path, kit=kit, now=now).rollout
    today = now.astimezone(rollout.brief.zone()).date()
    return timeline_of_rollout(rollout, today=today)


def _of_launch(slug: str, now: datetime) -> TimelineFacts:
    from launch_kits.views.launch import read_launch
    from launch_kits.views.timeline import timeline_of

    settings = Settings.read()
    with by_name(slug), open_store(settings).read() as session:
        view = read_launch(session, slug, now=now, documents=settings.documents)
        return timeline_of(view)
