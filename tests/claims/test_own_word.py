from __future__ import annotations

import pytest

from launch_kits.claims.own_word import needs_source
from tests.samples import brief

BRIEF = brief(positioning={"alternatives": [{"key": "globex", "name": "Globex Cloud"}]})


@pytest.mark.parametrize(
    "text",
    [
        "Two years of warranty",
        "You can cancel until the last day of each month.",
        "Support answers from 9 to 17 hours, Monday to Friday.",
        "We answer within 4 hours.",
        "The price stays at 6 USD until 2028.",
        "Schools get 10 % off.",
        "Everyone gets security fixes for five years.",
        "We announce changes at least 90 days before.",
        "Spare parts for ten years, no later than 2037",
    ],
)
def test_our_own_word_about_our_own_offer_needs_no_source(text):
    assert needs_source(text, BRIEF) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The best warranty", '"best" is a superlative'),
        ("It needs 40 % less memory.", '"40 %" is a figure of performance'),
        ("It draws 1.7 watts.", '"1.7 watts" is a figure of performance'),
        ("It is 2x as fast.", '"2x" is a figure of performance'),
        (
            "It plays for 20 hours of battery.",
            '"20 hours of battery" is a figure of performance',
        ),
        ("It stays cheaper than others.", '"cheaper than" compares'),
        ("We take back your Globex Cloud contract.", "it speaks of Globex Cloud"),
    ],
)
def test_more_than_our_own_word_needs_a_source(text, why):
    assert needs_source(text, BRIEF) == why
