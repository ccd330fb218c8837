"""Launches kept in memory, and read again only if something about them can differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import select

from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.views.notices.context import ContextLoader, MessageContext

__all__ = ["KeptContexts", "version_of"]

#: every midnight, in any time zone, is at a multiple of it
QUARTER = timedelta(minutes=15)
#: launches that are kept, about half a megabyte each; the ones used longest ago are forgotten first
MOST = 250

#: a launch's revision, and the quarter of an hour in which it was read
Version = tuple[int, datetime]


def version_of(revisions: Iterable[int]) -> int:
    """A number that grows with each new launch and each change of one."""
    return sum(revision + 1 for revision in revisions)


class KeptContexts:
    """The launches of a database with their people, for a process that shows them often.

    A launch is read and planned again if its revision grew, and every quarter of an hour, since a
    task becomes overdue at midnight in its owner's time zone. Threads may share it.
    """

    def __init__(self, store: Store, *, documents: Path) -> None:
        self._store = store
        self._loader = ContextLoader(store, documents=documents)
        self._kept: dict[str, tuple[Version, MessageContext]] = {}

    def of(self, slug: str, *, now: datetime) -> MessageContext:
        """A launch at an instant; raises NotFound."""
        with self._store.read() as session:
            query = select(Launch.revision).where(Launch.slug == slug)
            revision = session.exec(query).first()
        if revision is None:
            raise NotFound(f'unknown launch "{slug}"; `launch-kits status` lists them')
        return self._current(slug, revision, now)

    def none_runs(self) -> bool:
        """Whether no launch runs."""
        query = select(Launch.slug).where(Launch.status == LaunchStatus.RUNNING)
        with self._store.read() as session:
            return session.exec(query.limit(1)).first() is None

    def version(self) -> int:
        """The version of all launches together, as `version_of` has it."""
        with self._store.read() as session:
            return version_of(session.exec(select(Launch.revision)).all())

    def _current(self, slug: str, revision: int, now: datetime) -> MessageContext:
        quarter = datetime.min.replace(tzinfo=now.tzinfo)
        quarter = now - (now - quarter) % QUARTER
        version, context = self._kept.pop(slug, (None, None))
        if context is None or version != (revision, quarter):
            context = self._loader.again(slug, now=now)
        self._kept[slug] = (context.view.revision, quarter), context
        while len(self._kept) > MOST:
            self._kept.pop(next(iter(self._kept)), None)
        return context
