from __future__ import annotations

from datetime import date

from launch_kits.database.store import Store
from launch_kits.verbs import done, open_launch, preview_move
from tests.launches import NOW, SLUG, at, brief_with, kit_with


def test_a_move_after_the_launch_day_says_that_it_is_done(store: Store) -> None:
    kit = kit_with(only=["go_live", "retro"], go_live={"after": []})
    open_launch(store, brief_with(kit=kit), now=NOW)
    on = date(2027, 2, 16)

    def codes() -> list[str]:
        found = preview_move(store, SLUG, on=on, now=at("02-10"))
        return [each.code for each in found.warnings]

    assert "already-launched" not in codes()
    done(store, SLUG, "go_live", now=at("02-09"))
    assert "already-launched" in codes()
