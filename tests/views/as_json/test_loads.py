from __future__ import annotations

from datetime import date
from fractions import Fraction

from launch_kits.plan import Workload, WorkloadWeek
from launch_kits.plan.rollout import Rollout
from launch_kits.views.as_json import levelled_json, load_json, overloaded_json
from tests.launches import PMM, brief_with

TODAY = date(2027, 1, 11)
CALM = WorkloadWeek(TODAY, Fraction(5, 2), Fraction(5), ("l/a",), 0)
FULL = WorkloadWeek(date(2027, 1, 18), Fraction(4), Fraction(5), ("l/a", "l/b"), 1)
ANN = Workload("ann@example.com", Fraction(1), (CALM, FULL), Fraction(1, 2), ("l/z",))


def test_a_person_has_weeks_with_their_tasks():
    assert load_json([ANN]) == [
        {
            "owner": "ann@example.com",
            "capacity": 1,
            "weeks": [
                {
                    "week": "2027-W02",
                    "from": "2027-01-11",
                    "asked": 2.5,
                    "available": 5,
                    "tasks": ["l/a"],
                },
                {
                    "week": "2027-W03",
                    "from": "2027-01-18",
                    "asked": 4,
                    "available": 5,
                    "tasks": ["l/a", "l/b"],
                },
            ],
            "over_days": 1,
            "behind": 0.5,
            "behind_tasks": ["l/z"],
        }
    ]


def test_a_week_is_overloaded_by_one_day_although_it_has_room():
    assert overloaded_json([ANN]) == [
        {
            "owner": "ann@example.com",
            "week": "2027-W03",
            "from": "2027-01-18",
            "asked": 4,
            "available": 5,
        }
    ]


def test_amounts_are_whole_or_in_thousandths():
    (found,) = load_json([Workload("ann", Fraction(1, 3), ())])
    assert found["capacity"] == 0.333
    assert isinstance(load_json([ANN])[0]["capacity"], int)


def test_levelling_that_holds_names_no_other_day():
    load = Rollout.of(brief_with(), today=TODAY).load.levelled
    assert levelled_json(load) == {
        "holds": True,
        "earliest_launch_on": None,
        "short_days": {},
    }


def test_levelling_that_does_not_hold_names_people_and_a_day():
    load = Rollout.of(brief_with(launch_on="2027-01-21"), today=TODAY).load.levelled
    assert levelled_json(load) == {
        "holds": False,
        "earliest_launch_on": "2027-01-22",
        "short_days": {PMM: 1},
    }
