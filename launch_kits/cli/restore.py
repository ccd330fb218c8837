"""The command `restore`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from launch_kits.cli.options import PATH, clock, now_option, open_store, say, tell
from launch_kits.errors import Refused
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count

__all__ = ["restore"]


@click.command()
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--verify", is_flag=True, help="Only check that the backup is whole.")
@now_option
def restore(folder: Path, verify: bool, now: datetime | None) -> None:
    """Bring a backup back; stop all processes first.

    The present database file and documents are kept under another name.
    """
    from launch_kits.board.address import read_up
    from launch_kits.worker import backup

    found = backup.read_backup(folder)
    what = f"database at {found.revision}, {count(found.documents, 'document')}"
    made = f"{found.made_at:%Y-%m-%d %H:%M %Z}"
    if verify:
        tell(f"{folder} is whole: {what}, made at {made}")
        return
    settings = Settings.read()
    if read_up(settings.up_file):
        raise Refused(f"`up` runs on {settings.home}; stop it before restoring")
    moved = backup.restore(open_store(settings), settings, found, now=clock(now))
    for path in moved:
        say(f"note: {path} holds the state before")
    tell(f"restored: {what}, made at {made}")
