"""Another brief or kit for a launch, shown or applied."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import clock, say

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.settings import Settings
    from launch_kits.verbs import Revision
    from launch_kits.verbs.changed_brief import ChangedBrief

__all__ = ["apply_option", "late_option", "revise"]

apply_option = click.option("--apply", is_flag=True, help="Do it.")
late_option = click.option(
    "--accept-late", is_flag=True, help="Do it even if the plan gets later than it is."
)


def revise(
    verb: str,
    store: Store,
    launch: str,
    changed: ChangedBrief,
    *,
    settings: Settings,
    apply: bool,
    accept_late: bool,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Show or apply a changed brief of a launch; ``verb`` is `update` or `upgrade`."""
    from launch_kits import verbs
    from launch_kits.cli.follow_up import follow_up, refuse_now

    instant = clock(now)
    if apply:
        refuse_now(settings, now)
    for remark in changed.remarks:
        say(remark)
    if apply:
        found = verbs.revise(
            store,
            launch,
            changed.brief,
            verb=verb,
            by=by,
            now=instant,
            note=note,
            accept_late=accept_late,
        )
    else:
        found = verbs.preview_revision(store, launch, changed.brief, now=instant)
    _show(found, launch, applied=apply, json=json)
    if apply and not found.empty:
        follow_up(store, launch, settings=settings, now=instant)


def _show(found: Revision, slug: str, *, applied: bool, json: bool) -> None:
    from launch_kits.cli.follow_up import say_shortage
    from launch_kits.cli.output import as_json
    from launch_kits.verbs.as_json import revision_json

    if json:
        as_json(revision_json(found, applied=applied))
    else:
        _print(found, slug, applied=applied)
    say_shortage(found.levelled)


def _print(found: Revision, slug: str, *, applied: bool) -> None:
    from launch_kits.cli import output

    if found.empty:
        print("nothing differs; nothing changed")
        return
    rows = output.table("Change", "Tasks or parts")
    handed = [
        f"{each.key}: {each.owner_before} → {each.owner}" for each in found.handed
    ]
    changed = [f"{key}: {', '.join(parts)}" for key, parts in found.changed.items()]
    told = {
        "In the brief": list(found.fields),
        "New tasks": found.added,
        "Dropped": found.dropped,
        "Begun, so they go on": found.kept,
        "Changed": changed,
        "Change hands": handed,
        "Written again": found.documents,
    }
    for title, lines in told.items():
        if lines:
            rows.add_row(title, output.cell("\n".join(lines)))
    late = (
        f"[bold red]The plan is {found.late_by} working days late[/] "
        f"(it was {found.late_before})."
    )
    parts: list[object] = [rows, late if found.late_by else "[green]The plan holds.[/]"]
    anyway = " --accept-late" if found.late_by > found.late_before else ""
    hint = f"Nothing is changed yet; the same with --apply{anyway} does it."
    parts.append(f"{slug} goes on from it." if applied else hint)
    output.show(*parts)
