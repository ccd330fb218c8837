"""A verb tried for its preview, in a transaction that is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.verbs.actors import via_of
from launch_kits.verbs.transaction import Change

__all__ = ["trying"]


@contextmanager
def trying(store: Store | Change, slug: str, *, now: datetime) -> Iterator[Change]:
    """A launch as `changing` gives it, held until the end, where all changes are taken back.

    A preview that writes rows needs it: within `reading`, SQLite refuses the write once another
    process has written. Given a change, it is part of that transaction. Raises NotFound.
    """
    if isinstance(store, Change):
        yield store.of(slug)
        return
    with store.trial() as session:
        launch = find_launch(session, slug, lock=True)
        yield Change(session, launch, now, via=via_of(store))
