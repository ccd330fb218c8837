from launch_kits.plan import (
    Predecessor,
    Reason,
    Work,
)
from launch_kits.workdays.offsets import Offset
from tests.plan.chains import march, planned, reasons, standing


def test_work_that_was_not_begun_is_held_by_today():
    found = standing(
        Work("a", 3), Work("b", 1, (Predecessor("a"),)), today=5, a=10, b=11
    )
    assert reasons(found) == [
        ("a", Reason.TODAY, None, 0),
        ("b", Reason.WAITS_FOR, "a", 0),
    ]


def test_work_that_is_going_on_is_held_by_the_day_it_was_begun():
    b = Work("b", 1, (Predecessor("a"),))
    for facts, reason in (
        ({"begun_on": march(3)}, Reason.BEGUN_ON),
        ({"in_review": True}, Reason.IN_REVIEW),
    ):
        found = standing(Work("a", 5, **facts), b, today=5, a=10, b=11)
        assert reasons(found) == [
            ("a", reason, None, 0),
            ("b", Reason.WAITS_FOR, "a", 0),
        ]


def test_work_that_was_given_more_time_is_held_by_that():
    found = standing(
        Work("a", 2, until=march(20)),
        Work("b", 1, (Predecessor("a"),)),
        today=2,
        a=10,
        b=11,
    )
    assert reasons(found) == [
        ("a", Reason.UNTIL, None, 0),
        ("b", Reason.WAITS_FOR, "a", 0),
    ]


def test_every_reason_is_the_first_of_some_chain():
    found = [
        planned(Work("a", 2)),
        planned(Work("a", 2, not_before=Offset(-5))),
        planned(Work("a", 2), Work("b", 1, (Predecessor("a"),))),
        standing(Work("a", 2), today=5, a=9),
        standing(Work("a", 5, begun_on=march(3)), today=5, a=10),
        standing(Work("a", 5, in_review=True), today=5, a=10),
        standing(Work("a", 2, until=march(20)), today=2, a=10),
    ]
    steps = [step for each in found for step in each.steps]
    assert {step.reason for step in steps} == {*Reason}
    assert {step.task for step in steps if step.waits_for} == {"b"}
