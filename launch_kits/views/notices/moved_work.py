"""How many due days moved, and whose: the reader's own, and those of people they act for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.text import shorten
from launch_kits.views.reader import Reader, count

__all__ = ["LAPSES", "moved_work"]

#: the field of a change that ends the more time that was granted
LAPSES = "more_time"


def moved_work(
    facts: Mapping[str, object], *, to: str, reader: Reader
) -> Iterator[str]:
    """Yield how many due days moved and how much more time lapses, for each owner.

    ``to`` is the reader's email. A change of an older version names no owner: it is the reader's.
    """
    moved: Counter[str] = Counter()
    lapsed: Counter[str] = Counter()
    for row in rows_of(facts, "changes"):
        owner = str(row.get("owner") or to)
        owner = to if owner.casefold() == to.casefold() else owner
        (lapsed if row.get("field") == LAPSES else moved)[owner] += 1
    if not moved and not lapsed:
        moved[to] = 0
    for owner in sorted({*moved, *lapsed}, key=lambda each: each != to):
        mine = owner == to
        whose = "yours" if mine else shorten(reader.name(owner))
        said = []
        if owner in moved:
            said.append(f"{count(moved[owner], 'due day')} of {whose} moved")
        if owner in lapsed:
            said.append(
                f"more time for {count(lapsed[owner], 'task')} of {whose} lapses"
            )
        yield "; ".join(said) + ("" if mine else ", for whom you act")
