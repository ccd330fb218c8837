"""The command `move`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    by_option,
    json_option,
    launch_argument,
    note_option,
    now_option,
    warn,
)
from launch_kits.workdays.in_words import count, day, days_in

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Move

__all__ = ["move"]


@click.command()
@launch_argument
@click.option(
    "--on",
    metavar="DATE",
    required=True,
    help="New launch day: 2027-03-09, or +12w from today.",
)
@click.option(
    "--apply", is_flag=True, help="Do it, and tell the owners whose due day changes."
)
@click.option(
    "--accept-late",
    is_flag=True,
    help="Move it even if some deadlines would be missed.",
)
@by_option
@note_option
@json_option
@now_option
def move(
    launch: str,
    on: str,
    apply: bool,
    accept_late: bool,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Show the effect of another launch day.

    With --apply, move the launch.
    """
    from launch_kits import verbs
    from launch_kits.cli.follow_up import carry_out_if_applied
    from launch_kits.views.written_day import read_day

    def verb(store: Store, at: datetime) -> Move:
        to = read_day(store, launch, on, now=at)
        if not apply:
            return verbs.preview_move(store, launch, on=to, by=by, now=at)
        return verbs.move(
            store, launch, on=to, by=by, note=note, accept_late=accept_late, now=at
        )

    carry_out_if_applied(
        now,
        verb,
        applied=apply,
        show=lambda found: _show(found, launch, applied=apply, json=json),
        changed=lambda _: [launch],
    )


def _show(found: Move, slug: str, *, applied: bool, json: bool) -> None:
    from launch_kits.cli.follow_up import say_shortage
    from launch_kits.cli.output import as_json
    from launch_kits.plan.doubts import CANNOT_BE_MADE, doubts_in_words
    from launch_kits.verbs.as_json import move_json

    if json:
        as_json(move_json(found, applied=applied))
    else:
        # that the plan does not hold, and the requests that lapse, is in the result itself
        others = (
            each
            for each in found.warnings
            if each.code not in (CANNOT_BE_MADE, "more-time-lapses")
        )
        for message in doubts_in_words(others):
            warn(message)
        _print(found, slug, applied=applied)
    say_shortage(found.levelled)


def _print(found: Move, slug: str, *, applied: bool) -> None:
    from launch_kits.cli import output
    from launch_kits.views.passed_plans import replanned_in_words

    rows = output.table("Task", "Owner", "Due before", "Due", "Float", right=("Float",))
    for shift in found.shifts:
        days = shift.float_days or 0
        spare = f"[bold red]{days}[/]" if days < 0 else str(days)
        texts = (
            shift.key,
            shift.owner,
            output.short_day(shift.due_before),
            output.short_day(shift.due),
        )
        rows.add_row(*(output.cell(text) for text in texts), output.marked(spare))
    lines: list[object] = [
        f"launch {day(found.launch_before)} → [bold]{day(found.launch_on)}[/]",
        f"release {day(found.release_before)} → {day(found.release_on)}",
    ]
    lines.append(rows if found.shifts else "No due day changes.")
    lines += [
        f"The more time granted to {output.plain(each.owner)} for {each.key} until "
        f"{days_in(each.before)} lapses; it is due {day(each.due)}."
        for each in found.lapses
    ]
    if found.replanned:
        lines.append(output.plain(replanned_in_words(found.replanned)))
    lines += _holds(found)
    lines.append(_done(found) if applied else _offered(found, slug))
    output.show(*lines)


def _holds(found: Move) -> Iterator[str]:
    """Say on which days the launch lands, and whether the plan holds."""
    from launch_kits.plan.earliest_in_words import holds_by_dates
    from launch_kits.views.notices.text import capitalize

    if found.lapses and found.lands_before != found.lands_on:
        before, after = (
            day(each) if each else "no day of the next 500"
            for each in (found.lands_before, found.lands_on)
        )
        yield (
            f"With the more time granted the launch lands on {before}; the move ends that time, "
            f"and it lands on {after}."
        )
    if found.feasible:
        yield "[green]The plan holds.[/]"
        return
    earliest = found.earliest_launch_on
    hint = f" {capitalize(holds_by_dates(earliest))}." if earliest else ""
    late = count(found.late_by, "working day")
    yield f"[bold red]The plan does not hold:[/] it is {late} late.{hint}"


def _done(found: Move) -> str:
    from launch_kits.cli.output import plain

    if not found.changed:
        return "The launch is on that day already; nothing changed."
    if not found.moves:
        return f"Planned again. Told: {plain(', '.join(found.told) or 'no one')}."
    told = len(found.told)
    return f"Moved. {told} owner{' is' if told == 1 else 's are'} told."


def _offered(found: Move, slug: str) -> str:
    """Name the command that moves the launch, unless it has taken place."""
    from launch_kits.cli.output import plain

    if found.launched:
        return (
            "Nothing is changed: the launch has taken place. If it is still to come, reopen the "
            "milestone of its day first."
        )
    if not found.changed:
        return "The launch is on that day, and its work is planned so: nothing would change."
    anyway = "" if found.feasible else " --accept-late"
    return (
        "Nothing is changed yet; "
        f"`launch-kits move {slug} --on {found.launch_on} --apply{anyway}` does it and tells "
        f"{plain(', '.join(found.told) or 'no one')}."
    )
