from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.verbs import cancel, drop, open_launch
from launch_kits.views.cards import (
    CardName,
    card_called,
    find_cards,
    names_of_cards,
    read_card,
)
from tests.desk import ENTRY, SELLER, desk_brief, with_desk
from tests.launches import NOW, PMM, SLUG, at, ledger_of, statuses

NEWER = "hawk-1"


def found(store: Store, text: str, email: str | None = SELLER) -> list[CardName]:
    with store.read() as session:
        return find_cards(session, text, email=email)


def keys(store: Store, text: str) -> list[tuple[str, str]]:
    return [(each.key, each.said) for each in found(store, text)]


def second(store: Store, *, by: str | None = None, **positioning: object) -> None:
    """A newer launch with a card on Osprey of its own, led by a person."""
    brief = desk_brief(launch=NEWER, product="Hawk 1")
    team = {"lead": {"name": "Ann", "email": by or "ann@example.com"}}
    changed = brief.model_dump(mode="json", by_alias=True)
    changed |= {"team": team, "faq": []}
    changed["positioning"] = {
        "alternatives": [
            {"key": "osprey", "name": "Osprey", "claims": ledger_of("osprey")}
        ],
        **positioning,
    }
    open_launch(store, type(brief).model_validate(changed), now=at("01-12"))


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("osprey", "osprey", ""),
        ("OSPREY is it cheaper?", "osprey", "is it cheaper?"),
        # the name is longer than the key that begins it
        ("osprey data  hub they say it is cheap", "osprey", "they say it is cheap"),
        ("“Osprey Data Hub”: too dear", "osprey", "too dear"),
        ("Kite, who are they", "kite", "who are they"),
    ],
)
def test_the_longest_name_at_the_beginning_counts(
    store: Store, text: str, key: str, said: str
) -> None:
    assert keys(with_desk(store), text) == [(key, said)]


@pytest.mark.parametrize("text", ["", "ospre", "ospreys", "the kite", "stay", "hub"])
def test_other_words_name_no_card(store: Store, text: str) -> None:
    assert keys(with_desk(store), text) == []


def test_cards_that_are_called_the_same_are_a_choice(store: Store) -> None:
    claims = [ledger_of("osprey"), ledger_of("kite")]
    alternatives = [
        {"key": "osprey", "name": "Kite", "claims": claims[0]},
        {"key": "kite", "name": "Kite Cloud", "claims": claims[1]},
    ]
    with_desk(store, positioning={"alternatives": alternatives}, faq=[])
    assert keys(store, "kite too slow") == [
        ("osprey", "too slow"),
        ("kite", "too slow"),
    ]


def test_ones_own_running_launch_comes_before_a_newer_one(store: Store) -> None:
    with_desk(store)
    second(store)
    assert [each.launch for each in found(store, "osprey", PMM.upper())] == [SLUG]
    assert [each.launch for each in found(store, "osprey", "ann@example.com")] == [
        NEWER
    ]
    # no one's own: the newest
    assert [each.launch for each in found(store, "osprey", SELLER)] == [NEWER]
    assert [each.launch for each in found(store, "osprey", None)] == [NEWER]


def test_a_launch_without_the_card_is_passed_over(store: Store) -> None:
    with_desk(store)
    second(store)
    assert [each.launch for each in found(store, "kite", "ann@example.com")] == [SLUG]


def test_launches_that_are_done_come_last_and_cancelled_ones_never(
    store: Store,
) -> None:
    with_desk(store)
    second(store)
    for key in statuses(store, NEWER):
        drop(store, NEWER, key, now=at("01-13"))
    assert [each.launch for each in found(store, "osprey")] == [SLUG]
    cancel(store, SLUG, now=NOW)
    assert [each.launch for each in found(store, "osprey", PMM)] == [NEWER]


def test_the_names_of_cards_are_those_of_the_first_launch_that_has_any(
    store: Store,
) -> None:
    with_desk(store)
    second(store, alternatives=[])
    with store.read() as session:
        names = names_of_cards(session, email="ann@example.com")
    assert [(each.launch, each.key) for each in names] == [
        (SLUG, "osprey"),
        (SLUG, "kite"),
    ]


@pytest.mark.parametrize(
    ("said", "ref"),
    [
        ("you are more expensive than osprey", "osprey.q1"),
        ("does it run on windows", ENTRY),
        ("are you certified", None),
        ("can I pay in euro", None),
    ],
)
def test_the_answer_to_what_a_buyer_said(
    store: Store, said: str, ref: str | None
) -> None:
    with_desk(store)
    with store.read() as session:
        card = read_card(session, SLUG, "osprey", said=said, now=NOW, words=200)
    assert card is not None
    assert (card.answer.ref if card.answer else None) == ref
    assert card.front.name == "Osprey Data Hub"


def test_a_card_that_is_gone_is_none(store: Store) -> None:
    with_desk(store)
    with store.read() as session:
        assert read_card(session, SLUG, "stay", now=NOW, words=200) is None
        with pytest.raises(NotFound):
            read_card(session, "gone", "osprey", now=NOW, words=200)


def test_the_only_card_of_a_name_is_read_with_the_answer(store: Store) -> None:
    with_desk(store)
    with store.read() as session:
        shown = card_called(
            session, "kite who are they", email=SELLER, now=NOW, words=150
        )
        assert (shown.front.key, shown.said) == ("kite", "who are they")
        with pytest.raises(NotFound, match='called "hawk"; there are: osprey, kite'):
            card_called(session, "hawk", email=SELLER, now=NOW, words=150)
