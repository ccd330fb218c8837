from __future__ import annotations

import pytest

from launch_kits.lint.against import amounts
from launch_kits.lint.against.known import Known
from tests.lint.against.test_figures import said


def test_a_price_is_one_of_the_brief_s(known: Known):
    assert list(amounts.prices(said("It costs USD 0."), known)) == []
    (slip,) = amounts.prices(said("The plan costs USD 499 a month."), known)
    assert (slip.code, "Community: 0 USD" in slip.message) == ("other-price", True)


def test_a_price_of_another_plan_is_told(known: Known):
    price = known.brief.pricing[0]
    team = price.model_copy(update={"plan": "Team", "amount": 20})
    brief = known.brief.model_copy(update={"pricing": (price, team)})
    two = Known(brief, known.rollout, known.today)
    (slip,) = amounts.prices(said("The Community plan costs 20 USD."), two)
    assert "price of Community is 0 USD" in slip.message
    assert list(amounts.prices(said("The Team plan costs 20 USD."), two)) == []


def test_a_price_that_a_claim_has_and_the_brief_has_not_is_told(known: Known):
    price = known.brief.pricing[0].model_copy(update={"plan": "Team", "amount": 6.5})
    more = {"pricing": (price,), "summary": "It costs 6 USD"}
    told = Known(known.brief.model_copy(update=more), known.rollout, known.today)
    assert 6 in told.amounts["USD"]
    (slip,) = amounts.prices(said("The Team plan costs 6 USD."), told)
    assert "price of Team is 6.5 USD" in slip.message


@pytest.fixture
def priced(known: Known) -> Known:
    """The example with a price of a month, and a price of the competitor in its ledger."""
    price = known.brief.pricing[0].model_copy(
        update={"plan": "Team", "amount": 6.5, "per": "user and month"}
    )
    place = known.brief.positioning
    (key, ledger), *_ = known.ledgers
    line = ledger.their_strengths[0].model_copy(update={"claim": "Redis costs USD 9."})
    theirs = ledger.model_copy(update={"their_strengths": (line,)})
    others = tuple(
        each.model_copy(update={"claims": theirs}) if each.key == key else each
        for each in place.alternatives
    )
    update = {
        "pricing": (price,),
        "positioning": place.model_copy(update={"alternatives": others}),
    }
    return Known(known.brief.model_copy(update=update), known.rollout, known.today)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Team costs six and a half dollars.", None),
        ("Team costs six dollars.", "neither the brief nor a ledger"),
        ("Valkey costs 78 USD a year.", None),
        ("Team costs USD 78 per user and year.", None),
        ("Valkey costs 72 USD a year.", "neither the brief nor a ledger"),
        ("Team costs 9 USD.", "an amount of Redis"),
        ("With Valkey you pay 9 USD.", "an amount of Redis"),
        ("We charge 9 USD.", "an amount of Redis"),
        ("Redis costs 9 USD.", None),
        ("Redis costs 6.50 USD.", "an amount of Valkey"),
        ("Redis costs 9 USD, and Valkey 6.50 USD.", None),
    ],
)
def test_amounts_in_words_of_a_year_and_of_the_right_party(priced: Known, text, fault):
    found = [slip.message for slip in amounts.prices(said(text), priced)]
    assert len(found) == (fault is not None)
    assert all(fault and fault in message for message in found)
