"""Damage to a database, as a failing disk leaves it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

__all__ = ["damage"]

PAGE = 4096


def damage(path: Path) -> None:
    """Overwrite some pages of a SQLite file that no one has open; its tables still have names."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    whole = bytearray(path.read_bytes())
    for begin in range(60 * PAGE, len(whole), 5 * PAGE):
        whole[begin : begin + PAGE] = b"\xff" * PAGE
    path.write_bytes(whole)
