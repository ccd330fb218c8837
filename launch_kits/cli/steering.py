"""Commands that steer a launch: move, cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from launch_kits.cli.doors import By, Json, LaunchArg, Note, Now, clock, day, open_store
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.launch import Move

__all__ = ["cancel", "move"]


def move(
    launch: LaunchArg,
    on: Annotated[
        str,
        typer.Option(
            "--on", metavar="DATE", help="New launch day: 2027-03-09, or +12w from today.", show_default=False
        ),
    ],
    apply: Annotated[bool, typer.Option("--apply", help="Do it, and tell the owners whose due day changes.")] = False,
    accept_late: Annotated[bool, typer.Option("--accept-late", help="Even if the plan does not hold.")] = False,
    by: By = None,
    note: Note = None,
    json: Json = False,
    now: Now = None,
) -> None:
    """Show what moving the launch day changes; with --apply, move it."""
    from launch_kits import launch as verbs
    from launch_kits.brief import Brief
    from launch_kits.cli.consequences import follow_up, refuse_now
    from launch_kits.store import find_launch

    settings = Settings.read()
    store, instant = open_store(settings), clock(now)
    if apply:
        refuse_now(settings, now)
    with store.read() as session:
        zone = Brief.model_validate(find_launch(session, launch).brief).zone()
    to = day(on, now=instant, zone=zone)
    if apply:
        found = verbs.move(store, launch, on=to, by=by, note=note, accept_late=accept_late, now=instant)
    else:
        found = verbs.preview_move(store, launch, on=to, now=instant)
    if json:
        _print_json(found, applied=apply)
    else:
        _print(found, launch, applied=apply)
    if apply:
        follow_up(store, launch, settings=settings, now=instant)


def _print_json(found: Move, *, applied: bool) -> None:
    from launch_kits.cli.printing import as_json

    as_json(
        {
            "launch_on": found.launch_on.isoformat(),
            "launch_before": found.launch_before.isoformat(),
            "release_on": found.release_on.isoformat(),
            "release_before": found.release_before.isoformat(),
            "feasible": found.feasible,
            "late_by": found.late_by,
            "earliest_launch_on": found.earliest_launch_on.isoformat() if found.earliest_launch_on else None,
            "applied": applied,
            "told": list(found.told),
            "changes": [
                {
                    "key": shift.key,
                    "owner": shift.owner,
                    "due_before": shift.due_before.isoformat(),
                    "due": shift.due.isoformat(),
                    "float": shift.float_days,
                }
                for shift in found.shifts
            ],
        }
    )


def _print(found: Move, slug: str, *, applied: bool) -> None:
    from launch_kits.cli import printing

    rows = printing.table("Task", "Owner", "Due before", "Due", "Float", right=("Float",))
    for shift in found.shifts:
        spare = f"[bold red]{shift.float_days}[/]" if shift.float_days < 0 else str(shift.float_days)
        texts = (shift.key, shift.owner, printing.short_day(shift.due_before), printing.short_day(shift.due))
        rows.add_row(*(printing.cell(text) for text in texts), spare)
    lines: list[object] = [
        f"launch {found.launch_before} → [bold]{found.launch_on}[/], release {found.release_before} → {found.release_on}"
    ]
    lines.append(rows if found.shifts else "No due day changes.")
    if not found.feasible:
        earliest = found.earliest_launch_on
        hint = f" The earliest day that holds is {earliest}." if earliest else ""
        lines.append(f"[bold red]The plan does not hold:[/] it is {found.late_by} working days late.{hint}")
    if applied:
        lines.append(f"Moved. {len(found.told)} owners are told.")
    else:
        lines.append(f"Nothing is changed yet; `launch-kits move {slug} --on {found.launch_on} --apply` does it.")
    printing.show(*lines)


def cancel(launch: LaunchArg, by: By = None, note: Note = None, now: Now = None) -> None:
    """End a launch and tell everyone."""
    from launch_kits import launch as verbs
    from launch_kits.cli.tasks import carry_out

    carry_out(launch, now, lambda store, at: verbs.cancel(store, launch, by=by, note=note, now=at))
