from __future__ import annotations

from datetime import date

from launch_kits.database.store import Store
from launch_kits.verbs import cancel, done, extend, move
from tests.launches import LEAD, NOW, PMM, SLUG, at, notices, opened, sentence_of


def asked(store: Store) -> Store:
    """The owner of the research asks for more time."""
    opened(store)
    extend(store, SLUG, "research", until=date(2027, 3, 5), by=PMM, now=NOW)
    return store


def lapsed(store: Store) -> list[str]:
    found = [
        each
        for each in notices(store, "news")
        if each.facts.get("event") == "extension lapsed"
    ]
    assert {each.to for each in found} <= {PMM}
    return [sentence_of(store, each) for each in found]


def test_the_one_who_asked_hears_that_a_move_made_it_needless(store: Store) -> None:
    move(asked(store), SLUG, on=date(2027, 3, 2), now=at("01-12"))
    assert lapsed(store) == [
        (
            'Falcon 2: No answer is needed any more about "Research" until Fri 5 Mar: it is '
            "due Mon 1 Mar now."
        )
    ]


def test_the_one_who_asked_hears_that_another_closed_the_task(store: Store) -> None:
    done(asked(store), SLUG, "research", by=LEAD, now=at("01-12"))
    assert len(lapsed(store)) == 1


def test_no_one_hears_of_their_own_act_or_of_the_end_of_the_launch(
    store: Store,
) -> None:
    done(asked(store), SLUG, "research", by=PMM, now=at("01-12"))
    cancel(store, SLUG, now=at("01-12"))
    assert lapsed(store) == []
