from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from launch_kits.plan import (
    Missed,
    PlanInput,
    Predecessor,
    Share,
    Standing,
    State,
    Work,
    as_things_stand,
    missed_by,
    schedule,
    state_of,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset
from tests.plan.states import state

# March 2026 begins on a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays
CALENDAR = Calendar()


def march(day: int) -> date:
    return date(2026, 3, day)


TERMS = {
    "calendar": CALENDAR,
    "begin_on": march(2),
    "release_on": march(13),
    "launch_on": march(13),
}
#: three lines of work before a launch on Friday the 13th, and a report after it
PLAN = [
    Work("a", 4),
    Work("b", 4, (Predecessor("a"),)),
    Work("c", 5),
    Work(
        "day",
        0,
        (Predecessor("b"), Predecessor("c")),
        due=Offset(0),
        not_before=Offset(0),
    ),
    Work("report", 2, (Predecessor("day"),), due=Offset(3)),
]
DUE = {key: span.due for key, span in schedule(PlanInput(PLAN, **TERMS)).spans.items()}


def facts(**known: dict[str, object]) -> list[Work]:
    return [replace(task, **known.get(task.key, {})) for task in PLAN]


def stands(work: Sequence[Work], today: int, **more: object) -> Standing:
    days = {name: more.pop(name, day) for name, day in TERMS.items()}
    known = {"planned": PLAN, "due": DUE, "today": march(today), **more}
    return as_things_stand(PlanInput(work, **days), **known)


def test_a_launch_in_time_lands_on_its_day_without_shares():
    found = stands(facts(a={"begun_on": march(2)}), 3)
    assert (found.lands_on, found.because, found.late_by) == (march(13), (), 0)
    assert found.tasks["b"].start == march(6)


def test_tasks_that_delay_a_launch_are_named_with_their_days():
    # after a, b takes from Wednesday the 11th to Monday, one day too many; it was given three more
    late = facts(a={"done_on": march(10)}, b={"until": march(19)})
    found = stands(late, 11)
    assert found.lands_on == march(19)
    assert found.because == (Share("b", 3), Share("a", 1))
    assert found.late_by == 4


def test_without_the_plan_in_force_no_shares_are_worked_out():
    late = facts(a={"done_on": march(10)}, b={"until": march(19)})
    found = stands(late, 11, planned=None)
    assert found == replace(stands(late, 11), because=())
    assert found.lands_on == march(19)


def test_a_task_that_delays_nothing_has_no_share():
    # c is late too, but the launch waits for b
    found = stands(facts(a={"done_on": march(10)}, c={"begun_on": march(6)}), 11)
    assert [share.task for share in found.because] == ["a"]


def test_a_plan_that_never_held_is_named_itself():
    planned = [replace(task, days=12) if task.key == "c" else task for task in PLAN]
    found = stands(planned, 2, planned=planned)
    assert found.because == (Share(None, 2),)


def test_facts_older_than_the_plan_have_no_share():
    moved = facts(a={"done_on": march(11)}, c={"done_on": march(6)})
    assert stands(moved, 12).because == (Share("a", 2),)
    assert stands(moved, 12, planned=moved, begin_on=march(12)).because == (
        Share(None, 2),
    )


def test_a_due_day_set_by_hand_moves_along():
    fixed = {**DUE, "c": march(5)}
    assert stands(facts(), 2, due=fixed).lands_on == march(16), (
        "its limit is the launch again as soon as that moves"
    )
    assert stands(facts(), 2, due=fixed, due_set=["c"]).lands_on == march(16)
    assert stands(facts(), 4, due=fixed, due_set=["c"]).lands_on == march(18)


def test_no_day_holds_where_two_days_of_a_task_leave_too_few_between():
    never = Work("x", 4, not_before=Offset(-2), due=Offset(0))
    found = stands(
        [*PLAN, never], 2, planned=[*PLAN, never], due={**DUE, "x": march(13)}
    )
    assert (found.lands_on, found.because) == (None, ())
    assert (
        state_of(
            found,
            due=DUE,
            launch_on=march(13),
            today=march(2),
            overdue=False,
            ended=None,
        )
        is State.AT_RISK
    )


def test_once_all_that_was_due_by_the_launch_is_done_only_overdue_tasks_count():
    done = facts(**{key: {"done_on": march(13)} for key in ("a", "b", "c", "day")})
    found = stands(done, 18)
    assert found.tasks["report"].float_days < 0
    assert (found.lands_on, found.because, found.launch_work_done) == (
        march(13),
        (),
        True,
    )
    constraints = {"due": DUE, "launch_on": march(13), "ended": None}
    assert (
        state_of(found, today=march(18), overdue=False, **constraints) is State.ON_TRACK
    )
    assert (
        state_of(found, today=march(19), overdue=True, **constraints) is State.AT_RISK
    )


@pytest.mark.parametrize(
    ("today", "ended", "state_then"),
    [
        (3, None, State.ON_TRACK),
        (12, None, State.AT_RISK),
        (13, None, State.AT_RISK),
        (14, None, State.LATE),
        (14, State.DONE, State.DONE),
        (14, State.CANCELLED, State.CANCELLED),
    ],
)
def test_the_state_follows_from_the_facts(today, ended, state_then):
    found = stands(facts(a={"begun_on": march(2)}), today)
    constraints = {"due": DUE, "launch_on": march(13), "overdue": False}
    assert state_of(found, today=march(today), ended=ended, **constraints) is state_then


def missed(
    task: str, until: int, *, work: Sequence[Work] = PLAN, due: dict[str, date] = DUE
) -> tuple[Missed, ...]:
    return missed_by(
        PlanInput(work, **TERMS), task=task, until=march(until), due=due, today=march(2)
    )


def test_tasks_that_an_extension_makes_late_are_named_lags_counted():
    assert missed("a", 6) == ()
    assert missed("a", 10) == (Missed("b", 1), Missed("day", 1))
    lagged = [
        replace(task, after=(Predecessor("a", 2),)) if task.key == "b" else task
        for task in PLAN
    ]
    due = {
        key: span.due
        for key, span in schedule(PlanInput(lagged, **TERMS)).spans.items()
    }
    assert missed("a", 6, work=lagged, due=due)[0] == Missed("b", 1)


def test_an_extension_until_the_day_of_a_milestone_shares_that_day():
    assert missed("b", 13) == ()
    assert missed("b", 16) == (Missed("day", 1),)


def test_dates_and_floats_are_those_that_counting_day_by_day_gives():
    for seed in range(1000):
        found = state(seed).standing()
        naive = state(seed).naive()
        there = naive.network(len(naive.work), naive.launch_on)
        floats = there.floats(naive.due)
        assert {
            key: (each.start, each.finish, each.float_days)
            for key, each in found.tasks.items()
        } == {
            task.key: (*there.expected(task), floats[task.key]) for task in there.open()
        }, seed
        assert found.late_by == max(0, -min(floats.values(), default=0))


def test_a_launch_lands_on_the_first_day_that_holds_when_each_is_tried():
    landed = {"now": 0, "later": 0, "never": 0}
    for seed in range(1000):
        at = state(seed)
        found = at.standing().lands_on
        assert found == at.naive().lands_on(), seed
        if found is None:
            landed["never"] += 1
        elif found == at.launch_on:
            landed["now"] += 1
        else:
            landed["later"] += 1
    assert min(landed.values()) > 20, landed


def test_the_shares_are_those_of_taking_up_the_facts_task_by_task_and_add_up():
    shared = 0
    for seed in range(150):
        at = state(seed)
        found = at.standing()
        assert [
            (share.task, share.days) for share in found.because
        ] == at.naive().because(), seed
        if found.lands_on:
            assert sum(share.days for share in found.because) == at.calendar.count(
                at.launch_on, found.lands_on
            )
            shared += len(found.because) > 1
        else:
            assert found.because == ()
    assert shared > 5


def test_taken_back_in_order_no_task_has_a_share_that_changes_nothing():
    """Work `b` went faster than the late task before it allowed; `c` alone is late now."""
    a, b, c, *rest = facts(
        a={"done_on": march(10)}, b={"done_on": march(12)}, c={"begun_on": march(10)}
    )
    planned = [PLAN[0], PLAN[2], PLAN[1], *PLAN[3:]]
    work = [a, c, b, *rest]
    assert stands(work, 12, planned=planned).because == (Share("a", 1),)
    in_order = stands(work, 12, planned=planned, last_first=True)
    assert in_order.because == (Share("c", 1),)


def test_shares_taken_back_in_order_add_up_too():
    differ = 0
    for seed in range(150):
        at = state(seed)
        found = at.standing()
        other = at.standing(last_first=True)
        assert (other.lands_on, other.tasks) == (found.lands_on, found.tasks)
        total, of_other = (
            sum(share.days for share in each.because) for each in (found, other)
        )
        assert of_other == total
        differ += found.because != other.because
    assert differ
