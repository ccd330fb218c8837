"""The commands `db`."""

from __future__ import annotations

import click

from launch_kits.cli.options import open_store
from launch_kits.settings import Settings

__all__ = ["db"]


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the database's tables to this version."""
    from launch_kits.database.store import HEAD

    before = open_store(Settings.read()).upgrade()
    if before == HEAD:
        print(f"the database is at {HEAD} already")
    else:
        print(f"the database is at {HEAD}, it was {before or 'empty'}")
