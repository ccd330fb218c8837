"""The command `backup`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from launch_kits.cli.options import PATH, clock, now_option, open_store, tell
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count

__all__ = ["backup"]


@click.command()
@click.argument("folder", metavar="DIR", type=PATH)
@now_option
def backup(folder: Path, now: datetime | None) -> None:
    """Back up database, documents and settings into a new folder.

    Launch Kits can keep running. Secrets are left out.
    """
    from launch_kits.worker.backup import make_backup

    settings = Settings.read()
    made = make_backup(open_store(settings), settings, folder, now=clock(now))
    tell(f"{folder}: database at {made.revision}, {count(made.documents, 'document')}")
