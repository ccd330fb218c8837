"""Workload: the days of work that tasks ask of their owners, and the days available."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from launch_kits.workdays.calendar import Calendar

if TYPE_CHECKING:
    from launch_kits.inputs.team import Person

__all__ = [
    "OwnedWork",
    "Workload",
    "WorkloadWeek",
    "capacity_by_owner",
    "days_of_work",
    "exact",
    "load_by_day",
    "owner_key",
    "stated_capacity",
    "week_name",
    "week_of",
    "workloads",
]

#: whether a day is available to an owner, by the owner's key
IsAvailable = Callable[[str, date], bool]

ZERO = Fraction(0)
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class OwnedWork:
    """The days that an open task takes of its owner."""

    #: an email as it was written
    owner: str
    #: ``LAUNCH/KEY``
    task: str
    #: the part of the owner's working day; more than 0, at most 1
    share: Fraction
    days: Sequence[date]
    #: whether it is under way, so that its past days were worked on
    begun: bool = False


@dataclass(frozen=True, slots=True)
class WorkloadWeek:
    """The work and the capacity of an owner in one week, in days."""

    #: the first day of the week
    first: date
    asked: Fraction
    #: the capacity of the available days
    available: Fraction
    #: in the order of the work
    tasks: tuple[str, ...]
    #: days on which more than the capacity is asked
    over_days: int

    @property
    def week(self) -> str:
        """The ISO week, as ``2026-W10``; it is that of the fourth day."""
        return week_name(self.first)

    @property
    def overloaded(self) -> bool:
        """Whether at least one day asks for more than the capacity."""
        return self.over_days > 0


@dataclass(frozen=True, slots=True)
class Workload:
    """The work and the capacity of an owner, in days."""

    #: the owner's key: the email, case-folded
    owner: str
    #: per available day
    capacity: Fraction
    weeks: tuple[WorkloadWeek, ...]
    #: days of work not begun that were planned before the first week
    behind: Fraction = ZERO
    #: the tasks with such days, in the order of the work
    behind_tasks: tuple[str, ...] = ()

    @property
    def asked(self) -> Fraction:
        """The days of work in all weeks."""
        return sum((week.asked for week in self.weeks), ZERO)

    @property
    def available(self) -> Fraction:
        """The capacity of the available days in all weeks."""
        return sum((week.available for week in self.weeks), ZERO)

    @property
    def over_days(self) -> int:
        """The days on which more than the capacity is asked."""
        return sum(week.over_days for week in self.weeks)


def owner_key(email: str) -> str:
    """Return the identity of an owner: email addresses are case-insensitive."""
    return email.casefold()


@lru_cache(maxsize=1024)
def exact(amount: float) -> Fraction:
    """Return an amount as written: 0.1 is a tenth."""
    return Fraction(str(amount))


def stated_capacity(
    people: Iterable[Person],
) -> Iterator[tuple[str, Fraction | None]]:
    """Yield the email of each person with the capacity, None if it is not stated."""
    for person in people:
        stated = "capacity" in person.model_fields_set
        yield person.email, exact(person.capacity) if stated else None


def capacity_by_owner(
    stated: Iterable[tuple[str, Fraction | None]],
) -> dict[str, Fraction]:
    """Return the smallest stated capacity of each owner, by owner key.

    Takes emails with the capacities of the roles they hold in any launch, None if not stated. An
    owner without a stated capacity is left out and has 1.
    """
    found: dict[str, Fraction] = {}
    for email, capacity in stated:
        key = owner_key(email)
        if capacity is not None:
            found[key] = min(capacity, found.get(key, capacity))
    return found


def days_of_work(
    calendar: Calendar,
    *,
    planned_start: date,
    planned_finish: date,
    begun_on: date | None = None,
    today: date | None = None,
) -> list[date]:
    """Return the working days on which an open task asks for its share.

    A task that is not begun: its planned dates. A begun one: from ``begun_on`` to the later of its
    planned finish and ``today``. ``calendar`` is the task's own.
    """
    first, last = planned_start, planned_finish
    if begun_on is not None:
        first, last = begun_on, max(planned_finish, today or planned_finish)
    table = calendar.table(min(first, last).year, max(first, last).year)
    low = table.rank[first.toordinal() - table.base]
    # rank counts the first day too if it is a working day
    low -= table.flags[first.toordinal() - table.base]
    high = table.rank[last.toordinal() - table.base]
    return [date.fromordinal(day) for day in table.days[low:high]]


def load_by_day(
    work: Iterable[OwnedWork], capacity: Mapping[str, Fraction]
) -> dict[str, dict[date, Fraction]]:
    """Return the load of each owner on each day: the sum of the shares, by owner key.

    A share greater than the capacity counts as the capacity: such a task takes more days instead.
    """
    # shares repeat, and adding fractions is slow: days are counted first, by share
    asked: dict[tuple[str, Fraction], list[date]] = defaultdict(list)
    for one in work:
        asked[owner_key(one.owner), one.share].extend(one.days)
    load: dict[str, dict[date, Fraction]] = {}
    for (key, share), days in asked.items():
        within = min(share, capacity.get(key, ONE))
        own = load.setdefault(key, {})
        for day, times in Counter(days).items():
            own[day] = own.get(day, ZERO) + within * times
    return load


def week_of(day: date, first_weekday: int) -> date:
    """Return the first day of the week that a day lies in; Monday is 0."""
    return day - timedelta((day.weekday() - first_weekday) % 7)


def week_name(first: date) -> str:
    """Return the ISO week of a week's fourth day, as ``2026-W10``.

    ``first`` is the first day of the week, on whichever weekday weeks begin.
    """
    year, number, _ = (first + timedelta(3)).isocalendar()
    return f"{year}-W{number:02}"


def workloads(
    work: Sequence[OwnedWork],
    *,
    capacity: Mapping[str, Fraction],
    is_available: IsAvailable,
    first_weekday: int,
    today: date,
    until: date | None = None,
) -> list[Workload]:
    """Return the workload of each owner, in the order of the owners' keys.

    ``capacity`` is by owner key, 1 if it is left out. Weeks begin on ``first_weekday`` (Monday is
    0) and run from the week of ``today`` to the last week with work of anyone, or to that of
    ``until`` if it is later. Earlier weeks are left out; the work in them that is not begun is
    counted apart.
    """
    by_owner: dict[str, list[OwnedWork]] = defaultdict(list)
    for one in work:
        by_owner[owner_key(one.owner)].append(one)
    first = week_of(today, first_weekday)
    ends = [day for one in work for day in one.days]
    last = max([*ends, until or today, today])
    weeks = [
        first + timedelta(7 * number) for number in range((last - first).days // 7 + 1)
    ]
    load = load_by_day(work, capacity)
    return [
        Workload(
            owner,
            capacity.get(owner, ONE),
            _weeks(
                weeks,
                by_owner[owner],
                load=load.get(owner, {}),
                capacity=capacity.get(owner, ONE),
                is_available=partial(is_available, owner),
            ),
            *_behind(by_owner[owner], first, capacity.get(owner, ONE)),
        )
        for owner in sorted(by_owner)
    ]


def _behind(
    work: Sequence[OwnedWork], first: date, capacity: Fraction
) -> tuple[Fraction, tuple[str, ...]]:
    """Count the days of work before a day that is not begun, with its tasks."""
    days = ZERO
    tasks = []
    for one in work:
        past = 0 if one.begun else sum(day < first for day in one.days)
        if past:
            days += past * min(one.share, capacity)
            tasks.append(one.task)
    return days, tuple(tasks)


def _weeks(
    weeks: Sequence[date],
    work: Sequence[OwnedWork],
    *,
    load: Mapping[date, Fraction],
    capacity: Fraction,
    is_available: Callable[[date], bool],
) -> tuple[WorkloadWeek, ...]:
    tasks: dict[date, dict[str, None]] = defaultdict(dict)
    for one in work:
        for day in one.days:
            tasks[day][one.task] = None
    found = []
    for first in weeks:
        days = [first + timedelta(number) for number in range(7)]
        asked = [load[day] for day in days if day in load]
        in_week = {task for day in days for task in tasks.get(day, ())}
        found.append(
            WorkloadWeek(
                first,
                sum(asked, ZERO),
                capacity * sum(map(is_available, days)),
                tuple(dict.fromkeys(one.task for one in work if one.task in in_week)),
                sum(amount > capacity for amount in asked),
            )
        )
    return tuple(found)
