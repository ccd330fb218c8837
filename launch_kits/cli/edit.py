"""The command `edit`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from launch_kits.cli.options import (
    by_option,
    json_option,
    launch_argument,
    note_option,
    now_option,
    task_argument,
    warn,
)
from launch_kits.workdays.in_words import day

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import EditResult, TaskEdit
    from launch_kits.verbs.task_changes import TaskChange

__all__ = ["edit"]

#: the parts that are too long for a table
TEXTS = ("title", "checklist", "after")
#: the parts that change no one's work
UNDATED = ("title", "checklist")


@click.command()
@launch_argument
@task_argument
@click.option("--title", metavar="TEXT", help="The work to do.")
@click.option(
    "--days",
    type=click.IntRange(0, 1000),
    help="Working days of work; 0 is a milestone.",
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    help="The part of its owner's day that it takes.",
)
@click.option(
    "--due",
    metavar="DATE|T-10",
    help="Latest finish: 2027-02-05, +3d, or T-10 in working days from its anchor day.",
)
@click.option(
    "--after",
    metavar="+TASK,-TASK",
    multiple=True,
    help="Tasks that it waits for from now on (+), and no more (-).",
)
@click.option(
    "--checklist",
    "--check",
    metavar="TEXT",
    multiple=True,
    help="A line of its checklist, in place of all; may be given again.",
)
@click.option(
    "--workdays",
    metavar="DAY,DAY",
    multiple=True,
    help="Days on which it is worked on although others rest, in place of all: a date, or T-2d.",
)
@click.option(
    "--apply", is_flag=True, help="Do it, and tell the owners whose task changes."
)
@click.option(
    "--accept-late",
    is_flag=True,
    help="Do it even if some tasks then miss their due days.",
)
@by_option
@note_option
@json_option
@now_option
def edit(
    launch: str,
    task: str,
    apply: bool,
    accept_late: bool,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
    **parts: Any,  # noqa: ANN401  the options, each of its own type
) -> None:
    """Show the effect of an edited task.

    With --apply, edit it. The tasks before it may get earlier due days. An empty text clears the
    checklist or the workdays.
    """
    from launch_kits import verbs
    from launch_kits.cli.follow_up import carry_out_if_applied

    def verb(store: Store, at: datetime) -> EditResult:
        wanted = _wanted(store, launch, now=at, **parts)
        if not apply:
            return verbs.preview_edit(store, launch, task, wanted, by=by, now=at)
        return verbs.edit(
            store,
            launch,
            task,
            wanted,
            by=by,
            now=at,
            note=note,
            accept_late=accept_late,
        )

    carry_out_if_applied(
        now,
        verb,
        applied=apply,
        show=lambda found: _show(found, applied=apply, json=json),
        changed=lambda found: [launch] if found.changes else [],
    )


def _show(found: EditResult, *, applied: bool, json: bool) -> None:
    from launch_kits.cli.follow_up import say_shortage
    from launch_kits.cli.output import as_json
    from launch_kits.verbs.as_json import edit_json

    if json:
        as_json(edit_json(found, applied=applied))
    else:
        _print(found, applied=applied)
    if any(change.field not in UNDATED for change in found.changes):
        say_shortage(found.levelled)


def _wanted(
    store: Store,
    launch: str,
    *,
    now: datetime,
    title: str | None,
    days: int | None,
    share: float | None,
    due: str | None,
    after: tuple[str, ...],
    checklist: tuple[str, ...],
    workdays: tuple[str, ...],
) -> TaskEdit:
    """The parts to edit, as the options give them."""
    from launch_kits.verbs import TaskEdit
    from launch_kits.views.written_day import read_due

    return TaskEdit(
        title=title,
        days=days,
        share=share,
        due=read_due(store, launch, due, now=now) if due else None,
        after=_parts(after),
        checklist=checklist or None,
        workdays=_parts(workdays) if workdays else None,
    )


def _parts(given: Sequence[str]) -> tuple[str, ...]:
    """The parts of comma-separated lists."""
    return tuple(
        part.strip() for each in given for part in each.split(",") if part.strip()
    )


def _print(found: EditResult, *, applied: bool) -> None:
    from launch_kits.cli import output
    from launch_kits.plan.doubts import CANNOT_BE_MADE, doubts_in_words
    from launch_kits.views.passed_plans import replanned_in_words

    # the late tasks are in the result itself
    others = (each for each in found.warnings if each.code != CANNOT_BE_MADE)
    for message in doubts_in_words(others):
        warn(message)
    if not found.changes:
        print(f"{found.key} is so already; nothing changed")
        return
    lines = [*_change_lines(found.changes)]
    if found.lands_on:
        how, lands = ("As things stand", "lands") if applied else ("Then", "would land")
        lines.append(f"{how} the launch {lands} on {day(found.lands_on)}.")
    if found.late:
        late = output.plain(found.late_in_words)
        lines.append(f"[bold red]Due days cannot be made:[/] {late}.")
    if found.replanned:
        lines.append(output.plain(replanned_in_words(found.replanned)))
    told = output.plain(", ".join(found.told) or "no one else")
    anyway = " --accept-late" if found.late else ""
    lines.append(
        f"Done. Told: {told}."
        if applied
        else f"Nothing is changed yet; the same with --apply{anyway} does it and tells {told}."
    )
    output.show(*lines)


def _change_lines(changes: Sequence[TaskChange]) -> Iterator[object]:
    """A line for each text that changes, and a table of the rest."""
    from launch_kits.cli import output

    for change in changes:
        if change.field in TEXTS:
            texts = f"{_shown(change.before)} → {_shown(change.after)}"
            yield f"{change.key}: {change.field}: {output.plain(texts)}"
    rows = output.table("Task", "Part", "Before", "After", "Float", right=("Float",))
    others = [change for change in changes if change.field not in TEXTS]
    for change in others:
        cells = (change.key, change.field, _shown(change.before), _shown(change.after))
        spare = "" if change.float_days is None else str(change.float_days)
        rows.add_row(*map(output.cell, cells), spare)
    if others:
        yield rows


def _shown(value: object) -> str:
    """A part of a task before or after the edit."""
    from launch_kits.cli.output import short_day
    from launch_kits.views.reader import iso_day

    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return short_day(iso_day(value)) or str(value)
