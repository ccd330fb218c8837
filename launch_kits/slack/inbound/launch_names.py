"""The launch that a person names in a command, by its name, its product or none at all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, suggest
from launch_kits.views.notices.text import clean, cut, shorten

__all__ = ["find_named"]

#: launches that are named in a refusal
MOST_NAMED = 8


def find_named(store: Store, words: Sequence[str]) -> str:
    """Find the launch that words name; returns its slug.

    The words are the slug, the product, or the beginning of one of them, in any capitals. Without
    words it is the only running launch. Raises NotFound, naming the running launches.
    """
    wanted = " ".join(words).casefold()
    with store.read() as session:
        query = select(Launch.slug, Launch.product, Launch.status)
        rows = session.exec(query.order_by(col(Launch.opened_at).desc())).all()
    running = [row for row in rows if row[2] == LaunchStatus.RUNNING]
    for found in (
        [row for row in rows if wanted and wanted == row[0].casefold()],
        [row for row in running if wanted and wanted == row[1].casefold()],
        [row for row in running if _begins(wanted, row[0], row[1])],
    ):
        if len(found) == 1:
            return found[0][0]
    names = [f"{shorten(product)} ({slug})" for slug, product, _ in running]
    known = ", ".join(names[:MOST_NAMED]) or "none"
    if not wanted:
        raise NotFound(f"which launch? Name one of the running ones: {known}")
    hint = suggest(wanted, [slug for slug, _, _ in rows])
    asked = cut(clean(" ".join(words)), 60)
    raise NotFound(f'no launch "{asked}"{hint or f"; running launches: {known}"}')


def _begins(wanted: str, *names: str) -> bool:
    return any(name.casefold().startswith(wanted) for name in names)
