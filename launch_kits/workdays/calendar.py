"""Working days: weekends, public holidays, blackouts, a person's days off and hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from operator import and_
from zoneinfo import ZoneInfo

from launch_kits.errors import PlanError
from launch_kits.workdays.countries import known_country, resting, suggest_country
from launch_kits.workdays.in_words import count
from launch_kits.workdays.workday_table import WorkdayTable, rest_in, set_days

__all__ = [
    "CLOSES",
    "FIRST_YEAR",
    "LAST_YEAR",
    "OPENS",
    "Calendar",
    "WorkdayTable",
    "end_of_day",
    "known_country",
    "suggest_country",
    "working_moment",
]

#: the years a calendar can be asked about; whatever leads out of them is a slip of the pen
FIRST_YEAR = 1900
LAST_YEAR = 2199
BOUNDS = f"the years {FIRST_YEAR} to {LAST_YEAR}"


#: the working hours of everyone, wall time
OPENS = time(9)
CLOSES = time(17)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are working days.

    It is the launch's calendar, or (with ``parent``) an owner's or a task's.

    Without ``country`` the weekend is Saturday and Sunday and there are no holidays. With one
    (``US``, ``US-CA``) the weekend is the country's own, its public holidays are no working days,
    observed days included, and the weekend days that it works in exchange are. Ranges of days are
    inclusive. A question costs one lookup in a table that grows by whole years as it is asked; one
    that leads out of ``FIRST_YEAR`` to ``LAST_YEAR``, like an unknown country, raises PlanError.
    """

    country: str | None = None
    #: first and last day of each time in which no one works; with a parent, of each time in which
    #: its owner is away
    blackouts: Sequence[tuple[date, date]] = ()
    #: working days all the same, whatever weekend, holidays and blackouts say; with a parent, its
    #: owner's own, which being away wins over
    workdays: Sequence[date] = ()
    #: the calendar whose working days these are, less the days taken away and with the owner's own
    #: workdays
    parent: Calendar | None = None
    #: holds the one table in use, once there is one: the table of a value grows, the value does
    #: not change
    _known: list[WorkdayTable] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "blackouts", tuple((first, last) for first, last in self.blackouts)
        )
        object.__setattr__(self, "workdays", tuple(self.workdays))

    def without(
        self,
        away: Iterable[tuple[date, date]] = (),
        *,
        country: str | None = None,
        workdays: Iterable[date] = (),
    ) -> Calendar:
        """The calendar of an owner.

        It is this calendar less days off and their country's holidays and weekend, plus their own
        workdays. ``away`` holds inclusive ranges. The days that this calendar works although others
        rest stay working days in spite of the owner's country. If there is nothing to change it is
        the calendar itself.
        """
        away = tuple(away)
        workdays = tuple(workdays)
        if not away and not country and not workdays:
            return self
        return Calendar(country, away, workdays, parent=self)

    def working(self, days: Iterable[date]) -> Calendar:
        """The calendar of one task, which works on these days too unless its owner is away."""
        days = tuple(days)
        if not days:
            return self
        if self.parent is None:
            return self.without(workdays=days)
        return replace(self, workdays=(*self.workdays, *days))

    def is_workday(self, day: date) -> bool:
        """Whether the day is a working day."""
        table = self.table(day.year, day.year)
        return bool(table.flags[day.toordinal() - table.base])

    def next_on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        return day if self.is_workday(day) else self._step(day, 1)

    def last_on_or_before(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        return self._step(day, 0)

    def shift(self, day: date, working_days: int) -> date:
        """The working day so many working days later, or earlier if negative.

        A day that is not a working day counts as the last one before it.
        """
        return self._step(day, working_days)

    def count(self, after: date, until: date) -> int:
        """Count working days from ``after`` (excluded) to ``until`` (included).

        Returns a negative number if ``until`` is the earlier.
        """
        table = self.table(min(after, until).year, max(after, until).year)
        return table.worked_until(until) - table.worked_until(after)

    def closed_between(self, first: date, last: date) -> tuple[date, ...]:
        """The days off in an inclusive range, without weekends.

        Holidays, blackouts.
        """
        table = self.table(first.year, last.year)
        weekdays = resting(self.country, table.first_year, table.last_year).weekdays
        closed = []
        for day in range(first.toordinal(), last.toordinal() + 1):
            at = day - table.base
            if weekdays[at] and not table.flags[at]:
                closed.append(date.fromordinal(day))
        return tuple(closed)

    def table(self, first_year: int, last_year: int) -> WorkdayTable:
        """The lookup table, grown to cover these years too.

        Raises PlanError if they are out of bounds.
        """
        known = self._known[0] if self._known else None
        if known and known.first_year <= first_year and last_year <= known.last_year:
            return known
        if first_year < FIRST_YEAR or last_year > LAST_YEAR:
            wrong = first_year if first_year < FIRST_YEAR else last_year
            raise PlanError(
                f"the year {wrong} is not within {BOUNDS}: look over the dates"
            )
        if known:
            first_year = min(first_year, known.first_year)
            last_year = max(last_year, known.last_year)
        # a thread that still reads the old table keeps a true one
        self._known[:] = [self._built(first_year, last_year)]
        return self._known[0]

    def _built(self, first_year: int, last_year: int) -> WorkdayTable:
        base = date(first_year, 1, 1).toordinal()
        if self.parent is None:
            flags = self._own_week(first_year, last_year)
            rest_in(flags, base, self.blackouts)
            set_days(flags, base, self._exceptions(first_year, last_year), works=True)
        else:
            flags = self._week_of_owner(self.parent, first_year, last_year)
            rest_in(flags, base, self.blackouts)
        return WorkdayTable.of(first_year, last_year, flags)

    def _own_week(self, first_year: int, last_year: int) -> bytearray:
        """Flag the days that are neither of the weekend nor public holidays."""
        base = date(first_year, 1, 1).toordinal()
        weekdays, holidays, _ = resting(self.country, first_year, last_year)
        flags = bytearray(weekdays)
        set_days(flags, base, holidays, works=False)
        return flags

    def _week_of_owner(
        self, parent: Calendar, first_year: int, last_year: int
    ) -> bytearray:
        """Flag the days of the parent on which an owner works, and the owner's workdays."""
        base = date(first_year, 1, 1).toordinal()
        end = date(last_year, 12, 31).toordinal() + 1
        above = parent.table(first_year, last_year)
        # that table may have grown beyond these years
        flags = bytearray(above.flags[base - above.base : end - above.base])
        if self.country:
            own = self._own_week(first_year, last_year)
            set_days(own, base, self._exceptions(first_year, last_year), works=True)
            flags = bytearray(map(and_, own, flags))
        set_days(flags, base, (day.toordinal() for day in self.workdays), works=True)
        return flags

    def _exceptions(self, first_year: int, last_year: int) -> Iterator[int]:
        """The days, as ordinals, that are worked although a weekend or a holiday falls on them."""
        if self.country:
            yield from resting(self.country, first_year, last_year).exchanged
        if self.parent:
            yield from self.parent._exceptions(first_year, last_year)  # noqa: SLF001  of the same class
        else:
            yield from (day.toordinal() for day in self.workdays)

    def _step(self, day: date, steps: int) -> date:
        """Step some working days on, from the last one that is not after the day."""
        table = self.table(day.year, day.year)
        reach = 1
        while True:
            index = table.worked_until(day) - 1 + steps
            if 0 <= index < len(table.days):
                return date.fromordinal(table.days[index])
            if index < 0:
                missing = -index
                room = table.first_year - FIRST_YEAR
            else:
                missing = index - len(table.days) + 1
                room = LAST_YEAR - table.last_year
            if missing > room * 366:
                raise PlanError(
                    f"no day lies {count(steps, 'working day')} from {day} within {BOUNDS}: "
                    "look over offsets and days off"
                )
            years = min(room, max(missing // 366 + 1, reach))
            if index < 0:
                table = self.table(table.first_year - years, table.last_year)
            else:
                table = self.table(table.first_year, table.last_year + years)
            # twice as far each time, since years may have hardly a working day
            reach *= 2


def working_moment(
    calendar: Calendar,
    *,
    timezone: ZoneInfo,
    now: datetime,
    opens: time = OPENS,
    closes: time = CLOSES,
) -> datetime:
    """The next moment within a person's working hours, ``now`` included, in UTC.

    ``calendar`` holds the person's working days, ``now`` is aware, the hours are wall time in the
    person's timezone and end before ``closes``. Raises PlanError if no working day is left.
    """
    local = now.astimezone(timezone)
    today = local.date()
    if not calendar.is_workday(today) or local.time() >= closes:
        tomorrow = today + timedelta(1)
        return _instant(calendar.next_on_or_after(tomorrow), opens, timezone)
    if local.time() < opens:
        return _instant(today, opens, timezone)
    return now


def end_of_day(day: date, timezone: ZoneInfo) -> datetime:
    """The first instant after the day in the timezone, given in UTC."""
    return _instant(day + timedelta(1), time(), timezone)


def _instant(day: date, at: time, timezone: ZoneInfo) -> datetime:
    # in UTC: a wall time that the clocks jump over becomes the instant they jump to, and comparing
    # instants stays exact if the same wall time comes twice
    return datetime.combine(day, at, timezone).astimezone(UTC)
