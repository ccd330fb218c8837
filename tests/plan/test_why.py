from __future__ import annotations

from dataclasses import replace

import pytest

from launch_kits.plan import (
    Anchor,
    Limit,
    Predecessor,
    Reason,
    Work,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset
from tests.plan.chains import march, planned, reasons, standing, watched

DAY = Work("day", 0, (Predecessor("b"),), due=Offset(0), not_before=Offset(0))


# plans


def test_the_reasons_lead_through_work_of_least_float_and_past_milestones():
    found = planned(
        Work("kickoff", 0),
        Work("a", 3, (Predecessor("kickoff"),)),
        Work("short", 1, (Predecessor("kickoff"),)),
        Work("m", 0, (Predecessor("a", 1), Predecessor("short"))),
        Work("b", 2, (Predecessor("m", 2),)),
        Work("c", 1, (Predecessor("a"),)),
    )
    assert reasons(found) == [
        ("a", Reason.BEGIN_ON, None, 0),
        ("b", Reason.WAITS_FOR, "a", 3),
    ]
    assert found.limit == Limit("b", Anchor.LAUNCH, None, march(31))
    assert [(step.start, step.finish, step.float_days) for step in found.steps] == [
        (march(2), march(4), 13),
        (march(10), march(11), 13),
    ]


def test_a_milestone_pinned_to_a_day_ends_the_reasons_and_is_named_as_the_limit():
    found = planned(
        Work("a", 3),
        Work("b", 2, (Predecessor("a"),)),
        Work("m", 0, (Predecessor("b"),)),
        replace(DAY, after=(Predecessor("m"),)),
    )
    assert [step.task for step in found.steps] == ["a", "b"]
    assert found.limit == Limit("day", Anchor.LAUNCH, Offset(0), march(31))


def test_work_waits_for_a_milestone_pinned_to_a_day():
    pinned = Work("m", 0, (Predecessor("a"),), not_before=Offset(-10))
    found = planned(Work("a", 3), pinned, Work("b", 2, (Predecessor("m", 1),)), DAY)
    assert reasons(found) == [("b", Reason.NOT_BEFORE, "m", 1)]


def test_the_work_to_watch_is_the_least_float_that_no_fixed_day_holds():
    pinned = Work("m", 0, (Predecessor("a"),), not_before=Offset(-3))
    last = Work("b", 2, (Predecessor("m", 1),), due=Offset(0))
    held = Work("c", 1, not_before=Offset(-4), due=Offset(-3))
    other = Work("d", 1, (Predecessor("a"),))
    assert reasons(planned(Work("a", 3), pinned, last, held, other)) == [
        ("b", Reason.NOT_BEFORE, "m", 1)
    ]
    found = watched(Work("a", 3), pinned, last, held, other)
    assert reasons(found) == [("a", Reason.BEGIN_ON, None, 0)]
    # no other chain if the first does not begin on a fixed day, or if all do
    assert watched(Work("a", 3), DAY, replace(other, key="b")) is None
    assert watched(held) is None


def test_a_lag_after_a_free_milestone_names_it():
    assert reasons(planned(Work("m", 0), Work("b", 2, (Predecessor("m", 5),)))) == [
        ("b", Reason.WAITS_FOR, "m", 5)
    ]


def test_the_limit_may_be_a_due_date_of_work_or_the_release_day():
    found = planned(Work("a", 3, due=Offset(-10)), Work("b", 5))
    assert reasons(found) == [("a", Reason.BEGIN_ON, None, 0)]
    assert found.limit == Limit("a", Anchor.LAUNCH, Offset(-10), march(17))
    found = planned(Work("a", 3, anchor=Anchor.RELEASE), Work("b", 5), release=10)
    assert found.limit == Limit("a", Anchor.RELEASE, None, march(10))


def test_of_several_the_one_that_finishes_last_then_the_first_in_order_ends_the_reasons():
    a = Work("a", 1, due=Offset(-21))
    b = Work("b", 2, due=Offset(-20))
    c = Work("c", 2, due=Offset(-20))
    assert reasons(planned(a, b, c)) == [("b", Reason.BEGIN_ON, None, 0)]
    assert reasons(planned(a, c, b)) == [("c", Reason.BEGIN_ON, None, 0)]


def test_the_reasons_may_begin_with_a_not_before_of_work():
    found = planned(
        Work("a", 1),
        Work("b", 3, (Predecessor("a"),), not_before=Offset(-10)),
        Work("c", 1, (Predecessor("b"),)),
    )
    assert reasons(found) == [
        ("b", Reason.NOT_BEFORE, None, 0),
        ("c", Reason.WAITS_FOR, "b", 0),
    ]


def test_a_step_tells_holidays_and_the_owners_days_off_that_lengthen_it():
    calendar = Calendar(blackouts=[(march(5), march(6))])
    away = calendar.without([(march(9), march(10))])
    (first, second) = planned(
        Work("a", 2),
        Work("b", 3, (Predecessor("a"),), calendar=away),
        calendar=calendar,
    ).steps
    assert (first.closed, first.off) == ((), ())
    assert (second.start, second.finish) == (march(4), march(12))
    assert second.closed == (march(5), march(6))
    assert second.off == (march(9), march(10))


def test_without_open_work_there_is_no_reason():
    assert (
        planned(
            Work("a", 3, done_on=march(4)), Work("m", 0, (Predecessor("a"),)), begin=4
        )
        is None
    )


# facts


def test_a_lag_after_done_work_holds_and_done_work_without_one_does_not():
    done = Work("a", 3, done_on=march(4))
    assert reasons(
        standing(done, Work("b", 1, (Predecessor("a", 2),)), today=5, b=9)
    ) == [("b", Reason.WAITS_FOR, "a", 2)]
    assert reasons(standing(done, Work("b", 1, (Predecessor("a"),)), today=9, b=9)) == [
        ("b", Reason.TODAY, None, 0)
    ]


def test_reasons_pass_through_a_milestone_that_is_late():
    a = Work("a", 2)
    m = Work("m", 0, (Predecessor("a"),))
    b = Work("b", 1, (Predecessor("m"),))
    assert reasons(standing(a, m, b, today=9, a=3, m=3, b=4)) == [
        ("a", Reason.TODAY, None, 0),
        ("b", Reason.WAITS_FOR, "a", 0),
    ]


@pytest.mark.parametrize("begun", [True, False])
def test_a_granted_day_that_decides_a_finish_is_named(begun: bool) -> None:
    """Of begun work, too; a day that the work needs anyway decides nothing."""
    a = Work("a", 2, begun_on=march(2) if begun else None, until=march(9))
    found = standing(a, Work("b", 1, (Predecessor("a"),)), today=3, a=9, b=10)
    assert found
    assert [step.until for step in found.steps] == [march(9), None]
    assert found.steps[0].reason == (Reason.BEGUN_ON if begun else Reason.UNTIL)
    sooner = replace(a, until=march(3))
    found = standing(sooner, Work("b", 1, (Predecessor("a"),)), today=4, a=5, b=10)
    assert found
    assert {step.until for step in found.steps} == {None}
