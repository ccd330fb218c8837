"""Dates that cannot be right: wrong weekdays, mistyped years, days off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import chain

from launch_kits.errors import Fault
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.yaml_source import Location, Yaml
from launch_kits.lint.subject import LintSubject
from launch_kits.workdays.offsets import Offset, Unit

__all__ = ["anchors", "days_off", "future_dates", "weekday_slips", "weekdays", "years"]

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DAY = (
    r"\b(?P<{0}>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\b"
)
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NUMBER = r"(?P<{0}>[0-3]?[0-9])(?:st|nd|rd|th)?\b"
_ISO = r"(?P<{0}>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\b"
#: a weekday before its date, as in ``Tuesday, 2 March 2027``, ``Tue March 2nd, 2027``, ``Tue
#: 2027-03-02``
BEFORE = re.compile(
    _DAY.format("day") + r"[.,]?\s+(?:the\s+)?(?:" + _ISO.format("iso")
    + "|" + _NUMBER.format("d1") + r"\s+(?:of\s+)?" + _MONTH.format("m1")
    + r",?\s+(?P<y1>[0-9]{4})\b"
    + "|" + _MONTH.format("m2") + r"\s+" + _NUMBER.format("d2") + r",?\s+(?P<y2>[0-9]{4})\b)",
    re.IGNORECASE,
)  # fmt: skip
#: a weekday behind its date, in brackets or as a comment, as in ``2027-03-02 (Tuesday)``,
#: ``2027-03-02  # Tue``
BEHIND = re.compile(
    _ISO.format("iso")
    + r"\s*(?:\(\s*|#\s*)"
    + _DAY.format("day")
    + r"(?=\s*(?:$|[).,;:·]))",
    re.IGNORECASE | re.MULTILINE,
)

#: years from now in which a launch can take place; beyond them a digit is wrong
REACH = 10
#: no source, price or approval is older
OLDEST = 1980
#: days that a source or review may be dated ahead; beyond them the year is wrong
SOON = 366
#: from so many days on a launch is planned suspiciously early
FAR = 3 * 366
PLANNED = ("launch_on", "release_on", "begin_on", "from", "to", "by", "workdays")
SEEN = ("verified_on", "approved_on", "as_of")
DATED = (*SEEN, "effective_on", "valid_until")


def weekdays(source: Yaml) -> Iterator[Fault]:
    """Yield dates of a file, in texts and comments, with a wrong weekday."""
    text = source.text
    for found in chain(BEFORE.finditer(text), BEHIND.finditer(text)):
        fault = _fault_of_day(found)
        if fault is None:
            continue
        code, message = fault
        line = text.count("\n", 0, found.start()) + 1
        words = " ".join(found[0].replace("#", " ").split())
        yield Fault(source.path, line, code, f'"{words}": {message}')


def _fault_of_day(found: re.Match[str]) -> tuple[str, str] | None:
    """Return code and message of an impossible date or wrong weekday."""
    try:
        day = _day_of(found.groupdict())
    except ValueError:
        return "no-such-day", "there is no such day; correct the date"
    written = found["day"].lower()
    weekday = DAYS[day.weekday()]
    if written[:3] == weekday[:3]:
        return None
    message = f"{day} is a {day:%A}; correct the weekday or the date"
    return "wrong-weekday", message


def weekday_slips(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield dates of a text with a wrong weekday, as (offset, code, message)."""
    for found in chain(BEFORE.finditer(text), BEHIND.finditer(text)):
        words = " ".join(found[0].replace("#", " ").split())
        try:
            day = _day_of(found.groupdict())
        except ValueError:
            message = f'"{words}": there is no such day; correct the date'
            yield found.start(), "no-such-day", message
            continue
        written = found["day"].lower()
        weekday = DAYS[day.weekday()]
        if written[:3] != weekday[:3]:
            message = f'"{words}": {day} is a {day:%A}; correct the weekday or the date'
            yield found.start(), "wrong-weekday", message


def _day_of(parts: Mapping[str, str | None]) -> date:
    if parts["iso"]:
        return date.fromisoformat(parts["iso"])
    # the first order of a date has the groups d1, m1 and y1, the second d2, m2 and y2
    order = "1" if parts["d1"] else "2"
    day = parts[f"d{order}"] or ""
    month = parts[f"m{order}"] or ""
    year = parts[f"y{order}"] or ""
    number = MONTHS.index(month.lower()[:3]) + 1
    return date(int(year), number, int(day))


