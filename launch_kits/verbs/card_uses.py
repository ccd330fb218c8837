"""The use of cards and of the FAQ: who opened or copied one, and when."""

from __future__ import annotations

from datetime import datetime

from launch_kits.database.records import CardUse, CardUseKind
from launch_kits.database.store import Store

__all__ = ["count_use"]


def count_use(
    store: Store, slug: str, card: str, kind: CardUseKind, *, by: str, now: datetime
) -> None:
    """Count the use of a card or of the FAQ.

    ``card`` is the key of the competitor or the reference of the entry. The launch does not change
    by it.
    """
    with store.write() as session:
        session.add(CardUse(launch=slug, card=card, kind=kind, by=by, at=now))
