"""The command `gate`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import (
    by_option,
    clock,
    json_option,
    launch_argument,
    link_option,
    note_option,
    now_option,
    open_store,
)
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import day

if TYPE_CHECKING:
    from launch_kits.plan.readiness import CheckState, GateState
    from launch_kits.views.launch import LaunchView

__all__ = ["gate"]


@click.command()
@launch_argument
@click.argument("stage", required=False)
@click.argument("action", type=click.Choice(["check", "uncheck"]), required=False)
@click.argument("check", metavar="[KEY|N]", required=False)
@link_option
@by_option
@note_option
@json_option
@now_option
def gate(
    launch: str,
    stage: str | None,
    action: str | None,
    check: str | None,
    link: str | None,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Show the gates of a launch with their open checks.

    STAGE check KEY passes a check, STAGE uncheck KEY takes it back; its number does as well.
    """
    from launch_kits import verbs

    if stage is None or action is None:
        _show(launch, stage, json=json, now=now)
        return
    if check is None:
        raise click.UsageError(
            f"which check? `launch-kits gate {launch} {stage}` lists their keys and numbers"
        )
    chosen = check
    if action == "check":
        carry_out(
            launch,
            now,
            lambda store, at: verbs.check(
                store, launch, stage, chosen, by=by, link=link, note=note, now=at
            ),
        )
    else:
        carry_out(
            launch,
            now,
            lambda store, at: verbs.uncheck(
                store, launch, stage, chosen, by=by, note=note, now=at
            ),
        )


def _show(launch: str, stage: str | None, *, json: bool, now: datetime | None) -> None:
    from launch_kits.cli import output
    from launch_kits.errors import NotFound
    from launch_kits.views.as_json import gate_list_json
    from launch_kits.views.launch import read_launch

    settings = Settings.read()
    with open_store(settings).read() as session:
        view = read_launch(
            session, launch, now=clock(now), documents=settings.documents
        )
    if stage is not None and all(gate.stage != stage for gate in view.gates):
        gates = ", ".join(gate.stage for gate in view.gates) or "none"
        raise NotFound(
            f'launch "{launch}" has no gate at stage "{stage}"; gates: {gates}'
        )
    if json:
        output.as_json(gate_list_json(view, stage=stage))
        return
    output.show(*_tables(view, stage))


def _tables(view: LaunchView, stage: str | None) -> list[object]:
    from launch_kits.cli import output
    from launch_kits.cli.grid import Titled
    from launch_kits.cli.verdict_text import announcement_lines, verdict_line

    found: list[object] = []
    for gate in view.gates:
        if stage not in (None, gate.stage):
            continue
        missing = len(gate.open_checks(view.today))
        state = f"{missing} open" if missing else "passed"
        if gate.passed_early(view.today):
            state += f", but its work is open: {gate.work_left}"
        kind = "hard" if gate.hard else "soft"
        place = _place(gate, view)
        owner = view.name(gate.owner)
        about = f"{gate.stage} · {kind}, {place} · {owner} · {state}"
        rows = output.table("N", "Check", "Checked by", "Evidence", right=("N",))
        for check in gate.checks:
            rows.add_row(
                str(check.number),
                Titled(check.title, check.key),
                output.cell(_who(check, view)),
                output.cell(_evidence(check)),
            )
        found += [f"[bold]{output.plain(gate.title)}[/]  {output.plain(about)}", rows]
    return [*found, verdict_line(view), *announcement_lines(view)]


def _place(gate: GateState, view: LaunchView) -> str:
    """Whether the next go waits for a gate, a later one, or none."""
    from launch_kits.plan.readiness import waited_for

    if waited_for(gate, up_to=view.decides_at):
        return "before the go" if view.has_gone else "before the next go"
    return "for a later go" if gate.before_launch else "after the launch"


def _who(check: CheckState, view: LaunchView) -> str:
    """Who checked or waived a check."""
    if check.checked_by and check.checked_on:
        return f"{view.name(check.checked_by)}, {day(check.checked_on)}"
    if check.waived_by and check.waived_until and check.is_waived(view.today):
        until = day(check.waived_until)
        return (
            f"waived until {until} by {view.name(check.waived_by)}: {check.waived_why}"
        )
    return ""


def _evidence(check: CheckState) -> str:
    """The link to the evidence of a check, or the evidence that it needs."""
    if check.checked_by:
        return check.link or ""
    if check.offered:
        return f"{', '.join(check.tasks)} done: {check.task_link or 'no link'}"
    tasks = ", ".join(check.waits_for)
    if check.evidence:
        return f"the link of {tasks}, once done" if tasks else "a link is required"
    return f"none; offered once {tasks} is done" if tasks else ""
