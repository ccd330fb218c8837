"""The faults of a brief that a form changed, by the fields of the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.references import brief_faults
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.room.forms.fields import FaultyForm
from launch_kits.views.notices.text import capitalize
from launch_kits.workdays.in_words import days_in

__all__ = ["Place", "checked_brief"]

#: the part of a place by which the model tells a ledger in the brief from a file
IN_PLACE = "in_place"
#: a place in a brief
Place = tuple[str | int, ...]


def checked_brief(
    data: Mapping[str, Any], places: Mapping[Place, str], *, first: str, before: Brief
) -> Brief:
    """The brief of a form, validated; ``places`` have the field of each of its places.

    Raises FaultyForm for faults that the brief ``before`` did not have; one of no field is told at
    the ``first``.
    """
    try:
        brief = Brief.kept(data)
    except ValidationError as error:
        found = (
            (_field_of(places, each["loc"]), each["msg"].removeprefix("Value error, "))
            for each in error.errors()
        )
        raise FaultyForm(_told(found, first)) from None
    # the "lines" of the brief are the fields of the form
    lines = {place: number for number, place in enumerate(places)}
    fields = [*places.values()]
    faults = brief_faults(brief, {"brief": Yaml("brief", data, lines=lines)})
    known = {
        fault.message for fault in brief_faults(before, {"brief": Yaml("brief", {})})
    }
    new = [fault for fault in faults if fault.message not in known]
    if new:
        told = (
            (fields[fault.line] if fault.line is not None else "", fault.message)
            for fault in new
        )
        raise FaultyForm(_told(told, first))
    return brief


def _field_of(places: Mapping[Place, str], where: Place) -> str:
    """The field at a place, the first one within it, or the nearest around it; empty if none."""
    # the model names a kit or a ledger that is written in the brief by a part of its own
    where = tuple(part for part in where if part != IN_PLACE)
    inside = (name for place, name in places.items() if place[: len(where)] == where)
    around = (places.get(where[:end]) for end in range(len(where), 0, -1))
    return next(inside, "") or next(filter(None, around), "")


def _told(found: Iterable[tuple[str, str]], first: str) -> dict[str, str]:
    """Faults by field."""
    told: dict[str, str] = {}
    for name, said in found:
        sentence = f"{capitalize(days_in(said.replace('`', ''))).rstrip('.')}."
        told.setdefault(name or first, sentence)
    return told
