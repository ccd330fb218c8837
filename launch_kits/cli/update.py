"""Commands that change a running launch: update, upgrade, add."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    brief_argument,
    by_option,
    clock,
    json_option,
    kit_option,
    launch_argument,
    note_option,
    now_option,
    open_store,
    say,
)
from launch_kits.cli.tasks import carry_out, day_of
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.inputs.brief import Brief
    from launch_kits.verbs import Outcome, Revision

__all__ = ["add", "update", "upgrade"]

apply_option = click.option("--apply", is_flag=True, help="Do it.")
late_option = click.option(
    "--accept-late", is_flag=True, help="Even if the plan gets later than it is."
)


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
    """Show what a changed BRIEF changes in a running launch; with --apply, let the launch go on
    from it.

    For a new competitor or partner, days off, a corrected ledger. The launch keeps its kit unless
    --kit gives another, and its days, which `move` changes.
    """
    from launch_kits.inputs.loading import load_brief, load_kit
    from launch_kits.lint.planned import must_be_a_path

    settings = Settings.read()
    must_be_a_path(kit, search=settings.path)
    loaded = load_brief(brief, search=settings.path, kit=kit)
    for warning in loaded.warnings:
        say(warning.as_warning())
    chosen = load_kit(kit) if kit else None

    def changed(kept: Brief) -> Brief:
        given = loaded.brief
        if given.launch_on != kept.launch_on or given.released_on != kept.released_on:
            say(
                f"note: the launch keeps its days; `launch-kits move {launch} --on {given.launch_on}` changes them"
            )
        if chosen is None and given.kit_in_place.kit != kept.kit_in_place.kit:
            say(
                f"note: the launch keeps its kit, {kept.kit_in_place.kit}; --kit gives it another"
            )
        return given.model_copy(update={"kit": chosen or kept.kit_in_place})

    _revise(
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
    """Show what the newest version of its kit changes in a running launch.

    With --apply, let the launch go on by it.
    """
    from launch_kits.inputs.loading import load_kit, resolve
    from launch_kits.lint.planned import must_be_a_path

    settings = Settings.read()
    must_be_a_path(kit, search=settings.path)

    def changed(kept: Brief) -> Brief:
        chosen = load_kit(kit) if kit else kept.kit_in_place.kit
        return resolve(kept.model_copy(update={"kit": chosen}), search=settings.path)

    _revise(
        "upgrade",
        launch,
        changed,
        apply=apply,
        accept_late=accept_late,
        by=by,
        note=note,
        json=json,
        now=now,
    )


def _revise(
    verb: str,
    launch: str,
    changed: Callable[[Brief], Brief],
    *,
    apply: bool,
    accept_late: bool,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    from launch_kits import verbs
    from launch_kits.cli.follow_up import follow_up, refuse_now
    from launch_kits.cli.output import as_json
    from launch_kits.database.queries import find_launch
    from launch_kits.inputs.brief import Brief

    settings = Settings.read()
    store, instant = open_store(settings), clock(now)
    if apply:
        refuse_now(settings, now)
    with store.read() as session:
        kept = Brief.kept(find_launch(session, launch).brief)
    brief = changed(kept)
    if apply:
        found = verbs.revise(
            store,
            launch,
            brief,
            verb=verb,
            by=by,
            now=instant,
            note=note,
            accept_late=accept_late,
        )
    else:
        found = verbs.preview_revision(store, launch, brief, now=instant)
    if json:
        as_json(_revision_json(found, applied=apply))
    else:
        _print(found, launch, applied=apply)
    if apply and not found.empty:
        follow_up(store, launch, settings=settings, now=instant)


def _revision_json(found: Revision, *, applied: bool) -> dict[str, object]:
    earliest = found.earliest_launch_on
    return {
        "applied": applied and not found.empty,
        "fields": list(found.fields),
        "added": found.added,
        "dropped": found.dropped,
        "kept": found.kept,
        "changed": found.changed,
        "handed": [
            {"key": each.key, "owner_before": each.owner_before, "owner": each.owner}
            for each in found.handed
        ],
        "documents": found.documents,
        "late_before": found.late_before,
        "late_by": found.late_by,
        "earliest_launch_on": earliest.isoformat() if earliest else None,
    }


def _print(found: Revision, slug: str, *, applied: bool) -> None:
    from launch_kits.cli import output

    if found.empty:
        print("nothing differs; nothing changed")
        return
    rows = output.table("Change", "What")
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
    late = f"[bold red]The plan is {found.late_by} working days late[/] (it was {found.late_before})."
    parts: list[object] = [rows, late if found.late_by else "[green]The plan holds.[/]"]
    anyway = " --accept-late" if found.late_by > found.late_before else ""
    hint = f"Nothing is changed yet; the same with --apply{anyway} does it."
    parts.append(f"{slug} goes on from it." if applied else hint)
    output.show(*parts)


@click.command()
@launch_argument
@click.option("--title", metavar="TEXT", required=True, help="What is to be done.")
@click.option(
    "--role",
    metavar="ROLE",
    default="lead",
    help="Whose work it is; the lead's by default.",
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
    metavar="DATE",
    help="Latest finish: 2027-02-05, or +3d; as late as possible by default.",
)
@click.option("--review", metavar="ROLE", help="Who approves it.")
@click.option(
    "--stage",
    metavar="STAGE",
    help="Where it belongs; with what it waits for by default.",
)
@click.option("--key", metavar="KEY", help="Its key; made from the title by default.")
@click.option(
    "--check",
    metavar="TEXT",
    multiple=True,
    help="A line of its checklist; may be given again.",
)
@late_option
@by_option
@note_option
@now_option
def add(
    launch: str,
    title: str,
    role: str,
    days: int,
    after: tuple[str, ...],
    before: tuple[str, ...],
    due: str | None,
    review: str | None,
    stage: str | None,
    key: str | None,
    check: tuple[str, ...],
    accept_late: bool,
    by: str | None,
    note: str | None,
    now: datetime | None,
) -> None:
    """Put a task of its own into a running launch."""
    from launch_kits import verbs

    def verb(store: Store, at: datetime) -> Outcome:
        new_task = verbs.NewTask(
            title,
            key=key,
            days=days,
            role=role,
            review=review,
            after=after,
            before=before,
            due=day_of(store, launch, due, at) if due else None,
            stage=stage,
            checklist=check,
        )
        return verbs.add(
            store, launch, new_task, by=by, now=at, note=note, accept_late=accept_late
        )

    carry_out(launch, now, verb)
