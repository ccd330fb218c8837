"""The checks of the machine: database, schema, permissions, disk, masters and clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlmodel import func, select

from launch_kits.board.address import ended_up
from launch_kits.database.records import LAST, Event, LastSweep
from launch_kits.database.store import HEAD
from launch_kits.documents.formats.masters.trial import unfit
from launch_kits.errors import DatabaseError
from launch_kits.server.doctor.defect import Defect, Installation
from launch_kits.workdays.in_words import count, listed
from launch_kits.worker.backup import upgrade

__all__ = [
    "clock",
    "database",
    "disk",
    "is_readable",
    "masters",
    "permissions",
    "schema",
    "unusable",
    "up",
]

#: megabytes that must be free on the disk of the home
LEAST_FREE = 500
#: by how much the clocks of two machines may differ
CLOCKS = timedelta(minutes=1)


def database(installation: Installation) -> Iterator[Defect]:
    """Whether the database can be reached, and SQLite's file is whole."""
    if not _exists(installation):
        return
    try:
        installation.store.revision()
        if installation.store.sqlite and (fault := installation.store.fault()):
            yield Defect(
                f"the database is damaged: {fault}",
                "stop all processes, then `launch-kits restore DIR` brings a backup back",
            )
    except DatabaseError as error:
        yield unusable(error)


def unusable(error: DatabaseError) -> Defect:
    """The defect of a database that cannot be used."""
    said, _, remedy = str(error).partition("; ")
    return Defect(said.removeprefix("database "), remedy)


def schema(installation: Installation) -> Iterator[Defect]:
    """Whether the tables are those of this version; an empty database has none yet."""
    revision = installation.store.revision() if _exists(installation) else None
    if revision is None and installation.store.sqlite:
        return
    if revision is not None and revision > HEAD:
        yield Defect(
            f"the database is at {revision}, this version knows {HEAD}",
            "install the launch-kits that made it",
        )
    elif revision != HEAD:
        yield Defect(
            f"the database is at {revision or 'nothing'}, this version needs {HEAD}",
            "run `launch-kits db upgrade`",
            _upgrade,
        )


def is_readable(installation: Installation) -> bool:
    """Whether the database has the tables of this version."""
    try:
        return _exists(installation) and installation.store.revision() == HEAD
    except DatabaseError:
        return False


def permissions(installation: Installation) -> Iterator[Defect]:
    """Whether this user can write the home, and owns all in it."""
    home = installation.settings.home
    if not home.exists():
        return
    if not os.access(home, os.W_OK | os.X_OK):
        yield Defect(
            f"{home} cannot be written by this user",
            "change its owner, or set LAUNCH_KITS_HOME to another folder",
        )
        return
    others = [
        path.name for path in home.iterdir() if path.lstat().st_uid != os.geteuid()
    ]
    if others:
        names = ", ".join(listed(sorted(others), most=5))
        user = os.geteuid()
        yield Defect(
            f"{home} holds some files of another user: {names}",
            f"run `chown -R {user} {home}` as their owner or as root",
        )


def up(installation: Installation) -> Iterator[Defect]:
    """Whether the last `up` of this home was stopped, or ended in another way."""
    if ended := ended_up(installation.settings.up_file):
        yield Defect(
            f"`launch-kits up` (process {ended.pid}) ended without being stopped: "
            "it was killed, or the machine was switched off",
            "start `launch-kits up` again",
        )


def disk(installation: Installation) -> Iterator[Defect]:
    """Whether the disk of the home has room."""
    folder = installation.settings.home
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < LEAST_FREE:
        yield Defect(
            f"{free} MB are free on the disk of {folder}, fewer than {LEAST_FREE}",
            "make room, or move LAUNCH_KITS_HOME to another disk",
        )


def masters(installation: Installation) -> Iterator[Defect]:
    """Whether documents can be made in the company's own files."""
    for error in unfit(installation.settings.masters, day=installation.now.date()):
        said, _, remedy = str(error).rpartition("; ")
        yield Defect(said or str(error), remedy)


def clock(installation: Installation) -> Iterator[Defect]:
    """Whether the clock goes as those of the other processes and of PostgreSQL."""
    for name, at in _instants(installation):
        ahead = at - installation.now
        if ahead > CLOCKS or (name == "PostgreSQL's clock" and -ahead > CLOCKS):
            side = "ahead of" if ahead > CLOCKS else "behind"
            yield Defect(
                f"{name} is {_span(abs(ahead))} {side} this machine's clock",
                "set the clocks of all machines by NTP",
            )


def _span(time: timedelta) -> str:
    """A time in the largest unit of which it has two."""
    for unit, word in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour")):
        if time >= 2 * unit:
            return count(round(time / unit), word)
    return count(round(time / timedelta(minutes=1)), "minute")


def _instants(installation: Installation) -> Iterator[tuple[str, datetime]]:
    """Name instants that cannot lie ahead."""
    with installation.store.read() as session:
        event: datetime | None = session.exec(select(func.max(Event.at))).one()
        sweep = session.get(LastSweep, LAST)
        if not installation.store.sqlite:
            found = session.connection().execute(text("SELECT clock_timestamp()"))
            yield "PostgreSQL's clock", found.scalar_one()
    if event:
        yield "the newest event", event
    if sweep:
        yield "the last sweep", sweep.ended_at


def _exists(installation: Installation) -> bool:
    """Whether there is a database; none is made by looking."""
    if not installation.store.sqlite:
        return True
    file = make_url(installation.store.url).database
    return bool(file) and Path(str(file)).exists()


def _upgrade(installation: Installation) -> None:
    upgrade(installation.store, installation.settings, now=installation.now)
