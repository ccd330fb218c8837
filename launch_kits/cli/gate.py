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

if TYPE_CHECKING:
    from launch_kits.views.launch import LaunchView

__all__ = ["gate"]


@click.command()
@launch_argument
@click.argument("stage", required=False)
@click.argument("action", type=click.Choice(["check", "uncheck"]), required=False)
@click.argument("number", type=click.IntRange(min=1), required=False)
@link_option
@by_option
@note_option
@json_option
@now_option
def gate(
    launch: str,
    stage: str | None,
    action: str | None,
    number: int | None,
    link: str | None,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Show the gates of a launch with their open checks.

    STAGE check N passes a check, STAGE uncheck N takes it back.
    """
    from launch_kits import verbs

    if stage is None or action is None:
        _show(launch, stage, json=json, now=now)
        return
    if number is None:
        raise click.UsageError(
            f"which check? `launch-kits gate {launch} {stage}` numbers them"
        )
    chosen = number
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
    from launch_kits.views.as_json import gates_json
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
        output.as_json(gates_json(view))
        return
    output.show(*_tables(view, stage))


def _tables(view: LaunchView, stage: str | None) -> list[object]:
    from launch_kits.cli import output

    found: list[object] = []
    for gate in view.gates:
        if stage not in (None, gate.stage):
            continue
        missing = len(gate.open_checks(view.today))
        state = f"{missing} open" if missing else "passed"
        about = (
            f"{gate.stage} · {'hard' if gate.hard else 'soft'} · {gate.owner} · {state}"
        )
        rows = output.table("N", "Check", "Checked by", "Evidence", right=("N",))
        for check in gate.checks:
            who = f"{check.checked_by}, {check.checked_on}" if check.checked_by else ""
            if not who and check.is_waived(view.today):
                who = f"waived until {check.waived_until} by {check.waived_by}: {check.waived_why}"
            evidence = check.link or ("needed" if check.evidence else "")
            rows.add_row(
                *(
                    output.cell(text)
                    for text in (str(check.number), check.title, who, evidence)
                )
            )
        found += [f"[bold]{output.plain(gate.title)}[/]  {output.plain(about)}", rows]
    return [*found, output.verdict_line(view)]
