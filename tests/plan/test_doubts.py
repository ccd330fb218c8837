from __future__ import annotations

from datetime import date
from typing import NamedTuple

from launch_kits.errors import Fault
from launch_kits.plan.dates import Forecast
from launch_kits.plan.doubts import (
    PlanDoubt,
    doubts_in_words,
    doubts_of_plan,
    new_doubts,
)
from launch_kits.plan.graph import Work
from launch_kits.plan.plan_input import PlanInput
from launch_kits.workdays.calendar import Calendar

TODAY = date(2027, 1, 4)
LAUNCH = date(2027, 1, 20)
FROZEN = Calendar(blackouts=[(date(2027, 1, 11), date(2027, 1, 12))])


class Dated(NamedTuple):
    work: Work
    due: date
    forecast: Forecast


def dated(
    due: date, *, spare: int = 0, calendar: Calendar = FROZEN, key: str = "copy"
) -> Dated:
    finish = date(2027, 1, 8)
    work = Work(key, days=1, calendar=calendar)
    return Dated(work, due, Forecast(finish, finish, spare))


def found(
    *tasks: Dated, launch_on: date = LAUNCH, today: date = TODAY
) -> list[PlanDoubt]:
    given = PlanInput(
        [task.work for task in tasks],
        calendar=FROZEN,
        begin_on=today,
        release_on=launch_on,
        launch_on=launch_on,
    )
    return [
        *doubts_of_plan(
            given,
            forecast={task.work.key: task.forecast for task in tasks},
            due={task.work.key: task.due for task in tasks},
            owners={task.work.key: "pia@example.com" for task in tasks},
            today=today,
        )
    ]


def test_a_due_day_on_a_day_off_is_named_with_the_working_day_before() -> None:
    (doubt,) = found(dated(date(2027, 1, 12)), dated(date(2027, 1, 13), key="site"))
    assert (doubt.subject, doubt.fault.code) == ("copy", "due-on-day-off")
    assert "2027-01-12 (Tuesday), a day off of the launch" in doubt.fault.message
    assert "2027-01-08 (Friday)" in doubt.fault.message
    assert (doubt.fault.path, doubt.fault.line) == ("-", None)


def test_an_absence_of_the_owner_is_told_apart() -> None:
    own = FROZEN.without([(date(2027, 1, 13), date(2027, 1, 13))])
    (doubt,) = found(dated(date(2027, 1, 13), calendar=own))
    assert "when its owner pia@example.com is off" in doubt.fault.message


def test_a_due_day_that_is_over_is_not_checked_for_days_off() -> None:
    assert found(dated(date(2027, 1, 12)), today=date(2027, 1, 13)) == []


def test_a_due_day_that_is_missed_is_named() -> None:
    (doubt,) = found(dated(date(2027, 1, 6), spare=-2))
    assert (doubt.days, doubt.fault.code) == (2, "due-cannot-be-made")
    assert "expected on 2027-01-08, 2 working days later" in doubt.fault.message


def test_anchor_days_are_checked_too() -> None:
    (doubt,) = found(launch_on=date(2027, 1, 11))
    assert (doubt.subject, doubt.fault.code) == ("launch_on", "anchor-off-day")


def test_only_new_and_greater_doubts_are_new() -> None:
    off, missed = found(dated(date(2027, 1, 12), spare=-2))
    more = found(dated(date(2027, 1, 12), spare=-3))
    less = found(dated(date(2027, 1, 12), spare=-1))
    assert new_doubts([off, missed], [off, missed]) == ()
    assert new_doubts([], [off, missed]) == (off.fault, missed.fault)
    assert new_doubts([off, missed], more) == (more[1].fault,)
    assert new_doubts([off, missed], less) == ()


def test_many_doubts_of_a_kind_are_counted() -> None:
    faults = [Fault("-", None, "late", f"task {number}") for number in range(7)]
    faults.append(Fault("-", None, "off", "a day off"))
    assert doubts_in_words(faults) == (
        *(f"task {number}" for number in range(5)),
        "and 2 more like these",
        "a day off",
    )
