from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.errors import PlanError
from launch_kits.workdays.calendar import Calendar, end_of_day, working_moment
from launch_kits.workdays.offsets import Offset, Unit

PLAIN = Calendar()
NEW_YORK = ZoneInfo("America/New_York")
CAIRO = ZoneInfo("Africa/Cairo")
HAVANA = ZoneInfo("America/Havana")


# which days are working days


def test_without_a_country_saturday_and_sunday_are_off_and_nothing_else():
    week = [date(2026, 12, 21) + timedelta(n) for n in range(7)]
    assert [PLAIN.is_workday(day) for day in week] == [
        True,
        True,
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_country_brings_its_own_weekend_and_its_holidays_observed_ones_included():
    assert not Calendar("US").is_workday(date(2026, 7, 3))
    assert not Calendar("US").is_workday(date(2026, 11, 26))
    assert Calendar("US").is_workday(date(2026, 3, 31))
    assert not Calendar("US-CA").is_workday(date(2026, 3, 31))
    assert Calendar("SA").is_workday(date(2026, 3, 1))
    assert not Calendar("SA").is_workday(date(2026, 3, 6))


def test_blackouts_are_off_from_the_first_day_to_the_last():
    calendar = Calendar(blackouts=[(date(2026, 12, 24), date(2027, 1, 1))])
    assert calendar.is_workday(date(2026, 12, 23))
    assert not calendar.is_workday(date(2026, 12, 24))
    assert not calendar.is_workday(date(2026, 12, 31))
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 4))


def test_extra_workdays_win_over_weekend_holidays_and_blackouts():
    days = [date(2026, 3, 7), date(2026, 7, 3), date(2026, 3, 4)]
    calendar = Calendar(
        "US", blackouts=[(date(2026, 3, 3), date(2026, 3, 5))], workdays=days
    )
    assert all(calendar.is_workday(day) for day in days)
    assert not calendar.is_workday(date(2026, 3, 3))


def test_an_owners_calendar_lacks_their_days_off_and_their_countrys_holidays_and_weekend():
    launch = Calendar("US", workdays=[date(2026, 3, 7), date(2026, 3, 8)])
    owner = launch.without([(date(2026, 3, 10), date(2026, 3, 11))], country="SA")
    working = {
        day
        for n in range(14)
        if owner.is_workday(day := date(2026, 3, 2) + timedelta(n))
    }
    # Saudi Arabia rests on Fridays and Saturdays; the launch works on the 7th and 8th, and so does
    # everyone
    assert working == {date(2026, 3, day) for day in (2, 3, 4, 5, 7, 8, 9, 12)}
    # the launch's holidays stay: Memorial Day
    assert not owner.is_workday(date(2026, 5, 25))


def test_a_weekend_day_that_a_country_works_in_exchange_is_a_working_day():
    # National Day 2025 in China is paid for with Sunday 28 September and Saturday 11 October
    china = Calendar("CN")
    assert china.is_workday(date(2025, 9, 28))
    assert china.is_workday(date(2025, 10, 11))
    assert not china.is_workday(date(2025, 10, 12))
    assert china.count(date(2025, 9, 26), date(2025, 10, 13)) == 7
    # Hungary exchanges Saturday 18 October 2025 for the Friday after
    assert Calendar("HU").is_workday(date(2025, 10, 18))
    assert not Calendar("HU").is_workday(date(2025, 10, 24))


def test_what_a_country_exchanges_does_not_depend_on_the_years_asked_for():
    alone = Calendar("CN")
    among = Calendar("CN")
    among.is_workday(date(1999, 1, 1))
    for year in (2005, 2006, 2011, 2025):
        days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
        assert [alone.is_workday(day) for day in days] == [
            among.is_workday(day) for day in days
        ]


def test_days_that_the_launch_works_all_the_same_are_worked_by_people_of_other_countries_too():
    launch = Calendar("CN", workdays=[date(2025, 9, 20)])
    owner = launch.without(country="US")
    # the brief's own Saturday, and the launch country's exchanged Sunday
    assert owner.is_workday(date(2025, 9, 20))
    assert owner.is_workday(date(2025, 9, 28))
    assert not owner.is_workday(date(2025, 9, 21))
    # Labor Day
    assert launch.is_workday(date(2025, 9, 1))
    assert not owner.is_workday(date(2025, 9, 1))


