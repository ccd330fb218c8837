from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.plan import (
    OwnedWork,
    WorkloadWeek,
    capacity_by_owner,
    days_of_work,
    load_by_day,
    owner_key,
    week_of,
    workloads,
)
from launch_kits.workdays.calendar import Calendar
from tests.plan.strategies import days, launches, works_of

# March 2026 begins on a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays
CALENDAR = Calendar()
ALL = Fraction(1)
HALF = Fraction(1, 2)
MONDAY = 0
SUNDAY = 6


def march(day: int) -> date:
    return date(2026, 3, day)


def marches(first: int, last: int) -> list[date]:
    return [march(day) for day in range(first, last + 1)]


def available(owner: str, day: date) -> bool:
    return CALENDAR.is_workday(day)


def loads(
    *work: OwnedWork, today: int = 2, first_weekday: int = MONDAY, **more: object
):
    constraints = {"capacity": {}, "is_available": available, **more}
    return workloads(
        work, today=march(today), first_weekday=first_weekday, **constraints
    )


def test_owners_are_the_same_whatever_the_case_of_their_emails():
    work = [
        OwnedWork("Ann@Example.com", "l/a", ALL, [march(2)]),
        OwnedWork("ann@example.com", "m/b", HALF, [march(2)]),
    ]
    (found,) = loads(*work)
    assert (found.owner, found.asked, found.over_days) == (
        "ann@example.com",
        Fraction(3, 2),
        1,
    )
    assert owner_key("STRASSE@example.com") == owner_key("straße@example.com")


def test_the_smallest_stated_capacity_counts():
    stated = [
        ("Ann@x.com", HALF),
        ("ann@x.com", None),
        ("ann@x.com", Fraction(3, 4)),
        ("bob@x.com", None),
    ]
    assert capacity_by_owner(stated) == {"ann@x.com": HALF}


def test_a_week_shows_days_asked_and_days_available():
    work = [
        OwnedWork("ann", "l/a", HALF, marches(2, 4)),
        OwnedWork("ann", "l/b", ALL, marches(5, 6)),
    ]
    (found,) = loads(
        *work, is_available=lambda owner, day: available(owner, day) and day != march(3)
    )
    assert found.weeks == (
        WorkloadWeek(march(2), Fraction(7, 2), Fraction(4), ("l/a", "l/b"), 0),
    )
    assert found.weeks[0].week == "2026-W10"
    assert not found.weeks[0].overloaded


def test_a_day_above_capacity_makes_its_week_overloaded_even_if_the_week_has_room():
    work = [
        OwnedWork("ann", "l/a", Fraction(3, 5), [march(2)]),
        OwnedWork("ann", "l/b", HALF, [march(2)]),
    ]
    (found,) = loads(*work)
    assert found.weeks[0].asked < found.weeks[0].available
    assert (found.weeks[0].overloaded, found.over_days) == (True, 1)


def test_a_share_above_the_capacity_asks_for_the_capacity():
    work = OwnedWork("ann", "l/a", ALL, marches(2, 6))
    (found,) = loads(work, capacity={"ann": HALF})
    assert (found.capacity, found.asked, found.available, found.over_days) == (
        HALF,
        Fraction(5, 2),
        Fraction(5, 2),
        0,
    )
    assert load_by_day([work], {"ann": HALF}) == {
        "ann": dict.fromkeys(marches(2, 6), HALF)
    }


def test_weeks_run_from_the_one_of_today_to_the_last_with_work_of_anyone():
    work = [
        OwnedWork("bob", "l/b", ALL, [march(24)]),
        OwnedWork("ann", "l/a", ALL, [march(3), march(12)]),
    ]
    ann, bob = loads(*work, today=10)
    assert [(week.first.day, week.asked) for week in ann.weeks] == [
        (9, 1),
        (16, 0),
        (23, 0),
    ]
    assert [(week.first.day, week.asked) for week in bob.weeks] == [
        (9, 0),
        (16, 0),
        (23, 1),
    ]
    assert [week.tasks for week in ann.weeks] == [("l/a",), (), ()]


