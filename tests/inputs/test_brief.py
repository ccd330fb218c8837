from __future__ import annotations

import json
from datetime import date

import pytest
from pydantic import ValidationError

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Each
from launch_kits.inputs.loading import load_brief
from tests.launches import brief_with
from tests.spoilt import SOUND

MINIMAL = {
    "launch": "x",
    "product": "X",
    "kit": "major_release",
    "launch_on": "2027-03-02",
    "team": {"lead": {"name": "Lee", "email": "lee@example.com"}},
}


def test_what_is_left_out_has_its_default():
    brief = Brief.model_validate(MINIMAL)
    assert (brief.released_on, brief.begin_on) == (date(2027, 3, 2), None)
    assert (brief.tier, brief.market, brief.company, brief.timezone) == (
        1,
        "b2b",
        "enterprise",
        "UTC",
    )
    assert (brief.holidays, brief.slack_channel) == (None, "x-launch")
    assert brief.zone("lee@example.com").key == "UTC"


@pytest.mark.parametrize(
    "brief",
    [brief_with(), load_brief(SOUND / "brief.yaml").brief],
    ids=["given", "loaded"],
)
def test_a_brief_dumped_and_validated_again_is_equal(brief):
    dumped = brief.model_dump(mode="json", by_alias=True)
    assert Brief.model_validate(json.loads(json.dumps(dumped))) == brief
    assert Brief.model_validate(brief.model_dump(by_alias=True)) == brief
    assert isinstance(dumped["kit"], dict)


def test_a_kit_in_place_is_asked_for_and_a_name_is_none():
    assert brief_with().kit_in_place.kit == "small"
    with pytest.raises(TypeError, match="is still a name"):
        _ = Brief.model_validate(MINIMAL).kit_in_place


def test_a_role_left_empty_in_a_form_is_left_out():
    brief = Brief.model_validate(MINIMAL | {"team": MINIMAL["team"] | {"pmm": None}})
    assert list(brief.team) == ["lead"]
    assert brief.holder("pmm") == brief.lead


def test_competitors_are_the_alternatives_with_claims():
    brief = brief_with()
    assert [alternative.key for alternative in brief.items(Each.COMPETITORS)] == [
        "osprey",
        "kite",
    ]
    assert list(brief.items(Each.PARTNERS)) == []


def test_a_person_of_two_roles_has_the_days_off_of_both():
    away = {"from": "2027-01-12", "to": "2027-01-13"}
    team = {
        "lead": {"name": "Lee", "email": "lee@example.com", "away": [away]},
        "pmm": {"name": "Lee", "email": "lee@example.com", "holidays": "SG"},
    }
    brief = Brief.model_validate(MINIMAL | {"team": team})
    calendar = brief.calendar_of("lee@example.com", launch=brief.calendar())
    assert [calendar.is_workday(date(2027, 1, day)) for day in (11, 12, 13, 14)] == [
        True,
        False,
        False,
        True,
    ]
    assert not calendar.is_workday(date(2027, 2, 8)), "Chinese New Year in Singapore"


def test_a_person_works_on_their_own_workdays_in_any_role_and_the_launchs_in_any_country():
    team = {
        "lead": {"name": "Lee", "email": "lee@example.com", "workdays": ["2027-01-16"]},
        "pmm": {"name": "Lee", "email": "lee@example.com", "holidays": "SG"},
        "sales": {"name": "Sam", "email": "sam@example.com", "holidays": "SG"},
    }
    brief = Brief.model_validate(MINIMAL | {"team": team, "workdays": ["2027-01-17"]})
    weekend = [date(2027, 1, 16), date(2027, 1, 17)]
    launch = brief.calendar()
    lee, sam = (
        brief.calendar_of(f"{name}@example.com", launch=launch)
        for name in ("lee", "sam")
    )
    assert [
        [calendar.is_workday(day) for day in weekend] for calendar in (launch, lee, sam)
    ] == [
        [False, True],
        [True, True],
        [False, True],
    ]


@pytest.mark.parametrize("country", ["NO", "SG", "US-CA", "DE-BY"])
def test_countries_and_their_parts_are_known(country):
    assert Brief.model_validate(MINIMAL | {"holidays": country}).holidays == country


@pytest.mark.parametrize(
    "change",
    [
        {"launch": "Upper"},
        {"launch": ""},
        {"launch": "x" * 74},
        {"product": " "},
        {"tier": 0},
        {"market": "b2g"},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
        {"holidays": "XX"},
        {"channel": "No Spaces"},
        {"begin_on": 2027},
        {"workdays": [20270101]},
        {"team": {"lead": {"name": "Lee", "email": "lee@example"}}},
        {"team": {"Lead": {"name": "Lee", "email": "lee@example.com"}}},
        {"blackouts": [{"from": "2027-01-02", "to": "2027-01-01"}]},
        {"pricing": [{"plan": "Free", "amount": True, "currency": "USD"}]},
        {"pricing": [{"plan": "Free", "amount": -1, "currency": "USD"}]},
        *(
            {"pricing": [{"plan": "Free", "amount": amount, "currency": "USD"}]}
            for amount in (
                float("inf"),
                "inf",
                "nan",
                1e300,
                10**15,
                "1" * 400,
                10**400,
            )
        ),
        {"colour": "red"},
    ],
    ids=lambda change: str(change)[:80],
)
def test_what_cannot_be_meant_is_refused(change):
    with pytest.raises(ValidationError):
        Brief.model_validate(MINIMAL | change)


def test_a_channel_may_be_written_with_its_sign():
    assert (
        Brief.model_validate(MINIMAL | {"channel": "#falcon"}).slack_channel == "falcon"
    )


def test_the_need_comes_from_the_personas_where_it_is_not_said():
    personas = [{"key": "a", "name": "A", "cares_about": ["speed", "cost"]}]
    assert (
        Brief.model_validate(MINIMAL | {"personas": personas}).need
        == "care about speed, cost"
    )
    positioning = {"need": "are in a hurry"}
    assert (
        Brief.model_validate(
            MINIMAL | {"personas": personas, "positioning": positioning}
        ).need
        == "are in a hurry"
    )
    assert Brief.model_validate(MINIMAL).need is None