def test_an_owner_works_their_own_countrys_exchanged_days_where_the_launch_works_too():
    # Israel works on Sundays
    sunday = date(2025, 9, 28)
    assert Calendar("IL").without(country="CN").is_workday(sunday)
    assert not Calendar("IL").without(country="US").is_workday(sunday)
    assert not Calendar("US").without(country="CN").is_workday(sunday)


def test_an_owners_own_workdays_are_worked_although_the_launch_rests_but_not_while_they_are_away():
    sunday = date(2026, 3, 8)
    monday = date(2026, 3, 9)
    launch = Calendar(blackouts=[(monday, monday)])
    owner = launch.without(workdays=[sunday, monday])
    assert [owner.is_workday(day) for day in (sunday, monday)] == [True, True]
    assert [launch.is_workday(day) for day in (sunday, monday)] == [False, False]
    away = launch.without([(sunday, sunday)], workdays=[sunday, monday])
    assert [away.is_workday(day) for day in (sunday, monday)] == [False, True]


def test_a_task_may_work_on_days_of_its_own():
    saturday = date(2026, 3, 7)
    sunday = date(2026, 3, 8)
    owner = PLAIN.without(
        [(sunday, sunday)], country="US", workdays=[date(2026, 3, 14)]
    )
    for calendar in (
        PLAIN.working([saturday, sunday]),
        owner.working([saturday, sunday]),
    ):
        assert calendar.is_workday(saturday)
    assert not owner.working([saturday, sunday]).is_workday(sunday)
    assert owner.working([saturday]).is_workday(date(2026, 3, 14))
    assert PLAIN.working([]) is PLAIN


def test_where_nothing_is_taken_away_the_calendar_is_the_same_one():
    assert PLAIN.without([]) is PLAIN
    assert PLAIN.without([], country="SG") is not PLAIN


def test_calendars_are_values():
    ranges = [(date(2026, 3, 3), date(2026, 3, 5))]
    first = Calendar("US", blackouts=ranges)
    second = Calendar("US", blackouts=ranges)
    first.is_workday(date(2026, 3, 3))
    assert first == second
    assert hash(first.without(ranges)) == hash(second.without(ranges))
    assert first != first.without(ranges)


def test_the_holidays_and_blackouts_between_two_days_can_be_named():
    calendar = Calendar("US", blackouts=[(date(2026, 12, 28), date(2026, 12, 31))])
    closed = calendar.closed_between(date(2026, 12, 21), date(2027, 1, 3))
    assert [day.day for day in closed] == [25, 28, 29, 30, 31, 1]


# counting


def test_next_last_shift_and_count_around_a_weekend():
    friday = date(2026, 3, 6)
    saturday = date(2026, 3, 7)
    monday = date(2026, 3, 9)
    assert PLAIN.next_on_or_after(saturday) == monday
    assert PLAIN.next_on_or_after(friday) == friday
    assert PLAIN.last_on_or_before(saturday) == friday
    assert PLAIN.last_on_or_before(monday) == monday
    assert PLAIN.shift(friday, 1) == PLAIN.shift(saturday, 1) == monday
    assert PLAIN.shift(monday, -1) == PLAIN.shift(saturday, 0) == friday
    assert PLAIN.count(friday, monday) == 1
    assert PLAIN.count(monday, friday) == -1
    assert PLAIN.count(friday, saturday) == 0


dates = st.dates(date(2024, 1, 1), date(2029, 12, 31))
ranges = st.tuples(dates, st.integers(0, 20)).map(
    lambda pair: (pair[0], pair[0] + timedelta(pair[1]))
)
calendars = st.builds(
    lambda country, blackouts, workdays, away, owner, own: Calendar(
        country, blackouts=blackouts, workdays=workdays
    ).without(away, country=owner, workdays=own),
    st.sampled_from([None, "US", "SA", "MY-JHR", "CN"]),
    st.lists(ranges, max_size=3),
    st.lists(dates, max_size=3),
    st.lists(ranges, max_size=2),
    st.sampled_from([None, "SG", "CN"]),
    st.lists(dates, max_size=2),
)
quick = settings(deadline=None, max_examples=60)


