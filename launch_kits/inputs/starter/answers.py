"""The questions for a first brief, and how each answer is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from launch_kits.inputs.patterns import slug_of
from launch_kits.inputs.team import Country, Email, Timezone
from launch_kits.inputs.yaml_builder import CONTROL
from launch_kits.settings.visible import is_blank
from launch_kits.workdays.calendar import Calendar

__all__ = [
    "Answers",
    "read_country",
    "read_day",
    "read_email",
    "read_line",
    "read_name",
    "read_timezone",
]

#: as long as a product's name may be
LONGEST_NAME = 200


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
    #: name of a competitor
    competitor: str | None = None

    @property
    def launch(self) -> str:
        """The launch's short name."""
        return slug_of(self.product, otherwise="launch")

    @property
    def rival(self) -> str | None:
        """The competitor's key, by which its ledger is called."""
        return (
            slug_of(self.competitor, otherwise="competitor")
            if self.competitor
            else None
        )


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


def read_email(written: str) -> str:
    """An email; raises ValueError."""
    text = read_line(written)
    try:
        return TypeAdapter[str](Email).validate_python(text)
    except ValidationError:
        raise ValueError(
            f'"{text}" is not an email address; use a value like lead@example.com'
        ) from None


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
