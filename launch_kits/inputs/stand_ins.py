"""Stand-ins for faulty values, so that the rest of an input can still be checked."""

from __future__ import annotations

import typing
from difflib import get_close_matches
from itertools import islice
from typing import Annotated

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from launch_kits.inputs.base import Model
from launch_kits.inputs.model_paths import (
    annotation_at,
    field_of,
    meant_key,
    model_at,
    options_of,
)
from launch_kits.inputs.yaml_source import Location

__all__ = ["STAND_IN", "put_stand_in"]

if typing.TYPE_CHECKING:
    from pydantic_core import ErrorDetails

#: takes the place of a text that is missing or wrong; a word that no one writes, fit for keys of
#: every kind
STAND_IN = "standin7d1f0c2b"
#: keys of a faulty element that are left out in turn
MOST_TRIED = 50
#: tried in turn for any value that is missing or wrong, so that the rest of the input can still be
#: checked
STAND_INS: tuple[object, ...] = (
    STAND_IN,
    f"{STAND_IN}@example.com",
    "UTC",
    "USD",
    "2999-01-01",
    "2100-01-01",
    1,
)


def put_stand_in(
    model: type[Model], data: object, where: Location, detail: ErrorDetails
) -> None:
    """Take a faulty value out of the data, or put something valid in its place."""
    parent = _around(data, where)
    if isinstance(parent, list) and isinstance(where[-1], int):
        _stand_in_element(model, parent, where[-1], where)
    if not isinstance(parent, dict):
        return
    owner = model_at(model, where[:-1])
    key = str(where[-1])
    if detail["type"] == "extra_forbidden":
        if key not in parent:
            # the value around it was faulty too, and was replaced
            return
        value = parent.pop(key)
        meant = meant_key(key, owner)
        if meant and meant not in parent:
            parent[meant] = value
        return
    if detail["type"] == "missing" and key in parent:
        # a misspelt key was moved here
        return
    field = field_of(owner, key) if owner else None
    entry = (
        model_at(model, where)
        if typing.get_origin(annotation_at(model, where[:-1])) is dict
        else None
    )
    if entry is not None:
        # An entry of a mapping, such as a role: values that name it must still find it.
        parent[key] = {
            field.alias or name: _valid_value(field) for name, field in _required(entry)
        }
    elif detail["type"] == "enum":
        options = options_of(detail)
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
    """Put something valid in place of a list's element.

    That is the element without one of its keys, if that makes it valid.

    The list is emptied if no valid value is known.
    """
    element = elements[index]
    kind = model_at(model, where)
    if isinstance(element, dict) and kind is not None:
        lesser = (
            {key: value for key, value in element.items() if key != left_out}
            for left_out in islice(element, MOST_TRIED)
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
