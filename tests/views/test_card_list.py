from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from launch_kits.claims.questioned import NO_DOUBTS
from launch_kits.database.store import Store
from launch_kits.verbs import cancel, done, end, flag
from launch_kits.views import card_list
from launch_kits.views.card_list import LaunchCards, read_card_list
from launch_kits.views.doubted import questioned_claims
from launch_kits.views.whole_cards import WholeCard, whole_cards
from tests.desk import OTHER, told_to_customers
from tests.full_views import full_views
from tests.launches import LEAD, NOW, PMM, SLUG, at, brief_with, opened

Found = list[tuple[str, str, Sequence[WholeCard]]]


def _from_views(store: Store, now: datetime) -> Found:
    """The cards of the full views of all launches."""
    with store.read() as session:
        doubted = questioned_claims(session)
    contexts = [
        each for each in full_views(store, now=now) if each.view.status != "cancelled"
    ]
    contexts.sort(key=lambda each: each.view.status != "running")
    return [
        (
            each.view.slug,
            each.view.product,
            whole_cards(
                each.brief,
                today=each.view.today,
                questioned=doubted.get(each.view.slug, NO_DOUBTS),
            ),
        )
        for each in contexts
    ]


def test_the_cards_are_those_of_full_views_whatever_happens(store: Store) -> None:
    kept: dict[str, LaunchCards] = {}

    def must_agree(now: datetime) -> Found:
        found = read_card_list(store, kept, now=now)
        assert found == _from_views(store, now)
        assert read_card_list(store, {}, now=now) == found
        return found

    assert must_agree(NOW) == []
    opened(store, told_to_customers())
    for number, zone in enumerate(["Asia/Tokyo", "UTC"]):
        brief = brief_with(launch=f"heron-{number}", timezone=zone)
        opened(store, brief, now=NOW + timedelta(minutes=number))
    (first, *_) = must_agree(NOW)
    assert len(first[2]) == 2
    for days in (0, 30, 400):
        for hours in (0, 9):
            must_agree(NOW + timedelta(days, hours=hours))
    for person in (OTHER, PMM):
        flag(store, SLUG, "osprey.y1", by=person, now=NOW)
    doubted = [
        line.ref
        for _, _, cards in must_agree(NOW)
        for card in cards
        for lines in card.sections.values()
        for line in lines
        if line.questioned
    ]
    assert doubted == ["osprey.y1"]
    cancel(store, "heron-0", by=LEAD, now=NOW)
    end(store, "heron-1", by=LEAD, note="Sold", now=NOW)
    assert [slug for slug, _, _ in must_agree(at("01-12"))] == [SLUG, "heron-1"]


def test_cards_that_cannot_differ_are_not_made_again(store: Store) -> None:
    opened(store)
    kept: dict[str, LaunchCards] = {}
    read_card_list(store, kept, now=NOW)
    before = kept[SLUG]
    read_card_list(store, kept, now=NOW + timedelta(minutes=30))
    assert kept[SLUG] is before
    done(store, SLUG, "research", by=LEAD, now=NOW)
    read_card_list(store, kept, now=NOW)
    assert kept[SLUG] is not before


def test_only_the_cards_of_the_first_launches_are_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_list, "MOST", 2)
    for number in range(3):
        brief = brief_with(launch=f"heron-{number}")
        opened(store, brief, now=NOW + timedelta(minutes=number))
    kept: dict[str, LaunchCards] = {}
    for _ in range(2):
        assert read_card_list(store, kept, now=NOW) == _from_views(store, NOW)
        assert [*kept] == ["heron-2", "heron-1"]
    cancel(store, "heron-2", by=LEAD, now=NOW)
    read_card_list(store, kept, now=NOW)
    assert sorted(kept) == ["heron-0", "heron-1"]
