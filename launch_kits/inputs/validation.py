"""Input as frozen models: every fault at once, with its line and a way to mend it."""

from __future__ import annotations

import copy
import typing
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import ValidationError

from launch_kits.errors import Fault, InputError, Suggestions
from launch_kits.inputs.base import Model
from launch_kits.inputs.model_paths import (
    keys_of,
    location_in,
    meant_key,
    model_at,
    options_of,
)
from launch_kits.inputs.patterns import in_words
from launch_kits.inputs.stand_ins import STAND_IN, put_stand_in
from launch_kits.inputs.yaml_source import Location, Yaml

if typing.TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["salvage", "true_faults", "validate"]

M = TypeVar("M", bound=Model)

#: slips of one input beyond which the rest of it is not looked at
MOST_SLIPS = 1_000
#: unknown keys of one input for which a known one is sought that may be meant
MOST_MEANT = 200

#: fault and remedy, for messages of Pydantic that name types of Python
WORDS: Mapping[str, str] = {
    "date_from_datetime_inexact": "not a date; use a value like 2027-03-02",
    "date_from_datetime_parsing": "not a date; use a value like 2027-03-02",
    "date_type": "not a date; use a value like 2027-03-02",
    "dict_type": "not a mapping; write `key: value` lines",
    "finite_number": "not a finite number; use a value like 12.5",
    "bool_parsing": "neither true nor false; use one of them",
    "bool_type": "neither true nor false; use one of them",
    "float_parsing": "not a number; use a value like 12.5",
    "float_type": "not a number; use a value like 12.5",
    "int_type": "not a whole number; use a value like 3",
    "model_type": "not a mapping; write `key: value` lines",
    "string_too_short": "empty; fill it in",
    "string_type": "not a text; put a number or a date in quotes",
    "too_short": "empty; fill it in",
    "tuple_type": "not a list; use a value like [one, two]",
}


def validate(model: type[M], source: Yaml) -> M:
    """The input as a model; raises InputError with every fault and its line."""
    value, faults = salvage(model, source)
    if value is None or faults:
        raise InputError(faults)
    return value


def salvage(model: type[M], source: Yaml) -> tuple[M | None, list[Fault]]:
    """The input as a model, and its faults.

    A faulty input is given too if stand-ins can replace its faulty values, so that one reading
    finds the faults that show only in the whole (names that lead nowhere). Returns None if too
    little is left, or too much is faulty.
    """
    faults = list(_unread(source))
    if not isinstance(source.data, Mapping):
        return None, faults or [
            source.fault(
                (),
                "not-a-mapping",
                "expected `key: value` lines at the top of the file",
            )
        ]
    data: object = source.data
    renamed: dict[Location, Location] = {}
    for attempt in range(4):
        try:
            return model.model_validate(data), faults
        except ValidationError as error:
            details = [
                detail
                for detail in error.errors(include_url=False)
                if not _only_seems_short(detail)
            ]
        if attempt == 0:
            renamed = _renamed(model, source, details)
            faults += _faults(model, source, details, meant=set(renamed.values()))
        elif attempt == 1 and renamed:
            # a key that is misspelt hid the values below it
            below = [each for each in details if _below(each, renamed.values())]
            moved = _moved(source, data, renamed)
            faults += _faults(model, moved, below, meant=set())
        if len(details) > MOST_SLIPS:
            break
        if attempt == 0:
            data = copy.deepcopy(data)
        # values of misspelt keys move first, and are not missing then
        for detail in sorted(
            details, key=lambda each: each["type"] != "extra_forbidden"
        ):
            put_stand_in(model, data, location_in(data, detail["loc"]), detail)
    return None, faults


def _unread(source: Yaml) -> Iterator[Fault]:
    """The values that could not be read.

    Anchors and aliases as one fault, since a bomb has thousands of them.
    """
    anchors = [fault for fault in source.unread.values() if fault.code == "anchor"]
    more = (
        f"; {len(anchors) - 1} more follow, down to line {anchors[-1].line}"
        if len(anchors) > 1
        else ""
    )
    for fault in source.unread.values():
        if fault.code != "anchor":
            yield fault
        elif fault is anchors[0]:
            yield replace(fault, message=fault.message + more)


def true_faults(faults: Iterable[Fault]) -> list[Fault]:
    """The faults that do not follow from others, which name a stand-in."""
    return [fault for fault in faults if STAND_IN not in fault.message]


