"""Launches for Hypothesis to try: small networks on awkward calendars, around one spring."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from launch_kits.plan import Anchor, PlanInput, Predecessor, Schedule, Work, schedule
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset, Unit
from tests.plan.naive import Naive, Works

BEGIN = date(2026, 3, 2)


@dataclass(frozen=True)
class Launch:
    work: tuple[Work, ...]
    calendar: Calendar
    begin_on: date
    release_on: date
    launch_on: date

    @property
    def constraints(self) -> dict[str, object]:
        return {
            "calendar": self.calendar,
            "begin_on": self.begin_on,
            "release_on": self.release_on,
            "launch_on": self.launch_on,
        }

    def plan(self) -> Schedule:
        return schedule(PlanInput(self.work, **self.constraints))

    def at(self, **changes: object) -> "Launch":
        return replace(self, **changes)

    def naive(self) -> Naive:
        own = {task.key: works_of(task.calendar) for task in self.work if task.calendar}
        return Naive(
            self.work,
            works_of(self.calendar),
            own,
            self.begin_on,
            self.release_on,
            self.launch_on,
        )


def works_of(calendar: Calendar) -> Works:
    """Monday to Friday less blackouts plus workdays.

    Plus the workdays of an owner, less the days they are away.
    """

    def works(day: date) -> bool:
        shut = any(first <= day <= last for first, last in calendar.blackouts)
        if calendar.parent:
            return (
                works_of(calendar.parent)(day) or day in calendar.workdays
            ) and not shut
        return day in calendar.workdays or (day.weekday() < 5 and not shut)

    return works


days = st.integers(-10, 130).map(lambda n: BEGIN + timedelta(n))
ranges = st.builds(
    lambda first, length: (first, first + timedelta(length)), days, st.integers(0, 9)
)
offsets = st.one_of(
    st.builds(Offset, st.integers(-40, 5)),
    st.builds(Offset, st.integers(-40, 5), st.just(Unit.DAYS)),
    st.builds(Offset, st.integers(-6, 1), st.just(Unit.WEEKS)),
)
calendar_offsets = st.builds(Offset, st.integers(-40, 5), st.just(Unit.DAYS))


@st.composite
def launches(
    draw: st.DrawFn,
    *,
    calendars: bool = True,
    blackouts: bool = True,
    offset: st.SearchStrategy[Offset] = offsets,
    not_before: bool = True,
    due: bool = True,
    own_days: bool = True,
) -> Launch:
    """Without ``own_days`` no one works while the launch rests."""
    calendar = Calendar()
    if blackouts:
        calendar = Calendar(
            blackouts=tuple(draw(st.lists(ranges, max_size=2))),
            workdays=tuple(draw(st.lists(days, max_size=3))),
        )
    owners = [
        calendar.without(
            draw(st.lists(ranges, max_size=2)),
            workdays=[
                day
                for day in draw(st.lists(days, max_size=3))
                if own_days or calendar.is_workday(day)
            ],
        )
        for _ in range(2 if calendars else 0)
    ]
    count = draw(st.integers(1, 7))
    work = []
    for number in range(count):
        links = draw(
            st.lists(st.integers(0, number - 1), max_size=3, unique=True)
            if number
            else st.just([])
        )
        work.append(
            Work(
                f"t{number}",
                draw(st.sampled_from([0, 0, 1, 2, 3, 5])),
                tuple(
                    Predecessor(f"t{other}", draw(st.sampled_from([0, 0, 0, 1, 4])))
                    for other in links
                ),
                anchor=draw(st.sampled_from(Anchor)),
                due=draw(st.none() | offset) if due else None,
                not_before=draw(st.none() | st.none() | offset) if not_before else None,
                calendar=draw(st.sampled_from([None, calendar, *owners])),
                workdays=tuple(draw(st.lists(calendar_offsets, max_size=2)))
                if calendars and own_days
                else (),
            )
        )
    begin_on = BEGIN + timedelta(draw(st.integers(0, 13)))
    launch_on = begin_on + timedelta(draw(st.integers(0, 70)))
    release_on = launch_on - timedelta(draw(st.sampled_from([0, 0, 3, 14, -5])))
    return Launch(
        tuple(draw(st.permutations(work))), calendar, begin_on, release_on, launch_on
    )
