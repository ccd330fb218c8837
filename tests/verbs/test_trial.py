from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.verbs import (
    NewTask,
    TaskEdit,
    add,
    begin,
    preview_delegation,
    preview_edit,
    preview_revision,
)
from launch_kits.verbs.transaction import Change
from launch_kits.verbs.trial import trying
from tests.launches import LEAD, NOW, PMM, SLUG, brief_with, dump, kit_with, status

#: seconds for which a preview lets another process write
WHILE = 0.2


def preview_of_add(store: Store) -> None:
    with trying(store, SLUG, now=NOW) as change:
        new = NewTask("A new task", before=("research",))
        add(change, SLUG, new, now=NOW, accept_late=True)


PREVIEWS: dict[str, Callable[[Store], object]] = {
    "add": preview_of_add,
    "edit": lambda store: preview_edit(
        store, SLUG, "training", TaskEdit(after=("-legal_review",)), now=NOW
    ),
    "revision": lambda store: preview_revision(
        store,
        SLUG,
        brief_with(kit=kit_with(training={"after": ["positioning"]})),
        now=NOW,
    ),
    "delegation": lambda store: preview_delegation(store, person=PMM, to=LEAD, now=NOW),
}


@pytest.mark.parametrize("name", PREVIEWS)
def test_a_preview_holds_while_another_process_writes(
    falcon: Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Store(falcon.url)
    writers = []
    read = Change.__init__

    def read_then_let_write(self: Change, *given: Any, **named: Any) -> None:
        read(self, *given, **named)
        if not writers:
            writer = threading.Thread(
                target=begin,
                args=(other, SLUG, "research"),
                kwargs={"by": PMM, "now": NOW},
            )
            writers.append(writer)
            # the rows of the launch are read before the other process writes
            assert self.tasks
            writer.start()
            writer.join(WHILE)

    monkeypatch.setattr(Change, "__init__", read_then_let_write)
    try:
        PREVIEWS[name](falcon)
    finally:
        writers[0].join()
        other.close()
    assert status(falcon, "research") == "doing"


@pytest.mark.parametrize("name", PREVIEWS)
def test_a_preview_leaves_nothing_behind(falcon: Store, name: str) -> None:
    before = dump(falcon)
    PREVIEWS[name](falcon)
    assert dump(falcon) == before


def test_an_unknown_launch_is_named(falcon: Store) -> None:
    with pytest.raises(NotFound, match="eagle"), trying(falcon, "eagle", now=NOW):
        raise AssertionError
