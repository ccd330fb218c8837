"""Another brief or kit for a launch, shown or applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from launch_kits.cli.options import clock, open_store, say
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.errors import Fault
    from launch_kits.inputs.brief import Brief
    from launch_kits.lint.revised import LaunchDays
    from launch_kits.verbs import Revision
    from launch_kits.verbs.word_changes import WordChange

__all__ = ["apply_option", "late_option", "revise"]

#: texts that differ and are shown, and characters of each
MOST_WORDS, LONGEST_TEXT = 30, 60

apply_option = click.option("--apply", is_flag=True, help="Do it.")
late_option = click.option(
    "--accept-late", is_flag=True, help="Do it even if the plan gets later than it is."
)


def revise(
    verb: str,
    launch: str,
    changed: Callable[[Brief], Brief],
    doubts: Callable[[Brief, Brief, LaunchDays], tuple[Fault, ...]],
    *,
    apply: bool,
    accept_late: bool,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Show or apply a changed brief.

    ``changed`` makes it from the brief that the launch has. ``doubts`` lints it, given the brief
    before and after and the days of the launch.
    """
    from launch_kits import verbs
    from launch_kits.cli.follow_up import follow_up, refuse_now
    from launch_kits.cli.output import as_json
    from launch_kits.verbs.as_json import revision_json

    settings = Settings.read()
    store = open_store(settings)
    instant = clock(now)
    if apply:
        refuse_now(settings, now)
    kept, days = _kept(store, launch, now=instant)
    brief = changed(kept)
    linted = doubts(kept, brief, days)
    options: dict[str, Any] = {
        "verb": verb,
        "by": by,
        "note": note,
        "accept_late": accept_late,
    }
    found = (
        verbs.revise(store, launch, brief, now=instant, **options)
        if apply
        else verbs.preview_revision(store, launch, brief, now=instant)
    )
    if json:
        warnings = [*linted, *_others(found, linted)]
        as_json(revision_json(found, applied=apply, warnings=warnings))
    else:
        _print(found, linted, launch, applied=apply)
    if apply and not found.empty:
        follow_up(store, launch, settings=settings, now=instant)


def _kept(store: Store, launch: str, *, now: datetime) -> tuple[Brief, LaunchDays]:
    """The brief and the days that a launch has."""
    from launch_kits.database.queries import find_launch
    from launch_kits.inputs.brief import Brief
    from launch_kits.lint.revised import LaunchDays

    with store.read() as session:
        row = find_launch(session, launch)
    kept = Brief.kept(row.brief)
    today = now.astimezone(kept.zone()).date()
    return kept, LaunchDays(row.begin_on, row.release_on, row.launch_on, today)


def _others(found: Revision, linted: Sequence[Fault]) -> list[Fault]:
    """The warnings about the launch that the linter did not give already."""
    told = {fault.message for fault in linted}
    return [fault for fault in found.warnings if fault.message not in told]


def _print(
    found: Revision, linted: Sequence[Fault], slug: str, *, applied: bool
) -> None:
    from launch_kits.cli import output
    from launch_kits.plan.doubts import doubts_in_words

    for fault in linted:
        say(fault.as_warning())
    for message in doubts_in_words(_others(found, linted)):
        say(f"warning: {message}")

    if found.empty:
        print("nothing differs; nothing changed")
        return
    rows = output.table("Change", "Tasks or parts")
    for title, lines in _change_lines(found).items():
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


def _change_lines(found: Revision) -> Mapping[str, Sequence[str]]:
    """The lines of each kind of change."""
    from launch_kits.views.reader import listed

    return {
        "In the brief": found.fields,
        "New tasks": found.added,
        "Dropped": found.dropped,
        "Begun, so they go on": found.kept,
        "Words": listed(map(_in_words, found.words), most=MOST_WORDS),
        "Change hands": [
            f"{each.key}: {each.owner_before} → {each.owner}" for each in found.handed
        ],
        "Written again": found.documents,
    }


def _in_words(change: WordChange) -> str:
    place = f"{change.task}: {change.field}" if change.task else change.field
    return f"{place}: {_shown(change.before)} → {_shown(change.after)}"


def _shown(value: object) -> str:
    """A part before or after the change, shortened."""
    if value in (None, "", []):
        return "none"
    if isinstance(value, dict):
        return _shown(" ".join(f"{key} {part}" for key, part in value.items()))
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return shorten(str(value), LONGEST_TEXT, placeholder=" …")