def years(source: Yaml, *, today: date) -> Iterator[Fault]:
    """Yield dates with a mistyped year."""
    for where, key, written, year in _dates(source.data):
        if key in PLANNED and abs(year - today.year) > REACH:
            message = (
                f"{key} {written}: a launch is not planned across {REACH} years; "
                "correct the year"
            )
            yield source.fault(where, "impossible-year", message)
        elif key in DATED and not OLDEST <= year <= today.year + REACH:
            message = (
                f"{key} {written}: not within the years {OLDEST} to "
                f"{today.year + REACH}; correct the year"
            )
            yield source.fault(where, "impossible-year", message)


def _dates(
    data: object, where: Location = (), key: str = ""
) -> Iterator[tuple[Location, str, object, int]]:
    """The dates under the keys that hold some: location, key, as written, year."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            yield from _dates(value, (*where, name), name)
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _dates(value, (*where, at), key)
    elif key in PLANNED or key in DATED:
        found = re.fullmatch(r"([0-9]{4})(?:-[0-9]{2}){0,2}", str(data))
        if found:
            yield where, key, data, int(found[1])


def future_dates(source: Yaml, *, today: date) -> Iterator[Fault]:
    """Yield sources and reviews of a ledger dated over a year ahead."""
    last = (today + timedelta(SOON)).isoformat()
    for where, key, written, year in _dates(source.data):
        # a partial date is compared by its first day, which is in the text's own order
        later = key in SEEN and str(written) > last[: len(str(written))]
        if later and year <= today.year + REACH:
            message = (
                f"{key} {written} is more than a year ahead: today is {today}; "
                "correct the year"
            )
            yield source.fault(where, "future-date", message)


def anchors(subject: LintSubject) -> Iterator[Fault]:
    """Yield a launch planned suspiciously early, if its year is not wrong anyway."""
    launch_on = subject.rollout.launch_on
    begin_on = min(subject.rollout.begin_on, subject.today)
    right = all(
        abs(day.year - subject.today.year) <= REACH for day in (launch_on, begin_on)
    )
    if right and (launch_on - begin_on).days > FAR:
        message = (
            f"launch_on {launch_on} is more than three years from {begin_on}; "
            "is the year right?"
        )
        yield subject.source.fault(("launch_on",), "far-launch", message)


def days_off(subject: LintSubject) -> Iterator[Fault]:
    """Yield goals and prices dated on days off, and due days on which the owner is off.

    Due days are checked only if the launch is planned for the days of the brief: for days from the
    command line there is nothing to correct in the brief.
    """
    calendar = subject.rollout.calendars.launch
    for where, words, day in _days_of_brief(subject.brief):
        if day < subject.today or day.year - subject.today.year > REACH:
            continue
        if calendar.closed_between(day, day):
            message = (
                f"{words} {day} ({day:%A}), a holiday or blackout; use a working day"
            )
            yield subject.source.fault(where, "day-off", message)
    if subject.as_written:
        yield from _due_days_off(subject)


def _days_of_brief(brief: Brief) -> Iterator[tuple[Location, str, date]]:
    """Yield the days of goals and prices: location, words for the day, and the day."""
    for at, goal in enumerate(brief.goals):
        if goal.by is not None:
            yield ("goals", at, "by"), f'goal "{goal.metric}" is due', goal.by
    for at, price in enumerate(brief.pricing):
        if price.effective_on is not None:
            where = ("pricing", at, "effective_on")
            yield where, f'price "{price.plan}" begins', price.effective_on


def _due_days_off(subject: LintSubject) -> Iterator[Fault]:
    """Yield due days on which the owner is off, or that a holiday moves."""
    rollout = subject.rollout
    launch = rollout.calendars.launch
    for assignment, work in zip(rollout.assignments, rollout.work, strict=True):
        task = assignment.task
        if task.due is None:
            continue
        offset = Offset.parse(task.due)
        anchor = rollout.schedule.launch_day
        if task.anchor == "release":
            anchor = rollout.schedule.release_day
        day = offset.resolve(launch, anchor)
        told = f'task "{assignment.key}" is due {task.due}, on'
        if task.days and not work.own_calendar(launch, anchor).is_workday(day):
            message = (
                f"{told} {day} ({day:%A}), when its owner {assignment.owner} "
                "is off; choose another owner or an earlier due day"
            )
            yield subject.source.fault(("team", task.role), "due-on-day-off", message)
        elif offset.unit is not Unit.WORKING_DAYS:
            meant = offset.day(anchor)
            if launch.closed_between(meant, meant):
                message = (
                    f"{told} {meant} ({meant:%A}), a holiday or blackout; "
                    f"it must be done by {day}"
                )
                yield subject.source.fault(("launch_on",), "due-on-day-off", message)
