from __future__ import annotations

from datetime import date
from typing import Any

from launch_kits.inputs.brief import Brief
from launch_kits.plan.calendars import Calendars
from launch_kits.workdays.offsets import Offset
from tests.launches import LEAD, PMM, SALES, STRANGER, at, brief_with

MONDAY = date(2027, 1, 11)


def brief_whose_pmm(**changes: Any) -> Brief:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    return brief_with(team=team | {"pmm": team["pmm"] | changes})


def test_an_owner_has_the_days_of_the_launch_less_their_own_days_off():
    brief = brief_whose_pmm(away=[{"from": "2027-01-11", "to": "2027-01-15"}])
    calendars = Calendars(brief)
    assert calendars.launch.is_workday(MONDAY)
    assert calendars.of(LEAD).is_workday(MONDAY)
    assert not calendars.of(PMM).is_workday(MONDAY)
    assert calendars.of(PMM).next_on_or_after(MONDAY) == date(2027, 1, 18)


def test_a_day_off_of_the_launch_is_off_for_a_stranger_too():
    days = [{"from": "2027-01-11", "to": "2027-01-11"}]
    calendars = Calendars(brief_with(blackouts=days))
    for calendar in (calendars.launch, calendars.of(SALES), calendars.of(STRANGER)):
        assert not calendar.is_workday(MONDAY)
        assert calendar.is_workday(date(2027, 1, 12))


def test_each_calendar_is_built_once(monkeypatch):
    built = []
    calendar_of = Brief.calendar_of

    def counting(brief, email, *, launch):
        built.append(email)
        return calendar_of(brief, email, launch=launch)

    monkeypatch.setattr(Brief, "calendar_of", counting)
    calendars = Calendars(brief_with())
    assert calendars.of(PMM) is calendars.of(PMM)
    calendars.hours_of(PMM)
    calendars.of(SALES)
    assert built == [PMM, SALES]


def test_a_person_has_hours_in_their_own_zone_and_a_stranger_in_the_launchs():
    calendars = Calendars(brief_with())
    evening_in_singapore = at("01-11", 10)
    for email in (PMM, STRANGER):
        assert calendars.hours_of(email).opens(evening_in_singapore) == (
            evening_in_singapore
        )
    hours = calendars.hours_of(SALES)
    assert hours.opens(evening_in_singapore) > evening_in_singapore
    assert (hours.zone.key, hours.day(at("01-11", 22))) == (
        "Asia/Singapore",
        date(2027, 1, 12),
    )


def test_extra_workdays_belong_to_each_task_of_a_fan_out():
    task = {"key": "cut", "title": "Cut", "role": "pmm", "days": 1}
    other = task | {"key": "cut_2"}
    stage = {
        "key": "only",
        "title": "Only",
        "tasks": [task | {"workdays": ["T-3d", "T+1d"]}, other],
    }
    calendars = Calendars(
        brief_with(kit={"kit": "tiny", "title": "Tiny", "stages": [stage]})
    )
    days = (Offset.parse("T-3d"), Offset.parse("T+1d"))
    assert calendars.workdays_of("cut") == calendars.workdays_of("cut:north") == days
    assert calendars.workdays_of("cut_2") == calendars.workdays_of("unknown") == ()
