from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.plan import Slip, change_of, days_of, totals
from launch_kits.workdays.calendar import Calendar
from tests.plan.strategies import ranges

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CALENDAR = Calendar()


def march(day: int) -> date:
    return date(2026, 3, day)


def slipped(baseline: date, *to: tuple[str, date]) -> Slip:
    slip = Slip(baseline)
    for verb, day in to:
        change = change_of(slip, day, at=AT, by="lead@example.com", verb=verb)
        slip = Slip(baseline, (*slip.changes, *([change] if change else [])))
    return slip


def test_days_are_working_days_of_the_launchs_calendar_later_or_earlier():
    slip = slipped(march(6), ("extend", march(10)), ("edit", march(5)))
    assert [days_of(change, CALENDAR) for change in slip.changes] == [2, -3]
    assert slip.days(CALENDAR) == -1
    # as of now: the Monday turned out to be a day off
    assert slip.days(Calendar(blackouts=[(march(9), march(9))])) == -1
    assert days_of(slip.changes[0], Calendar(blackouts=[(march(9), march(9))])) == 1


def test_a_day_that_stays_is_not_a_change():
    assert change_of(Slip(march(6)), march(6), at=AT, by="sweep", verb="move") is None
    assert Slip(march(6)).now == march(6)
    assert Slip(march(6)).days(CALENDAR) == 0


def test_changes_go_on_from_each_other():
    (change,) = slipped(march(6), ("extend", march(10))).changes
    with pytest.raises(
        ValueError, match="a change from 2026-03-06 follows one to 2026-03-05"
    ):
        Slip(march(5), (change,))


def test_totals_are_by_verb_owner_and_stage_without_zeros():
    slips = [
        (
            "pia@example.com",
            "enable",
            slipped(march(6), ("extend", march(9)), ("move", march(11))),
        ),
        (
            "sam@example.com",
            "enable",
            slipped(march(6), ("edit", march(9)), ("edit", march(6))),
        ),
        ("pia@example.com", "launch", slipped(march(6), ("move", march(5)))),
    ]
    found = totals(slips, calendar=CALENDAR)
    assert found.by_cause == {"extend": 1, "move": 1}
    assert found.by_owner == {"pia@example.com": 2}
    assert found.by_stage == {"enable": 3, "launch": -1}


days = st.integers(0, 90).map(lambda n: date(2026, 3, 1) + timedelta(n))
changes = st.lists(
    st.tuples(st.sampled_from(["move", "extend", "edit", "add"]), days), max_size=8
)
tasks = st.lists(
    st.builds(
        lambda owner, stage, baseline, to: (owner, stage, slipped(baseline, *to)),
        st.sampled_from(["a@example.com", "b@example.com"]),
        st.sampled_from(["one", "two"]),
        days,
        changes,
    ),
    max_size=5,
)


@settings(deadline=None, max_examples=100)
@given(tasks, st.lists(ranges, max_size=3), st.lists(days, max_size=3))
def test_the_changes_of_a_task_add_up_to_due_now_less_due_at_first_and_so_do_all_totals(
    found, blackouts, workdays
):
    calendar = Calendar(blackouts=blackouts, workdays=workdays)
    owners = defaultdict(int)
    stages = defaultdict(int)
    for owner, stage, slip in found:
        added_up = sum(days_of(change, calendar) for change in slip.changes)
        assert (
            added_up == slip.days(calendar) == calendar.count(slip.baseline, slip.now)
        )
        owners[owner] += added_up
        stages[stage] += added_up
    sums = totals(found, calendar=calendar)
    assert sums.by_owner == {key: value for key, value in owners.items() if value}
    assert sums.by_stage == {key: value for key, value in stages.items() if value}
    assert sum(sums.by_cause.values()) == sum(owners.values())
