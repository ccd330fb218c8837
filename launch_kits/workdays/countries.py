"""Countries as the `holidays` library knows them: their weekends and their public holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from launch_kits.errors import PlanError

# the library itself is imported inside the functions: it costs more than most commands do, and few
# of them need it
if TYPE_CHECKING:
    from holidays import HolidayBase

__all__ = [
    "Resting",
    "first_weekday",
    "known_country",
    "resting",
    "suggest_country",
]


class Resting(NamedTuple):
    """The days on which a country rests in some whole years."""

    #: a byte a day from 1 January of the first year on: 0 for the weekend, 1 for the rest of the
    #: week
    weekdays: bytes
    #: the public holidays, observed days included, as ordinals (``date.toordinal``)
    holidays: tuple[int, ...]
    #: the weekend days that are worked in exchange for a day off, as ordinals
    exchanged: tuple[int, ...]


@lru_cache(maxsize=256)
def resting(country: str | None, first_year: int, last_year: int) -> Resting:
    """The weekends, public holidays and exchanged days of a country.

    ``country`` is a code such as ``US`` or ``US-CA``. Both years are included. Without a country:
    Saturdays and Sundays, nothing else. Raises PlanError for an unknown country.
    """
    years = range(first_year, last_year + 1)
    listed = None if country is None else _listed(country, years)
    weekdays = _weekdays(listed, years)
    if listed is None:
        return Resting(weekdays, holidays=(), exchanged=())
    # the library names exchanged days of years that it was not asked for, too
    exchanged = [day for day in listed.weekend_workdays if day.year in years]
    return Resting(
        weekdays,
        holidays=tuple(day.toordinal() for day in listed),
        exchanged=tuple(day.toordinal() for day in sorted(exchanged)),
    )


def _weekdays(listed: HolidayBase | None, years: range) -> bytes:
    """Flag the days of some years that are not of the weekend."""
    base = date(years[0], 1, 1).toordinal()
    end = date(years[-1], 12, 31).toordinal() + 1
    weekdays = bytearray(b"\1") * (end - base)
    for year in years:
        first = date(year, 1, 1).toordinal()
        last = date(year, 12, 31).toordinal()
        for ordinal in _weekend_days(listed, first, last):
            weekdays[ordinal - base] = 0
    return bytes(weekdays)


def first_weekday(country: str | None, year: int) -> int:
    """Return the day after the weekend of a country in a year; Monday is 0.

    Of several such days, or of a week without a weekend, the first from Monday on.
    """
    flags = resting(country, year, year).weekdays
    # a week in summer, after changes at the beginning of a year
    new_year = _weekday(date(year, 1, 1).toordinal())
    monday = 180 - (new_year + 180) % 7
    week = flags[monday : monday + 7]
    for day in range(7):
        if week[day] and not week[day - 1]:
            return day
    return 0


def known_country(code: str) -> bool:
    """Whether the holidays of ``US``, or of ``US-CA``, are known."""
    try:
        _listed(code, ())
    except PlanError:
        return False
    return True


def suggest_country(code: str) -> str:
    """Suggest a code for a misspelt country.

    ``code`` may also be the English name of a country or of a part of it. Returns
    ``; did you mean "US-CA"?``, or an empty string if no country is near.
    """
    country, dash, part = code.upper().partition("-")
    codes = _codes_by_name()
    near = _nearest(country, codes)
    if near is None:
        return ""
    suggested = codes[near]
    if dash:
        near_part = _nearest(part, _entity(suggested, None, ()).subdivisions)
        if near_part is None:
            return ""
        suggested = f"{suggested}-{near_part}"
    return f'; did you mean "{suggested}"?'


def _codes_by_name() -> dict[str, str]:
    """The codes of all countries, by their English names and by themselves."""
    from holidays.registry import COUNTRIES

    codes = {}
    for name, (_, code, *_) in COUNTRIES.items():
        spoken = name.upper().replace("_", " ")
        codes[spoken] = code
    codes.update((known, known) for known in sorted(_codes()))
    return codes


def _nearest(word: str, known: Iterable[str]) -> str | None:
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return near[0] if near else None


def _listed(code: str, years: Iterable[int]) -> HolidayBase:
    country, dash, part = code.partition("-")
    if country in _codes() and bool(dash) == bool(part):
        try:
            return _entity(country, part or None, years)
        except NotImplementedError:
            pass
    raise PlanError(f'holidays: unknown country "{code}"{suggest_country(code)}')


def _entity(country: str, part: str | None, years: Iterable[int]) -> HolidayBase:
    found: HolidayBase = _class_of(country)(subdiv=part, years=years)
    return found


@lru_cache(maxsize=64)
def _class_of(country: str) -> type[HolidayBase]:
    """A country's class, from its file alone.

    The library's own loader imports all 250 countries for any of them.
    """
    import holidays
    from holidays.registry import COUNTRIES

    module, (name, *_) = next(
        (module, names) for module, names in COUNTRIES.items() if country in names[1:]
    )
    path = Path(holidays.__file__).with_name("countries") / f"{module}.py"
    spec = spec_from_file_location(f"holidays_of_{module}", path)
    if spec is None or spec.loader is None:
        raise PlanError(
            f'holidays: "{country}" is listed but not installed; '
            "install the locked dependencies again"
        )
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    found: type[HolidayBase] = getattr(loaded, name)
    return found


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    from holidays.registry import EntityLoader

    # the library also answers to stock exchanges and to the names of its classes
    return frozenset(
        code for code in EntityLoader.get_country_codes() if len(code) in (2, 3)
    )


def _weekend_days(listed: HolidayBase | None, first: int, last: int) -> Iterable[int]:
    """The weekend days of one year, which is given by the ordinals of its first and last day.

    Not the library's ``weekend``, which knows neither parts (Kedah rests on Fridays) nor changes
    (Saudi Arabia's of 2013), but its answer day by day; a year that ends with the weekend it began
    with is asked for two weeks only.
    """
    if listed is None:
        return _weekly({5, 6}, first, last)

    def weekend_in(days: Iterable[int]) -> list[int]:
        return [day for day in days if listed.is_weekend(date.fromordinal(day))]

    early = set(map(_weekday, weekend_in(range(first, first + 7))))
    late = set(map(_weekday, weekend_in(range(last - 6, last + 1))))
    if early == late:
        return _weekly(early, first, last)
    return weekend_in(range(first, last + 1))


def _weekly(weekdays: Iterable[int], first: int, last: int) -> Iterator[int]:
    for weekday in weekdays:
        until_first = (weekday - _weekday(first)) % 7
        yield from range(first + until_first, last + 1, 7)


def _weekday(ordinal: int) -> int:
    """Monday is 0, as in ``date.weekday``."""
    return (ordinal + 6) % 7
