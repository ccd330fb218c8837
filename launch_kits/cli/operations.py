"""Commands for operators: up, sweep, config, db."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.options import clock, json_option, now_option, open_store, say
from launch_kits.settings import Settings

__all__ = ["config", "db", "sweep", "up"]


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the database's tables to this version."""
    from launch_kits.database.store import HEAD

    before = open_store(Settings.read()).upgrade()
    print(
        f"the database is at {HEAD}"
        + (" already" if before == HEAD else f", it was {before or 'empty'}")
    )


@click.command()
@json_option
def config(json: bool) -> None:
    """Show the settings in force; secrets are masked."""
    from launch_kits.cli import output

    shown = Settings.read().shown()
    if json:
        output.as_json({name: value for name, value, _ in shown})
        return
    found = output.table("Setting", "Value", "Note", spare=("Note",))
    for row in shown:
        found.add_row(*(output.cell(text) for text in row))
    if found.fits(output.console()):
        output.show(found)
    else:
        # An address cut in two could not be copied: the terminal may break the line, which leaves
        # it whole.
        for name, value, note in shown:
            print(f"{name}={value}\n  {note}")


@click.command()
@now_option
def sweep(now: datetime | None) -> None:
    """Do one sweep now: open what is due, write documents, deliver notices, wake launches."""
    from launch_kits.cli.follow_up import refuse_now, sweep_once

    settings = Settings.read()
    refuse_now(settings, now)
    say(sweep_once(open_store(settings), settings=settings, now=clock(now)))


@click.command()
@click.option(
    "--auth",
    is_flag=True,
    help="Have Prefect ask for a password, which is made and kept in a file of HOME.",
)
def up(auth: bool) -> None:
    """Run everything on this machine.

    Prefect server and UI, the flows, the HTTP port. Ctrl-C stops it.
    """
    from launch_kits.server.up import up as run

    run(Settings.read(), auth=auth)