@quick
@given(calendars, dates, st.integers(-300, 300))
def test_shifting_by_a_number_of_working_days_is_stepping_from_one_to_the_next(
    calendar, day, count
):
    stepped = calendar.last_on_or_before(day)
    step = timedelta(1 if count > 0 else -1)
    for _ in range(abs(count)):
        stepped += step
        while not calendar.is_workday(stepped):
            stepped += step
    assert calendar.shift(day, count) == stepped


@quick
@given(calendars, dates, dates)
def test_counting_is_adding_up_the_working_days_between(calendar, after, until):
    first, last = sorted([after, until])
    working = sum(
        calendar.is_workday(first + timedelta(n))
        for n in range(1, (last - first).days + 1)
    )
    assert calendar.count(after, until) == (working if after <= until else -working)


@quick
@given(calendars, dates)
def test_next_and_last_are_the_nearest_working_days(calendar, day):
    following = calendar.next_on_or_after(day)
    preceding = calendar.last_on_or_before(day)
    assert preceding <= day <= following
    assert calendar.is_workday(preceding)
    assert calendar.is_workday(following)
    assert calendar.count(preceding, following) == (0 if following == preceding else 1)


@quick
@given(calendars, dates, st.permutations([2025, 2027, 2024, 2029]))
def test_what_a_calendar_was_asked_before_does_not_matter(calendar, day, years):
    fresh = Calendar(
        calendar.country, calendar.blackouts, calendar.workdays, calendar.parent
    )
    for year in years:
        fresh.is_workday(date(year, 6, 1))
    assert fresh.shift(day, 100) == calendar.shift(day, 100)
    assert fresh.is_workday(day) == calendar.is_workday(day)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: PLAIN.is_workday(date.max),
        lambda: PLAIN.is_workday(date.min),
        lambda: PLAIN.shift(date(2026, 3, 2), 10**12),
        lambda: PLAIN.shift(date(2026, 3, 2), -(10**12)),
        lambda: PLAIN.count(date(2026, 3, 2), date(2300, 1, 1)),
        lambda: Calendar(blackouts=[(date.min, date.max)]).next_on_or_after(
            date(2026, 3, 2)
        ),
        lambda: Calendar(blackouts=[(date.min, date.max)]).last_on_or_before(
            date(2026, 3, 2)
        ),
        lambda: Calendar("XX").is_workday(date(2026, 3, 2)),
    ],
)
def test_what_a_calendar_cannot_answer_ends_in_a_plain_error(ask):
    with pytest.raises(PlanError):
        ask()


# offsets


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("T-10", Offset(-10)),
        ("T+3", Offset(3)),
        ("T-0", Offset(0)),
        ("T-6w", Offset(-6, Unit.WEEKS)),
        ("T+2w", Offset(2, Unit.WEEKS)),
        ("T-30d", Offset(-30, Unit.DAYS)),
    ],
)
def test_an_offset_reads_and_writes_itself(text, offset):
    assert Offset.parse(text) == offset
    assert str(offset) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "T",
        "T-",
        "T10",
        "t-10",
        "T-1.5",
        "T-10 ",
        "T -10",
        "T-3m",
        "T-٣",
        "10",
        "T--1",
    ],
)
def test_anything_else_is_refused_and_told_how_to_write_one(text):
    with pytest.raises(
        ValueError, match=r"use T-10 or T\+3 for working days, T-30d for calendar"
    ):
        Offset.parse(text)


@given(st.integers(-(10**9) + 1, 10**9 - 1), st.sampled_from(Unit))
def test_every_offset_survives_writing_and_reading(amount, unit):
    assert Offset.parse(str(Offset(amount, unit))) == Offset(amount, unit)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("T-0", date(2026, 3, 31)),
        ("T-1", date(2026, 3, 30)),
        ("T-2", date(2026, 3, 27)),
        ("T+3", date(2026, 4, 3)),
        ("T-2w", date(2026, 3, 17)),
        ("T+1w", date(2026, 4, 7)),
        ("T-2d", date(2026, 3, 27)),
        ("T-30d", date(2026, 2, 27)),
    ],
)
def test_an_offset_counts_from_the_anchor_day(text, day):
    # a Tuesday; two calendar days before it is a Sunday, and thirty is a Sunday too
    assert Offset.parse(text).resolve(PLAIN, date(2026, 3, 31)) == day


