"""A backup of a house: database, documents, settings without secrets."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import update

from launch_kits.database.copies import copy_name, copy_out, fault_of, fill
from launch_kits.database.records import Launch
from launch_kits.database.store import HEAD, Store
from launch_kits.errors import Refused
from launch_kits.outbox.restored import note_restored
from launch_kits.settings import Settings
from launch_kits.settings.masking import SECRET
from launch_kits.settings.small_file import NotAFile, TooLarge, digest_of, read_file

__all__ = ["Backup", "make_backup", "read_backup", "restore", "upgrade"]

#: the list of a backup's files, written last: a folder without it is no backup
CONTENTS = "backup.json"
DOCUMENTS = "documents"
#: bytes of the list: several hundred thousand files
MOST_OF_CONTENTS = 64_000_000


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was found whole."""

    folder: Path
    made_at: datetime
    #: the migration of its database
    revision: str
    #: the name of the copy of its database
    database: str
    documents: int


def make_backup(
    store: Store, settings: Settings, folder: Path, *, now: datetime
) -> Backup:
    """Back up a house into a new or empty folder, while it works.

    Raises Refused, DatabaseError, OSError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} is not an empty folder; name a new one")
    revision = store.revision()
    if revision is None:
        raise Refused("the database is empty: there is nothing to back up")
    if store.sqlite and (fault := store.fault()):
        raise Refused(
            f"the database is damaged ({fault}), and a backup of it would be too; stop all "
            "processes, then `launch-kits restore DIR` brings an earlier backup back"
        )
    folder.mkdir(parents=True, exist_ok=True)
    copy_out(store, folder)
    if settings.documents.is_dir():
        shutil.copytree(settings.documents, folder / DOCUMENTS, symlinks=True)
    shown = {
        name: value
        for name, value, _ in settings.shown()
        if value and SECRET not in value
    }
    _write(folder / "settings.json", shown)
    files = {
        path.relative_to(folder).as_posix(): digest_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    contents = {
        "made_at": now.isoformat(),
        "revision": revision,
        "database": copy_name(store),
        "files": files,
    }
    _write(folder / CONTENTS, contents)
    return read_backup(folder)


def upgrade(
    store: Store, settings: Settings, *, now: datetime, backup: bool = True
) -> tuple[str | None, Backup | None]:
    """Migrate a database to this version, after a backup in the home.

    Returns the migration that it was at, and the backup; None for an empty database or one that is
    up to date. Raises Refused, DatabaseError, OSError.
    """
    made = None
    before = store.revision()
    if backup and before is not None and before < HEAD:
        name = f"before-{HEAD}-{now.astimezone(UTC):%Y%m%d-%H%M%S}"
        made = make_backup(store, settings, settings.home / "backups" / name, now=now)
    return store.upgrade(), made


def read_backup(folder: Path) -> Backup:
    """Read a backup and check that every file of it is whole; raises Refused."""
    try:
        contents = json.loads(read_file(folder / CONTENTS, most=MOST_OF_CONTENTS))
        files: dict[str, str] = contents["files"]
        made_at = datetime.fromisoformat(contents["made_at"])
        revision = str(contents["revision"])
        database = str(contents["database"])
    except (NotAFile, TooLarge, OSError, ValueError, KeyError, TypeError):
        raise Refused(
            f"{folder} is not a complete backup: {CONTENTS} is missing or cannot be read; "
            "name a folder that `launch-kits backup` has made"
        ) from None
    for name, digest in files.items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            state = "has changed since the backup" if path.is_file() else "is missing"
            raise Refused(f"{path} {state}; use another backup")
    if fault := fault_of(folder / database):
        raise Refused(f"{folder / database} is damaged ({fault}); use another backup")
    if revision > HEAD:
        raise Refused(
            f"the backup is at {revision}, newer than {HEAD}; "
            "install the launch-kits that made it"
        )
    documents = sum(name.startswith(f"{DOCUMENTS}/") for name in files)
    return Backup(folder, made_at, revision, database, documents)


def restore(
    store: Store, settings: Settings, backup: Backup, *, now: datetime
) -> list[Path]:
    """Make the house of the settings from a backup, and migrate its database.

    The database file and the documents that are there are renamed and returned. No process may use
    the house meanwhile. Notices that went out after the backup are found in Slack and not sent
    again. Raises Refused, DatabaseError, OSError.
    """
    aside = f"before-{now.astimezone(UTC):%Y%m%d-%H%M%S}"
    moved = fill(store, backup.folder / backup.database, aside=aside)
    kept = [moved] if moved else []
    if settings.documents.exists():
        old = settings.documents.with_name(f"{DOCUMENTS}.{aside}")
        kept.append(settings.documents.rename(old))
    if (backup.folder / DOCUMENTS).is_dir():
        shutil.copytree(backup.folder / DOCUMENTS, settings.documents, symlinks=True)
    store.upgrade()
    with store.write() as session:
        note_restored(session, backup_at=backup.made_at, now=now)
        session.exec(update(Launch).values(step_by=None, step_until=None))
    return kept


def _write(path: Path, value: Any) -> None:  # noqa: ANN401
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")