def test_work_of_earlier_weeks_that_is_not_begun_is_counted_apart():
    work = [
        OwnedWork("ann", "l/past", HALF, marches(4, 10)),
        OwnedWork("ann", "l/begun", ALL, marches(2, 10), begun=True),
        OwnedWork("ann", "l/whole", ALL, [march(6)]),
        OwnedWork("ann", "l/ahead", ALL, [march(11)]),
    ]
    (found,) = loads(*work, today=11, capacity={"ann": HALF})
    # 4 to 8 March at half a day, and the 6th at no more than the capacity
    assert (found.behind, found.behind_tasks) == (3, ("l/past", "l/whole"))
    assert found.asked == sum(week.asked for week in found.weeks)
    (found,) = loads(*work, today=2)
    assert (found.behind, found.behind_tasks) == (0, ())


def test_weeks_can_run_on():
    (found,) = loads(OwnedWork("ann", "l/a", ALL, [march(2)]), until=march(20))
    assert [week.first.day for week in found.weeks] == [2, 9, 16]
    assert found.available == 15


def test_a_week_that_begins_on_sunday_has_the_iso_week_of_its_wednesday():
    (found,) = loads(
        OwnedWork("ann", "l/a", ALL, [march(1)]), today=2, first_weekday=SUNDAY
    )
    assert (found.weeks[0].first, found.weeks[0].week) == (march(1), "2026-W10")
    assert week_of(date(2027, 1, 2), 5) == date(2027, 1, 2)
    assert WorkloadWeek(date(2026, 12, 28), ALL, ALL, (), 0).week == "2026-W53"


def test_no_work_gives_no_workload():
    assert loads() == []


def test_begun_work_asks_from_the_day_it_was_begun_to_the_later_of_planned_finish_and_today():
    planned = {"planned_start": march(5), "planned_finish": march(6)}
    assert days_of_work(CALENDAR, **planned) == marches(5, 6)
    begun = days_of_work(CALENDAR, **planned, begun_on=march(4), today=march(5))
    assert begun == marches(4, 6)
    overdue = days_of_work(CALENDAR, **planned, begun_on=march(4), today=march(10))
    assert overdue == [*marches(4, 6), *marches(9, 10)]


@settings(deadline=None, max_examples=60)
@given(launches(), days, days)
def test_days_of_work_are_the_working_days_between_two_days(launch, first, last):
    first, last = min(first, last), max(first, last)
    span = [first + timedelta(number) for number in range((last - first).days + 1)]
    for task in launch.work:
        calendar = task.calendar or launch.calendar
        found = days_of_work(calendar, planned_start=first, planned_finish=last)
        assert found == [*filter(works_of(calendar), span)]


owned = st.builds(
    OwnedWork,
    st.sampled_from(["ann", "Ann", "bob"]),
    st.sampled_from(["l/a", "l/b", "m/c"]),
    st.sampled_from([Fraction(1, 3), HALF, ALL]),
    st.lists(days, max_size=6, unique=True),
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(owned, max_size=6), days, st.integers(0, 6), st.sampled_from([HALF, ALL])
)
def test_weeks_add_up_to_the_load_of_the_days_in_them(
    work, today, first_weekday, capacity
):
    constraints = {
        "capacity": {"ann": capacity},
        "is_available": available,
        "first_weekday": first_weekday,
    }
    load = load_by_day(work, {"ann": capacity})
    first = week_of(today, first_weekday)
    for found in workloads(work, today=today, **constraints):
        own = {
            day: amount
            for day, amount in load.get(found.owner, {}).items()
            if day >= first
        }
        limit = capacity if found.owner == "ann" else ALL
        assert found.asked == sum(own.values())
        assert found.over_days == sum(amount > limit for amount in own.values())
        assert found.weeks[0].first == first
        assert all(week.first.weekday() == first_weekday for week in found.weeks)
        assert all(week.available == limit * 5 for week in found.weeks)
    assert {owner_key(one.owner) for one in work} == {
        found.owner for found in workloads(work, today=today, **constraints)
    }
