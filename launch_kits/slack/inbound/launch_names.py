"""The launch that a person names in a command, by its name, its product or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from sqlmodel import col, select

from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, suggest
from launch_kits.views.notices.text import clean, cut, shorten

__all__ = ["SeveralLaunches", "find_leading", "find_named", "find_subject"]

#: slug, product and status
_Row: TypeAlias = tuple[str, str, str]

#: launches that are named in a refusal
MOST_NAMED = 8


class SeveralLaunches(NotFound):
    """A question that names no launch, while several run."""

    def __init__(self, text: str, launches: Sequence[tuple[str, str]]) -> None:
        super().__init__(text)
        #: slug and product of each running launch, the newest first
        self.launches = launches


def find_named(store: Store, words: Sequence[str]) -> str:
    """Find the launch that words name; returns its slug.

    The words are the slug, the product, or the beginning of one of them, in any capitals. Without
    words it is the only running launch. Raises NotFound, naming the running launches.
    """
    rows = _rows(store)
    for find in (_exact, _begun):
        found = find(rows, " ".join(words))
        if found is not None:
            return found
    raise _not_found(rows, words)


def find_leading(store: Store, words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Find the launch that the first words name; returns its slug and the words after them.

    A whole name goes before a beginning, and more words before fewer. At least one word is left.
    Raises NotFound, as `find_named` does.
    """
    rows = _rows(store)
    for find in (_exact, _begun):
        for at in range(len(words) - 1, 0, -1):
            found = find(rows, " ".join(words[:at]))
            if found is not None:
                return found, words[at:]
    raise _not_found(rows, words[:1])


def find_subject(store: Store, words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Find the launch that a question is about; returns its slug and the question's words.

    The first words may name it, as for `find_leading`. If they do not, it is the only running
    launch. No words are left if they are nothing but a name. Raises NotFound if the first word
    seems to be a name with a mistake; SeveralLaunches if several run.
    """
    rows = _rows(store)
    named = _exact(rows, " ".join(words))
    if named is not None:
        return named, ()
    try:
        return find_leading(store, words)
    except NotFound:
        running = _running(rows)
        mistyped = suggest(words[0].casefold(), [slug for slug, _, _ in rows])
        if mistyped:
            raise
        if len(running) > 1:
            text = f"which launch? Name it before the question: {_known(rows)}"
            found = [(slug, product) for slug, product, _ in running]
            raise SeveralLaunches(text, found) from None
        if not running:
            raise _which(rows, "Name it before the question") from None
        return running[0][0], words


def _rows(store: Store) -> Sequence[_Row]:
    """Every launch, the newest first."""
    query = select(Launch.slug, Launch.product, Launch.status)
    with store.read() as session:
        return session.exec(
            query.order_by(col(Launch.opened_at).desc(), Launch.slug)
        ).all()


def _running(rows: Sequence[_Row]) -> Sequence[_Row]:
    return [row for row in rows if row[2] == LaunchStatus.RUNNING]


def _exact(rows: Sequence[_Row], name: str) -> str | None:
    """The launch of this slug, or the only running one of this product."""
    wanted = name.casefold()
    if not wanted:
        return None
    named = [row[0] for row in rows if wanted == row[0].casefold()]
    sold = [row[0] for row in _running(rows) if wanted == row[1].casefold()]
    return next((found[0] for found in (named, sold) if len(found) == 1), None)


def _begun(rows: Sequence[_Row], name: str) -> str | None:
    """The only running launch whose slug or product begins so."""
    wanted = name.casefold()
    found = [row[0] for row in _running(rows) if _begins(wanted, row[0], row[1])]
    return found[0] if len(found) == 1 else None


def _which(rows: Sequence[_Row], remedy: str) -> NotFound:
    return NotFound(f"which launch? {remedy}; running launches: {_known(rows)}")


def _known(rows: Sequence[_Row]) -> str:
    """The running launches, by product and name."""
    names = [f"{shorten(product)} ({slug})" for slug, product, _ in _running(rows)]
    return ", ".join(names[:MOST_NAMED]) or "none"


def _not_found(rows: Sequence[_Row], words: Sequence[str]) -> NotFound:
    wanted = " ".join(words).casefold()
    known = _known(rows)
    if not wanted:
        return NotFound(f"which launch? Name one of the running ones: {known}")
    hint = suggest(wanted, [slug for slug, _, _ in rows])
    asked = cut(clean(" ".join(words)), 60)
    return NotFound(f'no launch "{asked}"{hint or f"; running launches: {known}"}')


def _begins(wanted: str, *names: str) -> bool:
    return any(name.casefold().startswith(wanted) for name in names)
