"""The questions for a first brief, and how each answer is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from launch_kits.inputs.patterns import slug_of
from launch_kits.inputs.team import Country, Email, Timezone
from launch_kits.inputs.yaml_builder import CONTROL
from launch_kits.settings.visible import is_blank
from launch_kits.workdays.calendar import Calendar

__all__ = [
    "Answers",
    "Holder",
    "read_attribute",
    "read_capacity",
    "read_country",
    "read_day",
    "read_email",
    "read_line",
    "read_name",
    "read_names",
    "read_person",
    "read_timezone",
]

#: as long as a product's name may be
LONGEST_NAME = 200
#: working days of a person on one day; more is a slip
MOST_CAPACITY = 10
_PERSON = re.compile(
    r"(?P<name>.*?)[\s,<]*(?P<email>[^\s<>,]+@[^\s<>,]+)>?(?:[\s,]+(?P<capacity>[0-9.]+))?"
)


class Holder(NamedTuple):
    """A person who holds a role."""

    name: str
    email: str
    #: the part of a working day for launches, if it is known
    capacity: float | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers for a first brief; texts as `read_line` gives them."""

    product: str
    kit: str
    launch_on: date
    lead: str
    email: str
    summary: str | None = None
    timezone: str = "UTC"
    holidays: str | None = None
    #: names of competitors
    competitors: tuple[str, ...] = ()
    market: str | None = None
    company: str | None = None
    goods: str | None = None
    #: the lead's, on a working day
    capacity: float | None = None
    #: role → the person who holds it instead of the lead
    people: Mapping[str, Holder] = field(default_factory=dict)
    category: str | None = None
    need: str | None = None
    benefit: str | None = None
    #: attributes that only we have, each with its value
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def launch(self) -> str:
        """The launch's short name."""
        return slug_of(self.product, otherwise="launch")

    @property
    def rivals(self) -> Mapping[str, str]:
        """The competitors' keys, by which their ledgers are called, with their names."""
        found: dict[str, str] = {}
        for name in dict.fromkeys(self.competitors):
            key = slug_of(name, otherwise="competitor")
            number = 2
            while key in found:
                key = f"{slug_of(name, otherwise='competitor')[:56]}-{number}"
                number += 1
            found[key] = name
        return found


def read_line(written: str, *, longest: int | None = None) -> str:
    """A text as one line, its spaces single.

    Raises ValueError if nothing is left to see, or a character that a file cannot hold.
    """
    if CONTROL.search(written) or any(
        "\ud800" <= letter <= "\udfff" for letter in written
    ):
        raise ValueError("control characters are not read; take them out")
    text = " ".join(written.split())
    if is_blank(text):
        raise ValueError("empty; fill it in")
    if longest is not None and len(text) > longest:
        raise ValueError(f"longer than {longest} characters; shorten it")
    return text


def read_name(written: str) -> str:
    """A name as one line of at most 200 characters; raises ValueError as `read_line` does."""
    return read_line(written, longest=LONGEST_NAME)


def read_names(written: str) -> tuple[str, ...]:
    """One name or several with semicolons between them; raises ValueError as `read_name` does."""
    parts = [part for part in written.split(";") if part.strip()]
    return tuple(map(read_name, parts or [written]))


def read_email(written: str) -> str:
    """An email; raises ValueError."""
    text = read_line(written)
    try:
        return TypeAdapter[str](Email).validate_python(text)
    except ValidationError:
        raise ValueError(
            f'"{text}" is not an email address; use a value like lead@example.com'
        ) from None


def read_capacity(written: str) -> float:
    """A part of a working day; raises ValueError."""
    try:
        found = float(read_line(written))
    except ValueError:
        found = 0
    if not 0 < found <= MOST_CAPACITY:
        raise ValueError(
            f'"{written.strip()}" is not a part of a working day; use a value like 0.5'
        )
    return found


def read_person(written: str) -> Holder:
    """A person as ``Pia <pia@example.com> 0.5``; name and capacity may be left out.

    Raises ValueError.
    """
    found = _PERSON.fullmatch(read_line(written))
    if found is None:
        raise ValueError(
            f'"{written.strip()}" names no person; use a value like '
            "Pia <pia@example.com>, with 0.5 behind it for half of each day"
        )
    email = read_email(found["email"])
    name = found["name"].strip(" ,<") or email.partition("@")[0]
    capacity = found["capacity"]
    return Holder(read_name(name), email, read_capacity(capacity) if capacity else None)


def read_attribute(written: str) -> tuple[str, str]:
    """An attribute with its value, as ``attribute: value``; raises ValueError."""
    text, colon, value = read_line(written).partition(": ")
    if not colon or not text.strip() or not value.strip():
        raise ValueError(
            f'"{written.strip()}" has no value; use a value like '
            "Permissive licence: Legal reads it once"
        )
    return text.strip(), value.strip()


def read_timezone(written: str) -> str:
    """An IANA time zone; raises ValueError with a suggestion."""
    return _read(TypeAdapter(Timezone), written)


def read_country(written: str) -> str:
    """An ISO country, or a part of one; raises ValueError with a suggestion."""
    return _read(TypeAdapter(Country), written)


def _read(adapter: TypeAdapter[str], written: str) -> str:
    try:
        return adapter.validate_python(read_line(written))
    except ValidationError as error:
        raise ValueError(
            error.errors()[0]["msg"].removeprefix("Value error, ")
        ) from None


def read_day(day: date, *, holidays: str | None, today: date) -> date:
    """A launch day.

    Raises ValueError for one that is past or not worked on, PlanError beyond the calendars.
    """
    calendar = Calendar(country=holidays)
    if day < today:
        raise ValueError(f"{day} is past; name a day to come")
    if not calendar.is_workday(day):
        near = calendar.next_on_or_after(day)
        raise ValueError(
            f"{day} ({day:%A}) is not a working day; {near} ({near:%A}) is the next one"
        )
    return day
