from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotYours, Refused
from launch_kits.verbs import (
    cancel,
    changing,
    name_card_change,
    revise,
    undo,
    verify_card,
)
from launch_kits.verbs.permissions import Door, Via
from tests.desk import SELLER
from tests.launches import (
    LEAD,
    PMM,
    SLUG,
    at,
    events,
    launch,
    notices,
    paragraphs_of,
    sentence_of,
)
from tests.verbs.test_cards import card_brief, swept, with_card

DUE = at("01-28")


def verified_on(store: Store) -> object:
    (card,) = launch(store).brief["positioning"]["alternatives"]
    return card["claims"]["card"]["verified_on"]


def test_a_card_that_still_holds_counts_as_reviewed_and_is_asked_for_anew(
    store: Store,
) -> None:
    with_card(store)
    swept(store, "01-27")
    found = verify_card(store, SLUG, "osprey", now=DUE)
    assert found.message == (
        "the card on Osprey counts as reviewed today; the next review is due by "
        "2027-02-27; write `verified_on: 2027-01-28` into its ledger, too"
    )
    assert verified_on(store) == "2027-01-28"
    (asked,) = notices(store, "news")
    assert sentence_of(store, asked, now=DUE) == (
        "The card on Osprey was reviewed, and updated by you."
    )
    (event,) = events(store, verb="update")
    assert (event.by, event.note) == (
        PMM,
        "the card on Osprey was reviewed and still holds",
    )
    assert len(swept(store, "01-29", "02-19")) == 1
    assert len(swept(store, "02-20")) == 2


def test_a_card_is_reviewed_once_a_day(store: Store) -> None:
    with_card(store)
    verify_card(store, SLUG, "osprey", now=DUE)
    again = verify_card(store, SLUG, "osprey", by=LEAD, now=DUE)
    assert (again.changed, again.message) == (
        False,
        "the card on Osprey was reviewed today already",
    )


def test_an_update_from_files_that_know_no_review_keeps_it(store: Store) -> None:
    with_card(store)
    verify_card(store, SLUG, "osprey", now=DUE)
    assert revise(store, SLUG, card_brief(), now=at("01-29")).empty
    assert verified_on(store) == "2027-01-28"
    # the files' own day counts if it is later, and if their ledger says something else
    later = card_brief(verified_on="2027-01-29")
    revise(store, SLUG, later, now=at("01-30"))
    assert verified_on(store) == "2027-01-29"


def test_a_change_of_a_card_is_told_to_the_lead_and_stays_open(store: Store) -> None:
    with_card(store)
    swept(store, "01-27")
    note = "The price went up"
    found = name_card_change(store, SLUG, "osprey", note=note, now=DUE)
    assert found.message == (f"{LEAD} is told the change that the card on Osprey needs")
    assert verified_on(store) == "2027-01-04"
    asked, told = notices(store, "news")
    assert sentence_of(store, asked, now=DUE) == (
        "Please have the card on Osprey (Falcon 2) changed by Wed 3 Feb, "
        "in 4 working days."
    )
    assert paragraphs_of(store, asked, now=DUE) == [
        (
            "The change that it needs: The price went up. The review is done when Lee updates the "
            "launch with the changed ledger."
        )
    ]
    assert (told.to, sentence_of(store, told, now=DUE)) == (
        LEAD,
        "Falcon 2: Pia says that the card on Osprey has to change: The price went up.",
    )
    (event,) = events(store, verb="note")
    assert event.note == "the card on Osprey has to change: The price went up"


def test_a_lead_who_names_a_change_is_not_told_of_it(store: Store) -> None:
    with_card(store)
    found = name_card_change(store, SLUG, "osprey", by=LEAD, note="Old", now=DUE)
    assert found.message.startswith("noted; the review ends once you update")
    assert notices(store, "news") == []


def test_a_review_can_be_undone(store: Store) -> None:
    with_card(store)
    swept(store, "01-27")
    room = Via(Door.ROOM)
    with changing(store, SLUG, now=DUE, via=room) as change:
        verify_card(change, SLUG, "osprey", by=PMM, now=DUE)
    undo(store, SLUG, by=PMM, now=DUE)
    assert verified_on(store) == "2027-01-04"
    (asked,) = (each for each in notices(store, "news") if "card-" in each.key)
    assert sentence_of(store, asked, now=DUE).startswith("Please review the card")


def test_others_may_not_review_a_card(store: Store) -> None:
    with_card(store)
    with pytest.raises(NotYours, match="may not review the card on Osprey"):
        verify_card(store, SLUG, "osprey", by=SELLER, now=DUE)
    with pytest.raises(NotYours):
        name_card_change(store, SLUG, "osprey", by=SELLER, note="Old", now=DUE)
    with pytest.raises(Refused, match="the note is empty"):
        name_card_change(store, SLUG, "osprey", note=" ", now=DUE)
    with pytest.raises(NotFound, match='no card "ospray"; did you mean'):
        verify_card(store, SLUG, "ospray", now=DUE)
    cancel(store, SLUG, now=DUE)
    with pytest.raises(Refused, match="cancelled"):
        verify_card(store, SLUG, "osprey", now=DUE)
