from __future__ import annotations

import pytest
from pydantic import ValidationError

from launch_kits.inputs.brief_parts import Goal, Price


def test_a_goal_knows_whether_it_was_reached_up_or_down():
    def goal(**more: object) -> Goal:
        return Goal.model_validate(
            {"metric": "x", "target": 10, "by": "2027-04-01", **more}
        )

    assert (goal().reached, goal().share) == (None, None)
    assert (goal(actual=5).reached, goal(actual=5).share) == (False, 0.5)
    assert (
        goal(baseline=20, actual=12).reached,
        goal(baseline=20, actual=12).share,
    ) == (False, 0.8)
    assert goal(baseline=20, actual=9).reached
    assert goal(baseline=10, actual=9).share is None


@pytest.mark.parametrize(
    ("given", "decided"),
    [
        ({"amount": 0, "currency": "EUR"}, True),
        ({"text": "on request"}, True),
        ({"amount": None}, False),
        ({"amount": None, "currency": "EUR"}, False),
        ({}, False),
    ],
)
def test_a_price_is_decided_if_it_has_an_amount_or_a_text(given, decided):
    assert Price.model_validate({"plan": "Team", **given}).decided is decided


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"amount": 5}, "an amount needs its currency"),
        (
            {"amount": 5, "currency": "EUR", "text": "on request"},
            "an amount or a text; remove one",
        ),
    ],
)
def test_a_price_is_one_price_with_its_currency(given, fault):
    with pytest.raises(ValidationError, match=fault):
        Price.model_validate({"plan": "Team", **given})


@pytest.mark.parametrize(
    ("given", "unit", "target"),
    [
        ({"target": "40 %"}, "%", 40),
        ({"target": "40%", "baseline": "12.5 %"}, "%", 40),
        ({"target": 40, "unit": "USD"}, "USD", 40),
        ({"target": "40 sign-ups a day", "actual": 3}, "sign-ups a day", 40),
        ({"target": 40}, None, 40),
        ({"target": "-1 dB"}, "dB", -1),
    ],
)
def test_a_goal_takes_its_unit_with_its_figures(given, unit, target):
    goal = Goal.model_validate({"metric": "x", "by": "2027-04-01", **given})
    assert (goal.unit, goal.target) == (unit, target)
    assert Goal.model_validate(goal.model_dump(mode="json")) == goal


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"target": "40 %", "baseline": "3 USD"}, "in USD and in %; use one unit"),
        ({"target": "40 %", "unit": "USD"}, "in % and in USD; use one unit"),
        ({"target": "1,000 users"}, "number"),
        ({"target": "many"}, "number"),
    ],
)
def test_figures_of_a_goal_are_numbers_of_one_unit(given, fault):
    with pytest.raises(ValidationError, match=fault):
        Goal.model_validate({"metric": "x", "by": "2027-04-01", **given})
