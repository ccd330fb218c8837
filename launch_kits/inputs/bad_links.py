"""Links of an input that the doors refuse, wherever its models hold them."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from launch_kits.inputs.base import LINK, PLACE, PUBLIC, Model
from launch_kits.inputs.links import public_link, source_place, web_link

__all__ = ["bad_links"]

#: mark of a field → its check, which raises ValueError with fault and remedy
_LINK_CHECKS: Mapping[str, Callable[[str], str]] = {
    LINK: web_link,
    PLACE: source_place,
    PUBLIC: public_link,
}


def bad_links(
    value: object, where: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Find the links in a value that do not lead to the web.

    Returns their places, and the fault of each.
    """
    if isinstance(value, Model):
        for name, key, check in _fields(type(value)):
            held = getattr(value, name)
            if check and isinstance(held, str):
                yield from _bad_link(held, (*where, key), check)
            else:
                yield from bad_links(held, (*where, key))
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from bad_links(held, (*where, key))
    elif isinstance(value, list | tuple):
        for index, held in enumerate(value):
            yield from bad_links(held, (*where, index))


def _bad_link(
    written: str, where: tuple[str | int, ...], check: Callable[[str], str]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    try:
        check(written)
    except ValueError as error:
        yield where, str(error)


@cache
def _fields(
    model: type[Model],
) -> list[tuple[str, str, Callable[[str], str] | None]]:
    """The fields of a model: name, key in a file, and the check of a link."""
    found = []
    for name, field in model.model_fields.items():
        marks = [
            *field.metadata,
            *(
                mark
                for part in typing.get_args(field.annotation)
                for mark in _marks(part)
            ),
        ]
        check = next(
            (check for mark, check in _LINK_CHECKS.items() if mark in marks), None
        )
        found.append((name, field.alias or name, check))
    return found


def _marks(annotation: object) -> tuple[object, ...]:
    return getattr(annotation, "__metadata__", ())
