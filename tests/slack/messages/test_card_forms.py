from __future__ import annotations

import pytest

from launch_kits.claims.doubtable import DoubtableLine, of_entry
from launch_kits.inputs.brief_parts import Faq
from launch_kits.inputs.ledger import Claim
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.card_forms import (
    card_change_form,
    concede_form,
    flag_form,
    uphold_form,
)
from tests.slack.block_kit import problems_of_view
from tests.slack.office import words

RISKY = "*A* <!channel> `b` & \u202ec" * 200
PLACE = ActionPlace(launch="valkey-9", task="redis.y1", channel="D1", ts="1.1")
LINE = DoubtableLine("redis.y1", "redis", "Redis", "It is slow", Claim(id="y1"))


@pytest.mark.parametrize("form", [flag_form, uphold_form, concede_form])
def test_forms_about_a_line_quote_it_within_slacks_limits(form) -> None:
    assert words(form(PLACE, line=LINE))[0] == 'The card on Redis says:\n"It is slow"'
    entry = of_entry(Faq(ask="Is it slow?", answer=RISKY))
    assert problems_of_view(form(PLACE, line=entry)) == []
    assert words(form(PLACE, line=entry))[0].startswith("The FAQ says:")


def test_the_form_for_a_change_names_the_card() -> None:
    assert words(card_change_form(PLACE, name="Redis"))[0] == "The card on Redis"
    assert problems_of_view(card_change_form(PLACE, name=RISKY)) == []
