"""Documents that cannot be written: the lead is told once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from launch_kits.database.records import NoticeKind
from launch_kits.database.store import Store
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["tell_of_failures"]


def tell_of_failures(
    store: Store | Change, slug: str, failed: Mapping[str, Exception], *, now: datetime
) -> None:
    """Tell the lead of a launch which documents cannot be written, by the keys of their tasks.

    Documents that fail again for the same reasons are not told again. Raises NotFound.
    """
    with changing(store, slug, now=now) as change:
        faults = "\n".join(f"{key}: {error}" for key, error in sorted(failed.items()))
        titles = [task.title for task in change.tasks.values() if task.key in failed]
        facts = {"event": NewsEvent.NOT_WRITTEN, "titles": titles}
        occasion = f"not-written-{sha256(faults.encode()).hexdigest()[:12]}"
        change.tell(NoticeKind.NEWS, change.lead, facts=facts, occasion=occasion)
