"""Finds dates and versions in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

__all__ = ["Version", "WrittenDay", "days_in", "versions_in"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<{0}>(?:19|20)\d\d)\b)"
_DATE = re.compile(
    r"(?<![\w.,])(?:(?P<iso>\d{4}-\d\d-\d\d)"
    rf"|{_DAY.format('d1')}\s+(?:of\s+)?{_MONTH.format('m1')}{_YEAR.format('y1')}?"
    rf"|{_MONTH.format('m2')}\s+{_DAY.format('d2')}\b{_YEAR.format('y2')}?)(?!\d)",
    re.IGNORECASE,
)

_NUMBERED = r"\d{1,3}(?:\.\d+)"
#: the words after a number that is an amount, or a page of several
_AMOUNT = re.compile(
    r"\s?%|\s?/\s?\d|\s+(?:million|billion|thousand|times)\b",
    re.IGNORECASE,
)
#: the words after a number without a dot that counts things, or that is a day of a month
_COUNTED = re.compile(
    r"\s+(?:of|nodes?|users?|people|clusters?|servers?|days?|hours?|years?)\b|\s+"
    + _MONTH.format("month"),
    re.IGNORECASE,
)


class WrittenDay(NamedTuple):
    """A day as a text writes it."""

    words: str
    start: int
    #: None for a day that the calendar does not have, or if no year is written
    value: date | None
    #: (month, day)
    day: tuple[int, int]
    year: int | None


class Version(NamedTuple):
    """A product with a version as a text writes it."""

    words: str
    start: int
    version: str


def days_in(text: str) -> Iterator[WrittenDay]:
    """Yield the days of a text, with and without a year."""
    for found in _DATE.finditer(text):
        if found["iso"]:
            year, month, day = map(int, found["iso"].split("-"))
        else:
            name = (found["m1"] or found["m2"]).casefold()[:3]
            month = _MONTHS.index(name) + 1 if name in _MONTHS else 12
            day = int(found["d1"] or found["d2"])
            year = int(found["y1"] or found["y2"] or 0)
        if found["m2"] and not year and found["m2"].islower():
            # "may 5", "march 3": hardly a date
            continue
        try:
            value = date(year, month, day) if year else None
        except ValueError:
            value = None
        yield WrittenDay(found[0], found.start(), value, (month, day), year or None)


def versions_in(text: str, name: str) -> Iterator[Version]:
    """Yield the versions that a text writes behind the name of a product."""
    spaced = r"\s+".join(map(re.escape, name.split()))
    # behind a line's end, only a number with a dot is a version
    pattern = re.compile(
        rf"(?<![\w-]){spaced}(?:[ \u00a0]+(?:version[ \u00a0]+|v)?(?P<v>{_NUMBERED}*)"
        rf"|\s+(?P<w>{_NUMBERED}+))(?![\w%]|\.\d)",
        re.IGNORECASE,
    )
    for found in pattern.finditer(text):
        version = found["v"] or found["w"]
        if _AMOUNT.match(text, found.end()):
            continue
        if "." in version or not _COUNTED.match(text, found.end()):
            yield Version(" ".join(found[0].split()), found.start(), version)
