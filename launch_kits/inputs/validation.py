"""Input as frozen models: every fault at once, with its line and a way to mend it."""

from __future__ import annotations

import copy
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Annotated, TypeVar, Union

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from launch_kits.errors import Fault, InputError, suggest
from launch_kits.inputs.base import Model
from launch_kits.inputs.patterns import in_words
from launch_kits.inputs.yaml_source import Location, Yaml

if typing.TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["STAND_IN", "salvage", "true_faults", "validate"]

M = TypeVar("M", bound=Model)

#: takes the place of a text that is missing or wrong; a word that no one writes, fit for keys of
#: every kind
STAND_IN = "standin7d1f0c2b"
#: tried in turn for any value that is missing or wrong, so that the rest of the input can still be
#: checked
STAND_INS: tuple[object, ...] = (
    STAND_IN,
    f"{STAND_IN}@example.com",
    "UTC",
    "USD",
    "2999-01-01",
    1,
)
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

    A faulty input is given too where stand-ins can take the place of what is wrong, so that one
    reading finds the faults that only show in the whole (names that lead nowhere); None where too
    little is left.
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
            data = copy.deepcopy(data)
            faults += _faults(model, source, details)
        for detail in details:
            _stand_in(model, data, _written(data, detail["loc"]), detail)
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
    model: type[Model], source: Yaml, details: Sequence[ErrorDetails]
) -> Iterator[Fault]:
    """One fault for each slip.

    A key is not missing if it is misspelt, or if a merge was to bring it.
    """
    found = [(_written(source.data, detail["loc"]), detail) for detail in details]
    extras = [where for where, detail in found if detail["type"] == "extra_forbidden"]
    meant = {
        (*where[:-1], _meant(str(where[-1]), _model_at(model, where[:-1])))
        for where in extras
    }
    torn = {
        where[:-1]
        for where, fault in source.unread.items()
        if fault.code in ("merge", "bad-key")
    }
    told: set[Location] = set()
    for where, detail in found:
        # A value that could be of several types has a fault for each.
        if where in told:
            continue
        told.add(where)
        missing = detail["type"] == "missing" and (where in meant or where[:-1] in torn)
        if where not in source.unread and not missing:
            yield _fault(model, source, where, detail)


def _meant(key: str, model: type[Model] | None) -> str:
    """The key that a misspelt one is taken for; empty if none is near."""
    return next(iter(get_close_matches(key, _keys(model), n=1, cutoff=0.6)), "")


