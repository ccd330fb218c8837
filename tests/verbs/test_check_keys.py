from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import check, preview_revision, revise, waive
from tests.launches import KIT, NOW, SLUG, brief_with, dump, opened
from tests.verbs.test_gates import at_stage

LINK = "https://example.com/results"
TRAINED = {"title": "Trained sellers ≥ 80%", "evidence": "required"}
CARDS = {"title": "Cards are read"}
QUOTES: dict[str, Any] = {"title": "A test quote for each plan"}


def with_checks(*checks: dict[str, Any]) -> Brief:
    kit = deepcopy(KIT)
    kit["stages"][1]["gate"] = {
        "title": "Sales can sell it",
        "role": "sales",
        "checks": list(checks),
    }
    return brief_with(kit=kit)


def ticked(store: Store) -> Store:
    """The small launch with a gate of two checks: one is passed, one is waived."""
    opened(store, with_checks(TRAINED, CARDS))
    check(store, SLUG, "sales", 1, link=LINK, now=NOW)
    until = date(2027, 2, 1)
    waive(store, SLUG, "sales", "cards-are-read", until=until, note="Later", now=NOW)
    return store


def states(store: Store) -> list[tuple[str, str | None, date | None]]:
    return [
        (each.key, each.link, each.waived_until)
        for each in at_stage(store, "sales").checks
    ]


def test_ticks_and_waivers_follow_their_checks_to_other_places(store: Store) -> None:
    revise(ticked(store), SLUG, with_checks(QUOTES, CARDS, TRAINED), now=NOW)
    assert states(store) == [
        ("a-test-quote-for-each-plan", None, None),
        ("cards-are-read", None, date(2027, 2, 1)),
        ("trained-sellers-80", LINK, None),
    ]


def test_a_check_that_gets_a_key_keeps_its_tick_by_its_title(store: Store) -> None:
    keyed = with_checks({**CARDS, "key": "cards"}, {**TRAINED, "key": "trained"})
    revise(ticked(store), SLUG, keyed, now=NOW)
    assert states(store) == [
        ("cards", None, date(2027, 2, 1)),
        ("trained", LINK, None),
    ]


def test_a_check_with_the_same_key_keeps_its_tick_under_another_title(
    store: Store,
) -> None:
    other = {**TRAINED, "key": "trained-sellers-80", "title": "Trained sellers ≥ 90%"}
    revise(ticked(store), SLUG, with_checks(other), now=NOW)
    assert states(store) == [("trained-sellers-80", LINK, None)]


def test_a_new_check_has_no_tick(store: Store) -> None:
    revise(ticked(store), SLUG, with_checks(QUOTES), now=NOW)
    assert states(store) == [("a-test-quote-for-each-plan", None, None)]


def test_a_preview_moves_no_tick(store: Store) -> None:
    before = dump(ticked(store))
    keyed = with_checks({**TRAINED, "key": "trained"})
    preview_revision(store, SLUG, keyed, now=NOW)
    assert dump(store) == before