def test_an_anchor_day_on_a_day_off_is_the_last_working_day_before_it():
    sunday = date(2026, 3, 29)
    assert Offset(0).resolve(PLAIN, sunday) == date(2026, 3, 27)
    assert Offset(-1).resolve(PLAIN, sunday) == date(2026, 3, 26)
    assert Offset(1).resolve(PLAIN, sunday) == date(2026, 3, 30)
    assert Offset(-1, Unit.WEEKS).resolve(PLAIN, sunday) == date(2026, 3, 20)


@pytest.mark.parametrize(
    "text", ["T-99999", "T+99999", "T-99999w", "T-999999999d", "T+999999999"]
)
def test_an_offset_out_of_all_bounds_is_refused_by_name(text):
    with pytest.raises(
        PlanError, match="is not within the years 1900 to 2199"
    ) as error:
        Offset.parse(text).resolve(Calendar("US"), date(2027, 3, 2))
    assert str(error.value).startswith(f"{text} from 2027-03-02")


# a person's hours


def new_york(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (new_york(5, 9), new_york(5, 9)),
        (new_york(5, 16, 59), new_york(5, 16, 59)),
        (new_york(5, 17), new_york(6, 9)),
        (new_york(5, 8, 59), new_york(5, 9)),
        (new_york(6, 18), new_york(9, 9)),
        (new_york(7, 12), new_york(9, 9)),
        (new_york(7, 1), new_york(9, 9)),
    ],
)
def test_a_moment_within_working_hours_stays_and_another_waits_until_they_open(
    now, moment
):
    assert working_moment(PLAIN, timezone=NEW_YORK, now=now) == moment


def test_hours_are_those_of_the_persons_timezone():
    # 15:00 in London is 10:00 in New York, but 07:00 in Los Angeles
    now = datetime(2026, 3, 5, 15, tzinfo=UTC)
    los_angeles = ZoneInfo("America/Los_Angeles")
    assert working_moment(PLAIN, timezone=NEW_YORK, now=now) == now
    assert working_moment(PLAIN, timezone=los_angeles, now=now) == datetime(
        2026, 3, 5, 17, tzinfo=UTC
    )


def test_hours_open_at_nine_by_the_clock_before_and_after_it_changes():
    # New York springs forward on Sunday 8 March
    friday, monday = (
        working_moment(PLAIN, timezone=NEW_YORK, now=new_york(day, 3)) for day in (6, 9)
    )
    assert friday.astimezone(UTC) == datetime(2026, 3, 6, 14, tzinfo=UTC)
    assert monday.astimezone(UTC) == datetime(2026, 3, 9, 13, tzinfo=UTC)


def test_an_hour_that_the_clocks_jump_over_opens_when_they_have_jumped():
    calendar = Calendar(workdays=[date(2026, 3, 8)])
    moment = working_moment(
        calendar, timezone=NEW_YORK, now=new_york(8, 1), opens=time(2, 30)
    )
    assert moment.astimezone(NEW_YORK).time() == time(3, 30)


@pytest.mark.parametrize(
    ("day", "timezone", "moment"),
    [
        (date(2026, 3, 5), UTC, datetime(2026, 3, 6, tzinfo=UTC)),
        (date(2026, 3, 5), NEW_YORK, datetime(2026, 3, 6, 5, tzinfo=UTC)),
        (date(2026, 7, 1), NEW_YORK, datetime(2026, 7, 2, 4, tzinfo=UTC)),
        # Cairo's clocks jump from midnight to one o'clock: the day after begins at one
        (date(2026, 4, 23), CAIRO, datetime(2026, 4, 23, 22, tzinfo=UTC)),
        # Havana's go back from one o'clock to midnight: the first midnight of two is meant
        (date(2026, 10, 31), HAVANA, datetime(2026, 11, 1, 4, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_day_is_the_first_instant_after_it(day, timezone, moment):
    end = end_of_day(day, timezone)
    assert end == moment
    assert end.astimezone(timezone).date() == day + timedelta(1)
    assert (end - timedelta(microseconds=1)).astimezone(timezone).date() == day