def _only_seems_short(detail: ErrorDetails) -> bool:
    """Whether a list is called too short because Pydantic counts its faulty elements out."""
    given = detail["input"]
    return (
        detail["type"] == "too_short"
        and isinstance(given, list)
        and len(given) >= detail["ctx"]["min_length"]
    )


def _faults(
    model: type[Model],
    source: Yaml,
    details: Sequence[ErrorDetails],
    *,
    meant: Collection[Location],
) -> Iterator[Fault]:
    """One fault for each slip.

    A key is not missing if it is misspelt (``meant`` are such keys), or if a merge was to bring it.
    """
    found = [(location_in(source.data, detail["loc"]), detail) for detail in details]
    torn = {
        where[:-1]
        for where, fault in source.unread.items()
        if fault.code in ("merge", "bad-key")
    }
    told: set[Location] = set()
    hints = Suggestions()
    for where, detail in found:
        # A value that could be of several types has a fault for each.
        if where in told:
            continue
        told.add(where)
        missing = detail["type"] == "missing" and (where in meant or where[:-1] in torn)
        if where not in source.unread and not missing:
            yield _fault(model, source, where, detail, hints)


def _renamed(
    model: type[Model], source: Yaml, details: Sequence[ErrorDetails]
) -> dict[Location, Location]:
    """The places of misspelt keys, each with the place that it is moved to."""
    extras = [
        location_in(source.data, detail["loc"])
        for detail in details
        if detail["type"] == "extra_forbidden"
    ]
    found: dict[Location, Location] = {}
    for where in extras[:MOST_MEANT]:
        key = meant_key(str(where[-1]), model_at(model, where[:-1]))
        if key and (*where[:-1], key) not in source.lines:
            found[where] = (*where[:-1], key)
    return found


def _below(detail: ErrorDetails, places: Collection[Location]) -> bool:
    """Whether a slip is one of the writer's own within one of the places."""
    loc = tuple(detail["loc"])
    return STAND_IN not in str(detail["input"]) and any(
        loc[: len(place)] == place for place in places
    )


def _moved(source: Yaml, data: object, renamed: Mapping[Location, Location]) -> Yaml:
    """The source with values below misspelt keys at the places that are meant."""
    lines = dict(source.lines)
    unread = dict(source.unread)
    for written, meant in renamed.items():
        depth = len(written)
        for place in [each for each in lines if each[:depth] == written]:
            lines[*meant, *place[depth:]] = lines[place]
        for place in [each for each in unread if each[:depth] == written]:
            unread[*meant, *place[depth:]] = unread[place]
    return Yaml(source.path, data, lines, unread)


def _fault(
    model: type[Model],
    source: Yaml,
    where: Location,
    detail: ErrorDetails,
    hints: Suggestions,
) -> Fault:
    thing = ".".join(str(step) for step in where)
    kind = detail["type"]
    if kind == "extra_forbidden" and detail["input"] is None and " " in str(where[-1]):
        # as `{why: It is there, or it is fun}` reads in YAML
        message = (
            f'a comma cuts the text off before "{where[-1]}"; '
            "put the whole text in quotes"
        )
        return source.fault(where, "unknown-key", message)
    if kind == "extra_forbidden":
        known = keys_of(model_at(model, where[:-1]))
        hint = hints.nearest(str(where[-1]), known) or (
            f"; known keys: {', '.join(known)}" if known else ""
        )
        return source.fault(where, "unknown-key", f'unknown key "{thing}"{hint}')
    if kind == "missing":
        return source.fault(where, "missing", f'"{thing}" is missing; add it')
    message = (
        detail["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    )
    options = options_of(detail)
    if options:
        given = detail["input"]
        hint = (
            "; write it without quotes"
            if given in options
            else hints.nearest(str(given), options)
        )
        message = f'"{given}" is not one of {", ".join(options)}{hint}'
    elif kind == "string_pattern_mismatch":
        message = f'"{detail["input"]}" {in_words(detail["ctx"]["pattern"], str(detail["input"]))}'
    elif kind == "string_too_long":
        message = f"longer than {detail['ctx']['max_length']} characters; shorten it"
    elif kind in WORDS:
        message = WORDS[kind]
    return source.fault(
        where, kind.replace("_", "-"), f"{thing}: {message}" if thing else message
    )
