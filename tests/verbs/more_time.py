"""A request for more time, which the owner of a task makes."""

from __future__ import annotations

from datetime import date

from launch_kits.database.store import Store
from launch_kits.verbs import extend
from tests.launches import NOW, SLUG, changed, task

#: research takes two days, is expected on 12 January, and due on Monday 8 February
EXPECTED = date(2027, 1, 12)
DUE = date(2027, 2, 8)
BEYOND = date(2027, 3, 8)
CARD = "battlecard:kite"


def ask(store: Store, until: date = BEYOND, **options: object) -> None:
    changed(
        extend(
            store,
            SLUG,
            "research",
            until=until,
            now=NOW,
            note="Waiting for data",
            **options,
        )
    )
    assert task(store, "research").due == DUE
