"""Bounds to the work of a template and to the values it makes.

Work is counted and texts are measured while the template runs. No clock and no signal is used, so a
refused template is refused on every machine. Every value that a template can make large is made by
a function of this module, or is counted with `spend` before it is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date
from types import NoneType
from typing import Any, TypeVar

from pydantic import BaseModel

from launch_kits.documents.escaping import Markdown
from launch_kits.errors import DocumentError

__all__ = [
    "LONGEST",
    "MOST",
    "WORK",
    "counted",
    "fits",
    "holds",
    "made",
    "metered",
    "once",
    "spend",
    "spend_on",
    "spend_on_search",
    "weighed",
]

T = TypeVar("T")

#: the most work of one document, in units of about a quarter of a microsecond; the longest built-in
#: document takes a thirtieth
WORK = 1_000_000
#: the most characters of any text that a template makes, the document included
LONGEST = 200_000
#: the most elements of any list that a template makes, with the elements of the lists in it
MOST = 50_000

#: types whose values cost nothing to compare
_LIGHT = frozenset({bool, int, float, NoneType, date})
#: the work of looking into one element of a list whose elements are of several kinds or are lists
_LOOK = 3
#: characters of a text that costs nothing more to look at than the expression that names it
_SHORT = 64


class _Meter:
    """The work that one document may still do."""

    __slots__ = ("known", "left")

    def __init__(self, left: float) -> None:
        self.left = left
        #: the answers of properties and methods, with their owners: an owner that is kept alive
        #: does not lose its id to another value
        self.known: dict[tuple[object, ...], tuple[object, object]] = {}


#: unbounded outside of a document, for example in the test of a filter
_METER: ContextVar[_Meter] = ContextVar(
    "meter",
    default=_Meter(float("inf")),  # noqa: B039 - a meter without a bound may be shared
)


@contextmanager
def metered() -> Iterator[None]:
    """Bound the work of the body, which makes one document."""
    token = _METER.set(_Meter(WORK))
    try:
        yield
    finally:
        _METER.reset(token)


def spend(work: float) -> None:
    """Count work.

    Raises DocumentError if the document has used up its work.
    """
    meter = _METER.get()
    meter.left -= work
    if meter.left < 0:
        raise DocumentError(
            "the document takes more work than allowed; "
            "loop over fewer things, and fewer times"
        )


def fits(length: int) -> None:
    """Check the length of a text.

    Raises DocumentError if it is longer than ``LONGEST``.
    """
    if length > LONGEST:
        raise DocumentError(
            f"a text grows longer than {LONGEST:,} characters; print less"
        )


def holds(elements: int) -> None:
    """Check the number of elements of a list.

    Raises DocumentError if there are more than ``MOST``.
    """
    if elements > MOST:
        raise DocumentError(f"a list grows longer than {MOST:,} elements; collect less")


def spend_on(value: object) -> None:
    """Count the work of looking once through a text or list."""
    kind = type(value)
    if kind is str or kind is Markdown:
        if len(value) > _SHORT:  # type: ignore[arg-type]
            spend(len(value) >> 4)  # type: ignore[arg-type]
    elif isinstance(value, Sized):
        spend(len(value))


def spend_on_search(text: object, part: object) -> None:
    """Count the work of looking for a text, or for its characters, everywhere in another."""
    if isinstance(text, str) and isinstance(part, str):
        # at worst, each character of the one is compared with each of the other
        spend(len(text) * len(part) >> 10)


def once(thing: object, name: str, *args: object) -> Any:  # noqa: ANN401 - any value
    """Ask a value for a property or a method's result once per document.

    Returns the property, or the result of the method. Neither may change during the document.
    """
    known = _METER.get().known
    key = (id(thing), name, *map(id, args))
    if key not in known:
        found = getattr(thing, name)
        known[key] = ((thing, args), found(*args) if callable(found) else found)
    return known[key][1]


def counted(values: Iterable[T], cost: int) -> Iterable[T]:
    """Count the work of a loop before it runs.

    ``cost`` is the work of one turn of the loop. Returns the values, as a list if they had no
    length. Raises DocumentError if a model is given in the place of a list.
    """
    kind = type(values)
    if kind is not tuple and kind is not list and not isinstance(values, Sized):
        if hasattr(kind, "model_fields"):
            raise DocumentError(
                f"a {kind.__name__} is not a list; loop over one of its fields"
            )
        values = list(values)
    spend((len(values) + 1) * cost)  # type: ignore[arg-type]
    return values


def made(value: T) -> T:
    """Measure a list that a template made, with the lists in it.

    Returns the list. Raises DocumentError if it is too large.
    """
    _weigh(value, deep=False)
    return value


def weighed(value: T) -> T:
    """Count the work of comparing a value, with all its parts.

    Returns the value. Raises DocumentError if it is too large.
    """
    if type(value) in _LIGHT or (isinstance(value, str) and len(value) <= _SHORT):
        return value
    _weigh(value, deep=True)
    return value


def _weigh(value: object, *, deep: bool) -> None:
    """Count the elements of a value and of the values in it.

    ``deep`` looks into the project's own models and dataclasses too.
    """
    weight = 1
    # beyond the elements themselves: each one that is looked into on its own
    looks = 0
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            weight += len(one) >> 6
            continue
        held = _held(one, deep=deep)
        weight += len(held)
        holds(weight)
        kinds = set(map(type, held))
        if kinds == {str}:
            weight += sum(map(len, held)) >> 6  # type: ignore[arg-type]
        elif not kinds <= _LIGHT:
            waiting += held
            looks += len(held)
    spend(weight + _LOOK * looks)


def _held(value: object, *, deep: bool) -> Collection[object]:
    """The elements or fields of a value, one level down."""
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, Collection) and not isinstance(value, bytes):
        return value
    if deep and isinstance(value, BaseModel):
        return [getattr(value, name) for name in type(value).model_fields]
    if deep and is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return ()
