"""The models and fields that a location of an input belongs to."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Union

from pydantic.fields import FieldInfo

from launch_kits.inputs.base import Model
from launch_kits.inputs.yaml_source import Location

__all__ = [
    "annotation_at",
    "field_of",
    "keys_of",
    "location_in",
    "meant_key",
    "model_at",
    "options_of",
]

if typing.TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def meant_key(key: str, model: type[Model] | None) -> str:
    """The key that a misspelt one is taken for; empty if none is near."""
    return next(iter(get_close_matches(key, keys_of(model), n=1, cutoff=0.6)), "")


def options_of(detail: ErrorDetails) -> list[str]:
    """The words that a value may be, by Pydantic's account of the fault."""
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


def location_in(data: object, loc: Sequence[str | int]) -> Location:
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


def keys_of(model: type[Model] | None) -> list[str]:
    """The keys of a model as a file has them."""
    return (
        [field.alias or name for name, field in model.model_fields.items()]
        if model
        else []
    )


def field_of(model: type[Model], key: str) -> FieldInfo | None:
    """The field of a key, or None if the model has no such key."""
    return next(
        (
            field
            for name, field in model.model_fields.items()
            if key in (name, field.alias)
        ),
        None,
    )


def model_at(model: type[Model], where: Location) -> type[Model] | None:
    """The model that a location of the input belongs to, to name its keys in a suggestion."""
    return next(models_in(annotation_at(model, where)), None)


def annotation_at(model: type[Model], where: Location) -> object:
    """The annotation of the field at a location."""
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
    fields = (field_of(model, step) for model in models_in(annotation))
    return next((field.annotation for field in fields if field), None)


def models_in(annotation: object) -> Iterator[type[Model]]:
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
            yield from models_in(part)
