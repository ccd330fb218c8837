"""The commands `db`."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.options import clock, now_option, open_store, say
from launch_kits.settings import Settings

__all__ = ["db"]


@click.group()
def db() -> None:
    """The database."""


@db.command()
@click.option("--no-backup", is_flag=True, help="Take no backup first.")
@now_option
def upgrade(no_backup: bool, now: datetime | None) -> None:
    """Bring the database's tables to this version, after a backup.

    The backup is a folder in HOME/backups.
    """
    from launch_kits.database.store import HEAD
    from launch_kits.worker import backup

    settings = Settings.read()
    before, made = backup.upgrade(
        open_store(settings), settings, now=clock(now), backup=not no_backup
    )
    if made is not None:
        say(f"note: {made.folder} is a backup of the state before")
    if before == HEAD:
        print(f"the database is at {HEAD} already")
    else:
        print(f"the database is at {HEAD}, it was {before or 'empty'}")
