"""Commands at the gates: gate, waive, decide."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    by_option,
    clock,
    json_option,
    launch_argument,
    note_option,
    now_option,
    open_store,
)
from launch_kits.cli.tasks import carry_out, day_of, link_option
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Outcome
    from launch_kits.views.launch import LaunchView

__all__ = ["decide", "gate", "verdict_line", "waive"]

number_argument = click.argument("number", type=click.IntRange(min=1))


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
    """Show the gates of a launch and what is open.

    STAGE check N stands for a check, STAGE uncheck N takes it back.
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


@click.command()
@launch_argument
@click.argument("stage")
@number_argument
@click.option(
    "--until",
    metavar="DATE",
    required=True,
    help="Last day on which it counts: 2027-02-05, or +3d.",
)
@click.option("--note", metavar="TEXT", required=True, help="Why.")
@by_option
@now_option
def waive(
    launch: str,
    stage: str,
    number: int,
    until: str,
    note: str,
    by: str | None,
    now: datetime | None,
) -> None:
    """Let an open check pass until a day; the lead or the sponsor answers for it."""
    from launch_kits import verbs

    def verb(store: Store, at: datetime) -> Outcome:
        day = day_of(store, launch, until, at)
        return verbs.waive(
            store, launch, stage, number, until=day, note=note, by=by, now=at
        )

    carry_out(launch, now, verb)


@click.command()
@launch_argument
@click.argument("decision", type=click.Choice(["go", "no-go"]))
@by_option
@note_option
@now_option
def decide(
    launch: str, decision: str, by: str | None, note: str | None, now: datetime | None
) -> None:
    """Decide that a launch goes, or does not; a go is impossible while a hard gate is open."""
    from launch_kits import verbs

    go = decision == "go"
    carry_out(
        launch,
        now,
        lambda store, at: verbs.decide(store, launch, go=go, by=by, note=note, now=at),
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
        rows = output.table("N", "Check", "Stands for it", "Evidence", right=("N",))
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
    return [*found, verdict_line(view)]


def verdict_line(view: LaunchView) -> str:
    """Whether a launch is ready to go by its gates, what is missing, and what was decided."""
    from launch_kits.cli.output import plain

    found = view.verdict
    missing = len(found.reasons)
    line = (
        "[green]Ready to go: no hard gate is open.[/]"
        if found.go
        else f"[bold red]Not ready to go:[/] {missing} check{'' if missing == 1 else 's'} of hard gates "
        f"{'is' if missing == 1 else 'are'} open."
    )
    decision = view.decision
    if decision is not None:
        word, why = (
            "go" if decision.go else "no-go",
            f": {plain(decision.note)}" if decision.note else "",
        )
        line += f" Decided on {decision.at:%d %b}: [bold]{word}[/], by {plain(decision.by)}{why}."
    return line
