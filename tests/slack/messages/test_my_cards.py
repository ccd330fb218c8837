from __future__ import annotations

from launch_kits.database.records import CardUseKind
from launch_kits.slack.messages.my_cards import cards_blocks, cards_kept_by
from launch_kits.verbs import count_use, flag
from tests.desk import OTHER, SELLER
from tests.launches import LEAD, NOW, SLUG
from tests.slack.office import Office, words


def used(office: Office) -> str:
    """Let two sellers use the card on Osprey; returns the email of the person who keeps it."""
    for by in (SELLER, SELLER, OTHER):
        count_use(office.store, SLUG, "osprey", CardUseKind.OPENED, by=by, now=NOW)
    count_use(office.store, SLUG, "osprey", CardUseKind.COPIED, by=SELLER, now=NOW)
    return flag(office.store, SLUG, "osprey.y1", by=OTHER, now=NOW).owner


def test_the_home_of_the_person_who_keeps_a_card_tells_how_it_is_used(
    desk_office: Office,
) -> None:
    owner = used(desk_office)
    desk_office.people.open_home(owner)
    desk_office.settle()
    shown = words(desk_office.slack.homes[-1][1])
    said = "Osprey Data Hub: opened 3 times, copied 1 time, by 2 people, 1 line called wrong."
    assert shown[-2:] == ["Your cards", said]


def test_others_and_cards_without_use_are_left_out(desk_office: Office) -> None:
    assert cards_kept_by(desk_office.store, LEAD, launches=[SLUG]) == []
    owner = used(desk_office)
    assert cards_kept_by(desk_office.store, SELLER, launches=[SLUG]) == []
    (card,) = cards_kept_by(desk_office.store, owner.upper(), launches=[SLUG])
    assert card.key == "osprey"
    assert cards_blocks([]) == []
