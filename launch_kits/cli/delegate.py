"""The command `delegate`."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    by_option,
    json_option,
    note_option,
    now_option,
    warn,
)
from launch_kits.workdays.in_words import day

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Delegation

__all__ = ["delegate"]


@click.command()
@click.option(
    "--from",
    "person",
    metavar="EMAIL",
    required=True,
    help="The person who is away, or who leaves.",
)
@click.option(
    "--to", metavar="EMAIL", required=True, help="The person who acts from now on."
)
@click.option(
    "--name", metavar="NAME", help="Their name, if they are new to the launches."
)
@click.option(
    "--until",
    metavar="DATE",
    help="Last day away: 2027-02-05, or +10d from today. Without it, for good.",
)
@click.option("--launch", metavar="LAUNCH", help="Only in this launch.")
@click.option(
    "--all", "everywhere", is_flag=True, help="In all running launches (the default)."
)
@click.option("--apply", is_flag=True, help="Do it, and tell the people concerned.")
@by_option
@note_option
@json_option
@now_option
def delegate(
    person: str,
    to: str,
    name: str | None,
    until: str | None,
    launch: str | None,
    everywhere: bool,
    apply: bool,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Show the effect of letting another person act for one who is away or leaves.

    With --apply, do it. With --until the person stays the owner and is away from today on:
    messages, questions and authority go to the other one. Without it all open tasks, reviews,
    roles and gates change hands.
    """
    from launch_kits import verbs
    from launch_kits.cli.follow_up import carry_out_if_applied

    if launch and everywhere:
        raise click.UsageError("name either --launch or --all")

    def verb(store: Store, at: datetime) -> Delegation:
        last = _last_day(store, launch, until, now=at) if until else None
        delegate_or_preview = verbs.delegate if apply else verbs.preview_delegation
        return delegate_or_preview(
            store,
            person=person,
            to=to,
            name=name,
            until=last,
            launch=launch,
            by=by,
            note=note,
            now=at,
        )

    carry_out_if_applied(
        now,
        verb,
        applied=apply,
        show=lambda found: _show(found, json=json, applied=apply),
        changed=lambda found: [each.launch for each in found.launches],
    )


def _last_day(store: Store, launch: str | None, until: str, *, now: datetime) -> date:
    """The last day away; `+10d` counts from today, in the launch's time zone or in UTC."""
    from zoneinfo import ZoneInfo

    from launch_kits.views.written_day import read_day
    from launch_kits.workdays.written_days import day

    if launch is None:
        return day(until, now=now, zone=ZoneInfo("UTC"))
    return read_day(store, launch, until, now=now)


def _show(found: Delegation, *, json: bool, applied: bool) -> None:
    from launch_kits.cli.follow_up import say_shortage
    from launch_kits.cli.output import as_json
    from launch_kits.plan.doubts import doubts_in_words
    from launch_kits.verbs.as_json import delegation_json

    if json:
        as_json(delegation_json(found, applied=applied))
        return
    for message in doubts_in_words(found.warnings):
        warn(message)
    _print(found, applied=applied)
    for each in found.launches:
        say_shortage(each.levelled, launch=each.launch)


def _print(found: Delegation, *, applied: bool) -> None:
    from launch_kits.cli import output
    from launch_kits.cli.load_text import days_in_words

    if not found.launches:
        print("This is so already; nothing changed.")
        return
    rows = output.table("Launch", "Task", "Part", "Due", "Float", right=("Float",))
    for part in found.parts:
        spare = f"{part.float_days:+d}" if part.float_days else "0"
        spare = "" if part.float_days is None else spare
        texts = (part.launch, part.key, part.part, output.short_day(part.due), spare)
        rows.add_row(*(output.cell(text) for text in texts))
    lines: list[object] = [_headline(found, applied=applied)]
    lines.append(rows if found.parts else "No open task or review is concerned.")
    how, lands = ("As things stand", "lands") if applied else ("Then", "would land")
    lines += [
        f"{how} {each.launch} {lands} on {_day(each.lands_on)}."
        for each in found.launches
    ]
    if found.days:
        had = f"{days_in_words(found.had)} of work in the weeks to come"
        takes, has = ("takes", "had") if applied else ("would take", "has")
        lines.append(
            f"{output.plain(found.to)} {takes} over {days_in_words(found.days)} of work, "
            f"and {has} {had} already."
        )
    told = output.plain(", ".join(found.told)) or "no one"
    if applied:
        lines.append(f"Done; told: {told}.")
    else:
        lines.append(f"Nothing is changed yet; --apply does it and tells {told}.")
    output.show(*lines)


def _day(lands_on: date | None) -> str:
    return day(lands_on) if lands_on else "no day of the next 500"


def _headline(found: Delegation, *, applied: bool) -> str:
    from launch_kits.cli.output import plain

    person = plain(found.person)
    to = plain(found.to)
    if found.until is None:
        takes = "takes" if applied else "would take"
        return f"{to} {takes} over from {person} for good."
    until = day(found.until)
    if applied:
        return f"{person} is away until {until}; {to} acts for them."
    return f"{person} would be away until {until}; {to} would act for them."
