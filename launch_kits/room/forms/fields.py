"""The inputs of a form, and the values that are read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from launch_kits.errors import Refused
from launch_kits.workdays.calendar import Calendar

__all__ = [
    "BETWEEN",
    "FaultyForm",
    "Field",
    "Given",
    "Snapped",
    "read_fields",
    "snapped",
]

#: between the choices of one field; no key of a task or role holds it
BETWEEN = ","
#: digits of a number
MOST_DIGITS = 6

#: the texts of a form, and the values that they mean
Texts = Mapping[str, str]
Given = Mapping[str, object]


class FaultyForm(Refused):
    """Some fields of a form are faulty; ``faults`` has a sentence for each of them."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


@dataclass(frozen=True, slots=True)
class Field:
    """An input of a form."""

    name: str
    label: str
    #: `text`, `long`, `date`, `number`, `url`, `email`, `choice`, or `many` for several choices
    kind: str = "long"
    required: bool = False
    hint: str = ""
    #: value and label of each choice
    options: Sequence[tuple[str, str]] = ()
    #: the label of making no choice
    empty: str = "no one"
    #: the heading of the fields that belong together
    group: str = ""
    #: the calendar of a day of work: a day off is moved to the working day before it
    calendar: Calendar | None = None

    def offering(self, options: Sequence[tuple[str, str]]) -> Field:
        """The field with these choices."""
        return replace(self, options=options)

    def within(self, calendar: Calendar) -> Field:
        """The field, whose day is a working day of a calendar."""
        return replace(self, calendar=calendar)


@dataclass(frozen=True, slots=True)
class Snapped:
    """A day off that was given, and the working day that is meant."""

    name: str
    given: date
    meant: date

    @property
    def weekend(self) -> bool:
        """Whether the day off is a Saturday or a Sunday."""
        return self.given.isoweekday() in (6, 7)


def read_fields(fields: Sequence[Field], texts: Texts) -> dict[str, object]:
    """Read the values of a form; an empty field is None, or no choice at all.

    Raises FaultyForm with a sentence for each field at fault.
    """
    faults: dict[str, str] = {}
    found: dict[str, object] = {}
    for field in fields:
        text = texts.get(field.name, "").strip()
        try:
            found[field.name] = _value(field, text)
        except Refused as error:
            faults[field.name] = str(error)
    if faults:
        raise FaultyForm(faults)
    return found


def _value(field: Field, text: str) -> object:
    if field.kind == "many":
        chosen = dict.fromkeys(filter(None, text.split(BETWEEN)))
        for each in chosen:
            _must_be_offered(field, each)
        return tuple(chosen)
    if not text:
        if field.required:
            raise Refused(f'"{field.label}" is empty; fill it in.')
        return None
    if field.kind == "date":
        return _day(field, text)
    if field.kind == "number":
        return _number(field, text)
    if field.kind == "choice":
        _must_be_offered(field, text)
    return text


def _must_be_offered(field: Field, text: str) -> None:
    if text not in {value for value, _ in field.options}:
        raise Refused(f'"{field.label}" has no such choice; load the page again.')


def _day(field: Field, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            f'"{field.label}" is not a day; write one like 2027-02-05.'
        ) from None


def _number(field: Field, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise Refused(f'"{field.label}" is not a whole number; write one like 3.')
    return int(text)


def snapped(
    fields: Sequence[Field], texts: Texts
) -> tuple[dict[str, str], list[Snapped]]:
    """The texts with the working day before each day off, and the days that were moved.

    Raises PlanError for a day outside all calendars.
    """
    moved = dict(texts)
    found = []
    for field in fields:
        if field.kind != "date" or field.calendar is None:
            continue
        try:
            day = date.fromisoformat(texts.get(field.name, ""))
        except ValueError:
            continue
        meant = field.calendar.last_on_or_before(day)
        if meant != day:
            moved[field.name] = meant.isoformat()
            found.append(Snapped(field.name, day, meant))
    return moved, found
