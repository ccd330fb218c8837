"""Commands for operators: up, sweep, config, db."""

from __future__ import annotations

import typer

from launch_kits.cli.doors import Json, Now, clock, open_store, say
from launch_kits.settings import Settings

__all__ = ["config", "db", "sweep", "up"]

db = typer.Typer(help="The database.", no_args_is_help=True)


@db.callback()
def _db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the database's tables to this version."""
    from launch_kits.store import HEAD

    before = open_store(Settings.read()).upgrade()
    print(f"the database is at {HEAD}" + (" already" if before == HEAD else f", it was {before or 'empty'}"))


def config(json: Json = False) -> None:
    """Show the settings in force; secrets are masked."""
    from launch_kits.cli import printing

    shown = Settings.read().shown()
    if json:
        printing.as_json({name: value for name, value, _ in shown})
        return
    found = printing.table("Setting", "Value", "Note")
    for row in shown:
        found.add_row(*(printing.cell(text) for text in row))
    printing.show(found)


def sweep(now: Now = None) -> None:
    """Do one sweep now: open what is due, write documents, deliver notices, wake launches."""
    from launch_kits.cli.consequences import refuse_now, sweep_once

    settings = Settings.read()
    refuse_now(settings, now)
    say(sweep_once(open_store(settings), settings=settings, now=clock(now)))


def up() -> None:
    """Run everything on this machine: Prefect server and UI, the flows, the HTTP port. Ctrl-C stops it."""
    from launch_kits.board.serve import up as run

    run(Settings.read())
