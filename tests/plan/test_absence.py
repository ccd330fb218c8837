from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from launch_kits.inputs.brief import Brief
from launch_kits.plan.absence import Deputies, deputy_of, is_away
from launch_kits.plan.calendars import Calendars
from tests.launches import LEAD, LEGAL, OPS, PMM, SALES, STRANGER, at, brief_with

#: Tuesday to Friday
WEEK = {"from": "2027-01-12", "to": "2027-01-15"}
DAY = date(2027, 1, 13)
BEFORE = date(2027, 1, 11)
AFTER = date(2027, 1, 16)


def team(*away: str, **changes: dict[str, Any]) -> Brief:
    """The small launch in which some roles are away for a week."""
    written = brief_with().model_dump(mode="json", by_alias=True)["team"]
    for role in written:
        written[role] |= changes.get(role, {})
        written[role] |= {"away": [WEEK]} if role in away else {}
    return brief_with(team=written)


@pytest.mark.parametrize(
    ("away", "acts"),
    [
        ((), PMM),
        (("ops",), PMM),
        (("pmm",), OPS),
        (("pmm", "ops"), LEAD),
        (("pmm", "ops", "lead"), LEAD),
    ],
)
def test_the_backup_acts_then_the_manager_then_the_lead(
    away: tuple[str, ...], acts: str
) -> None:
    assert deputy_of(team(*away), PMM, DAY) == acts


def test_the_manager_comes_before_the_lead() -> None:
    brief = team("pmm", "ops", pmm={"manager": "legal"})
    assert deputy_of(brief, PMM, DAY) == LEGAL


def test_without_a_backup_the_manager_acts_and_without_both_the_lead() -> None:
    assert deputy_of(team("legal"), LEGAL, DAY) == LEAD
    assert deputy_of(team("legal", legal={"manager": "sales"}), LEGAL, DAY) == SALES


def test_the_backup_of_the_lead_acts_for_them() -> None:
    brief = team("lead", "pmm", "ops", lead={"backup": "sales"})
    assert deputy_of(brief, LEAD, DAY) == SALES
    assert deputy_of(brief, PMM, DAY) == SALES
    assert deputy_of(team("lead"), LEAD, DAY) == LEAD


def test_people_who_back_each_other_up_do_not_act_while_both_are_away() -> None:
    brief = team("pmm", "sales", pmm={"backup": "sales"}, sales={"backup": "pmm"})
    assert deputy_of(brief, PMM, DAY) == LEAD
    assert deputy_of(brief, SALES, DAY) == LEAD


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_a_person_acts_on_the_days_around_their_absence(day: date) -> None:
    assert deputy_of(team("pmm"), PMM, day) == PMM
    assert not is_away(team("pmm"), PMM, day)


def test_no_one_approves_their_own_work() -> None:
    brief = team("legal", legal={"backup": "pmm"})
    assert deputy_of(brief, LEGAL, DAY) == PMM
    assert deputy_of(brief, LEGAL, DAY, besides=[PMM.upper()]) == LEAD
    assert deputy_of(brief, LEGAL, DAY, besides=[PMM, LEAD]) == LEGAL


def test_an_absence_has_a_backup_of_its_own_and_the_last_one_counts() -> None:
    first = {"who": PMM, "backup": SALES, **WEEK}
    second = {"who": PMM.upper(), "backup": STRANGER, **WEEK, "to": "2027-01-13"}
    brief = brief_with(absences=[first, second])
    assert deputy_of(brief, PMM, DAY) == STRANGER
    assert deputy_of(brief, PMM, date(2027, 1, 14)) == SALES
    assert is_away(brief, PMM, DAY)


def test_an_absence_without_an_end_is_for_good() -> None:
    left = {"who": STRANGER, "backup": SALES, "from": "2027-01-12"}
    brief = brief_with(absences=[left])
    assert deputy_of(brief, STRANGER, date(2029, 1, 12)) == SALES
    away = Deputies(Calendars(brief), at("01-13"))
    assert (away.reached(STRANGER), away.back_at(STRANGER)) == (SALES, None)


@pytest.mark.parametrize(
    ("now", "acts"),
    [
        (at("01-11", 16), None),
        (at("01-11", 18), OPS),
        (at("01-13"), OPS),
        (at("01-16"), OPS),
        (at("01-18", 8), OPS),
        (at("01-18", 9), OPS),
        (at("01-19", 8), OPS),
        (at("01-19", 9), None),
    ],
)
def test_a_person_is_away_from_their_last_evening_to_their_next_morning(
    now: datetime, acts: str | None
) -> None:
    brief = team(pmm={"away": [{"from": "2027-01-12", "to": "2027-01-18"}]})
    assert Deputies(Calendars(brief), now).of(PMM) == acts


def test_on_the_last_evening_the_person_hears_since_no_one_reads_it_sooner() -> None:
    away = Deputies(Calendars(team("pmm")), at("01-15", 18))
    assert away.of(PMM) == OPS
    assert away.reached(PMM) == PMM
    assert Deputies(Calendars(team("pmm")), at("01-15", 16)).reached(PMM) == OPS


def test_the_instants_of_an_absence_are_mornings() -> None:
    calendars = Calendars(team("pmm"))
    assert Deputies(calendars, at("01-11")).away_from(PMM) == at("01-12", 9)
    assert Deputies(calendars, at("01-11")).back_at(PMM) is None
    assert Deputies(calendars, at("01-13")).back_at(PMM) == at("01-18", 9)
    assert Deputies(calendars, at("01-18")).away_from(PMM) is None


def turns_at(brief: Brief, now: datetime) -> datetime | None:
    return Deputies(Calendars(brief), now).turns_at()


def test_people_go_and_come_back_when_their_hours_end_or_begin() -> None:
    brief = team("pmm")
    assert turns_at(brief, at("01-11")) == at("01-11", 17)
    assert turns_at(brief, at("01-15", 18)) == at("01-18", 9)


def test_an_absence_far_away_changes_nothing_soon() -> None:
    assert turns_at(team(), at("01-11")) is None
    assert turns_at(team("pmm"), at("02-11")) is None
