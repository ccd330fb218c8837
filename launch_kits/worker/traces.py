"""Files in the home that hold a text."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path

from launch_kits.settings import Settings
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file

__all__ = ["files_with"]

#: bytes of a file that is looked into; a log begins anew long before
MOST = 256_000_000
#: files of databases, whose rows are changed, not the files
DATABASES = (".db", ".db-wal", ".db-shm")


def files_with(settings: Settings, texts: Collection[str]) -> list[Path]:
    """Find the documents, logs and backups in the home that hold one of some texts.

    Case does not count. Files with the name of a found document and another ending are found too,
    because the text of a PDF cannot be searched.
    """
    wanted = [text.casefold() for text in texts]
    found = {path for path in _files(settings) if _holds(path, wanted)}
    stems = {path.with_suffix("") for path in found}
    beside = (path for path in _files(settings) if path.with_suffix("") in stems)
    return sorted({*found, *beside})


def _files(settings: Settings) -> Iterator[Path]:
    for path in settings.home.rglob("*"):
        of_prefect = settings.prefect_home in path.parents
        live = path.parent == settings.home and path.name.endswith(DATABASES)
        if not (of_prefect or live or path.is_symlink()) and path.is_file():
            yield path


def _holds(path: Path, wanted: Collection[str]) -> bool:
    try:
        content = read_file(path, most=MOST)
    except (NotAFile, TooLarge, OSError, ValueError):
        return False
    return any(
        text in part.decode("utf-8", errors="replace").casefold()
        for part in _parts(content)
        for text in wanted
    )


def _parts(content: bytes) -> Iterator[bytes]:
    """A file's content, and the files within one of PowerPoint or Word."""
    yield content
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(BytesIO(content)) as packed:
                for name in packed.namelist():
                    if name.endswith(".xml"):
                        yield packed.read(name)
        except zipfile.BadZipFile:
            return
