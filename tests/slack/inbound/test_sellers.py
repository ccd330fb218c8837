from __future__ import annotations

import pytest

from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.inbound.commands import USAGE
from launch_kits.slack.inbound.sellers import (
    SELLER_CLICKS,
    SELLER_FORMS,
    SELLER_USAGE,
    SELLER_WORDS,
)
from tests.desk import SELLER, SUPPORT, question, uses
from tests.launches import SLUG, events
from tests.slack.office import Office


def test_every_word_is_in_the_help() -> None:
    assert set(SELLER_USAGE) <= set(USAGE)
    assert {usage.split()[1] for usage, _ in SELLER_USAGE} == set(SELLER_WORDS)


def test_every_button_and_form_is_heard(desk_office: Office) -> None:
    assert set(SELLER_FORMS) <= set(SELLER_CLICKS)
    for action in SELLER_CLICKS:
        before = len(desk_office.slack.told) + len(desk_office.slack.modals)
        place = ActionPlace(launch=SLUG, task="osprey.y1", check="").pack()
        desk_office.click(SELLER, action, place)
        after = len(desk_office.slack.told) + len(desk_office.slack.modals)
        assert after == before + 1, action


def test_a_form_sent_twice_is_worked_on_once(desk_office: Office) -> None:
    desk_office.type(SELLER, f"ask {SLUG} Can we pay by card?")
    number = question(desk_office.store).id
    place = ActionPlace(launch=SLUG, task=str(number)).pack()
    desk_office.click(SUPPORT, "desk_answer", place)
    sent = desk_office.people.filled(
        SUPPORT, desk_office.slack.modals[-1][1], answer="Yes"
    )
    for _ in range(2):
        desk_office.people.post(sent)
        desk_office.settle()
    assert len(events(desk_office.store, verb="answer")) == 1


@pytest.mark.parametrize("typed", ["card osprey", f"ask {SLUG} Why so dear?"])
def test_guests_get_neither_cards_nor_answers(desk_office: Office, typed: str) -> None:
    desk_office.slack.make(SELLER, is_restricted=True)
    desk_office.type(SELLER, typed)
    assert "guests of the workspace cannot do this" in desk_office.told
    assert uses(desk_office.store) == []
    assert events(desk_office.store, verb="ask") == []
