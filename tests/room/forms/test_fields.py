from __future__ import annotations

from datetime import date

import pytest

from launch_kits.room.forms.fields import FaultyForm, Field, read_fields, snapped
from launch_kits.workdays.calendar import Calendar

FIELDS = [
    Field("reason", "Reason", required=True),
    Field("until", "Until", "date", calendar=Calendar()),
    Field("days", "Days", "number"),
    Field("to", "Owner", "choice", options=[("a", "Ann"), ("b", "Bo")]),
    Field("after", "Waits for", "many", options=[("x", "X"), ("y:z", "Y")]),
]


def test_values_are_read_by_their_kind():
    texts = {
        "reason": " So ",
        "until": "2027-03-05",
        "days": "03",
        "to": "b",
        "after": "y:z,x",
    }
    assert read_fields(FIELDS, texts) == {
        "reason": "So",
        "until": date(2027, 3, 5),
        "days": 3,
        "to": "b",
        "after": ("y:z", "x"),
    }


def test_empty_fields_are_none_and_no_choice():
    assert read_fields(FIELDS[1:], {"until": " "}) == {
        "until": None,
        "days": None,
        "to": None,
        "after": (),
    }


def test_each_faulty_field_has_its_own_sentence():
    texts = {"until": "soon", "days": "-1", "to": "c", "after": "x,nope"}
    with pytest.raises(FaultyForm) as error:
        read_fields(FIELDS, texts)
    assert error.value.faults == {
        "reason": '"Reason" is empty; fill it in.',
        "until": '"Until" is not a day; write one like 2027-02-05.',
        "days": '"Days" is not a whole number; write one like 3.',
        "to": '"Owner" has no such choice; load the page again.',
        "after": '"Waits for" has no such choice; load the page again.',
    }


@pytest.mark.parametrize(
    ("given", "meant", "weekend"),
    [
        ("2027-03-06", "2027-03-05", True),
        ("2027-03-07", "2027-03-05", True),
        ("2027-03-04", "2027-03-03", False),
    ],
)
def test_a_day_off_is_moved_to_the_working_day_before(given, meant, weekend):
    calendar = Calendar(blackouts=[(date(2027, 3, 4), date(2027, 3, 4))])
    fields = [Field("until", "Until", "date").within(calendar)]
    texts, moved = snapped(fields, {"until": given})
    assert texts == {"until": meant}
    assert [(each.given.isoformat(), each.meant.isoformat()) for each in moved] == [
        (given, meant)
    ]
    assert moved[0].weekend is weekend


def test_working_days_and_other_texts_stay():
    for given in ("2027-03-05", "soon", ""):
        assert snapped(FIELDS, {"until": given}) == ({"until": given}, [])
