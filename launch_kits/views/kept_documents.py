"""Documents of launches kept in memory, and rendered again only if something can differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import col, func, select

from launch_kits.database.queries import revision_of
from launch_kits.database.records import DocumentVersion
from launch_kits.database.store import Store
from launch_kits.views.documents import DocumentView, read_documents

__all__ = ["KeptDocuments"]

#: every midnight, in any time zone, is at a multiple of it
QUARTER = timedelta(minutes=15)
#: launches whose documents are kept; the ones used longest ago are forgotten first
MOST = 50

#: a launch's revision, its last version of a document, the quarter of an hour, and the files
State = tuple[int | None, int | None, datetime, tuple[tuple[str, int, int], ...]]


class KeptDocuments:
    """The documents of launches, for a process that lists them often.

    They are rendered again if the launch, a file of its documents or a template changed, and every
    quarter of an hour, since sources become too old at midnight. Threads may share it.
    """

    def __init__(
        self, store: Store, *, documents: Path, folders: Sequence[Path]
    ) -> None:
        """``documents`` is the folder of documents, ``folders`` are those of templates."""
        self._store = store
        self._documents = documents
        self._folders = folders
        self._kept: dict[str, tuple[State, Sequence[DocumentView]]] = {}

    def of(self, slug: str, *, now: datetime) -> Sequence[DocumentView]:
        """The documents of a launch at an instant.

        Raises NotFound, and DocumentError if one cannot be rendered.
        """
        state = self.state(slug, now=now)
        before, found = self._kept.pop(slug, (None, ()))
        if before != state:
            with self._store.read() as session:
                found = read_documents(
                    session,
                    slug,
                    now=now,
                    documents=self._documents,
                    folders=self._folders,
                )
        self._kept[slug] = state, found
        while len(self._kept) > MOST:
            self._kept.pop(next(iter(self._kept)), None)
        return found

    def state(self, slug: str, *, now: datetime) -> State:
        """A value that differs if the documents of a launch can."""
        newest = select(func.max(DocumentVersion.id))
        with self._store.read() as session:
            revision = revision_of(session, slug)
            version = session.exec(
                newest.where(col(DocumentVersion.launch) == slug)
            ).one()
        beginning = datetime.min.replace(tzinfo=now.tzinfo)
        files = _files([self._documents / slug, *self._folders])
        quarter = now - (now - beginning) % QUARTER
        return revision, version, quarter, tuple(files)


def _files(folders: Sequence[Path]) -> Iterator[tuple[str, int, int]]:
    """Each file below some folders, with the instant of its last change and its size."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            with suppress(FileNotFoundError):  # it was replaced meanwhile
                found = path.stat()
                yield str(path), found.st_mtime_ns, found.st_size
