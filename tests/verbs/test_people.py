from __future__ import annotations

import pytest

from launch_kits.plan.rollout import Calendars
from launch_kits.verbs.people import hours_in, spelled
from tests.launches import PMM, SALES, STRANGER, at, brief_with


@pytest.mark.parametrize(
    ("email", "people", "expected"),
    [
        ("PIA@example.com", ["pia@example.com"], "pia@example.com"),
        ("pia@example.com", ["Pia@example.com", "pia@example.com"], "pia@example.com"),
        (
            "PIA@example.com",
            [None, "Pia@example.com", "pia@example.com"],
            "Pia@example.com",
        ),
        ("pia@example.com", [None, "sam@example.com"], "pia@example.com"),
        ("pia@example.com", [], "pia@example.com"),
    ],
)
def test_an_email_takes_the_spelling_that_is_known(email, people, expected):
    assert spelled(email, people) == expected


def test_a_person_has_hours_in_their_own_zone_and_a_stranger_in_the_launch_s():
    calendars = Calendars(brief_with())
    evening_in_singapore = at("01-11", 10)
    assert hours_in(calendars, PMM).opens(evening_in_singapore) == evening_in_singapore
    assert hours_in(calendars, SALES).opens(evening_in_singapore) > evening_in_singapore
    assert (
        hours_in(calendars, STRANGER).opens(evening_in_singapore)
        == evening_in_singapore
    )