def _fault(
    model: type[Model], source: Yaml, where: Location, detail: ErrorDetails
) -> Fault:
    thing = ".".join(str(step) for step in where)
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _keys(_model_at(model, where[:-1]))
        hint = suggest(str(where[-1]), known) or (
            f"; known keys: {', '.join(known)}" if known else ""
        )
        return source.fault(where, "unknown-key", f'unknown key "{thing}"{hint}')
    if kind == "missing":
        return source.fault(where, "missing", f'"{thing}" is missing; add it')
    message = (
        detail["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    )
    options = _options(detail)
    if options:
        given = detail["input"]
        hint = (
            "; write it without quotes"
            if given in options
            else suggest(str(given), options)
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


def _stand_in(
    model: type[Model], data: object, where: Location, detail: ErrorDetails
) -> None:
    """Take a faulty value out of the data, or put something valid in its place."""
    parent = _around(data, where)
    if isinstance(parent, list) and isinstance(where[-1], int):
        _stand_in_element(model, parent, where[-1], where)
    if not isinstance(parent, dict):
        return
    owner, key = _model_at(model, where[:-1]), str(where[-1])
    if detail["type"] == "extra_forbidden":
        if key not in parent:
            # the value around it was faulty too, and was replaced
            return
        value = parent.pop(key)
        meant = _meant(key, owner)
        if meant and meant not in parent:
            parent[meant] = value
        return
    field = _field(owner, key) if owner else None
    entry = (
        _model_at(model, where)
        if typing.get_origin(_annotation_at(model, where[:-1])) is dict
        else None
    )
    if entry is not None:
        # An entry of a mapping, such as a role: values that name it must still find it.
        parent[key] = {
            field.alias or name: _valid_value(field) for name, field in _required(entry)
        }
    elif detail["type"] == "enum":
        options = _options(detail)
        parent[key] = next(
            iter(get_close_matches(str(detail["input"]), options, n=1)), options[0]
        )
    elif field is None or not field.is_required():
        parent.pop(key, None)
    else:
        parent[key] = _valid_value(field)


def _around(data: object, where: Location) -> object:
    """The mapping or list that a location leads into.

    Returns None if something around it was taken out already.
    """
    if not where:
        return None
    try:
        for step in where[:-1]:
            data = typing.cast("dict[str | int, object]", data)[step]
    except (KeyError, IndexError):
        return None
    return data


def _stand_in_element(
    model: type[Model], elements: list[object], index: int, where: Location
) -> None:
    """Put something valid in place of a list's element: itself without a key, where that makes it
    so.

    The list is emptied if no valid value is known.
    """
    element, kind = elements[index], _model_at(model, where)
    if isinstance(element, dict) and kind is not None:
        lesser = (
            {key: value for key, value in element.items() if key != left_out}
            for left_out in element
        )
        stand_in: object = next(
            (each for each in lesser if _is_valid(kind, each)), None
        )
    else:
        stand_in = STAND_IN if element != STAND_IN else None
    if stand_in is None:
        elements.clear()
    else:
        elements[index] = stand_in


def _is_valid(model: type[Model], value: object) -> bool:
    try:
        model.model_validate(value)
    except ValidationError:
        return False
    return True


def _required(model: type[Model]) -> list[tuple[str, FieldInfo]]:
    return [
        (name, field)
        for name, field in model.model_fields.items()
        if field.is_required()
    ]


def _valid_value(field: FieldInfo) -> object:
    from pydantic import TypeAdapter

    # not the field itself: of an alias, which it may have, a type knows nothing and Pydantic would
    # complain
    adapter: TypeAdapter[object] = TypeAdapter(
        Annotated[field.annotation, "stand-in", *field.metadata],  # type: ignore[arg-type]
    )
    for candidate in STAND_INS:
        try:
            adapter.validate_python(candidate)
        except ValidationError:
            continue
        return candidate
    return None


def _options(detail: ErrorDetails) -> list[str]:
    expected = (
        detail.get("ctx", {}).get("expected")
        if detail["type"] in ("enum", "literal_error")
        else None
    )
    return (
        [word.strip("' ") for word in str(expected).replace(" or ", ", ").split(",")]
        if expected
        else []
    )


def _written(data: object, loc: Sequence[str | int]) -> Location:
    """The location in the file.

    Pydantic's own steps (names of union members) are not written there.
    """
    where: list[str | int] = []
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(data, Mapping) and (step in data or (last and step != "[key]")):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        where.append(step)
    return tuple(where)


def _keys(model: type[Model] | None) -> list[str]:
    return (
        [field.alias or name for name, field in model.model_fields.items()]
        if model
        else []
    )


def _field(model: type[Model], key: str) -> FieldInfo | None:
    return next(
        (
            field
            for name, field in model.model_fields.items()
            if key in (name, field.alias)
        ),
        None,
    )


def _model_at(model: type[Model], where: Location) -> type[Model] | None:
    """The model that a location of the input belongs to, to name its keys in a suggestion."""
    return next(_models(_annotation_at(model, where)), None)


def _annotation_at(model: type[Model], where: Location) -> object:
    current: object = model
    for step in where:
        current = _inside(current, step)
    return current


def _inside(annotation: object, step: str | int) -> object:
    """The annotation one step further in.

    A model's field, or the same for an element of a list or mapping.
    """
    if typing.get_origin(annotation) is dict:
        return typing.get_args(annotation)[1]
    if isinstance(step, int):
        return annotation
    fields = (_field(model, step) for model in _models(annotation))
    return next((field.annotation for field in fields if field), None)


def _models(annotation: object) -> Iterator[type[Model]]:
    """The models that an annotation such as ``tuple[Task, ...] | None`` names."""
    origin = typing.get_origin(annotation)
    if (
        isinstance(annotation, type)
        and origin is None
        and issubclass(annotation, Model)
    ):
        yield annotation
    elif origin in (Union, types.UnionType, tuple, list, dict, Annotated):
        for part in typing.get_args(annotation):
            yield from _models(part)
