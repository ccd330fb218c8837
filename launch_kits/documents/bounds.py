"""How much a template may do: its work is counted and its texts are measured while it runs.

No clock and no signal takes part, so a template that is refused is refused on every machine.
Whatever a template can make large is made by the functions of this module, or told to `spend`
before it is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from types import NoneType
from typing import Any, TypeVar

from jinja2.runtime import Undefined
from pydantic import BaseModel

from launch_kits.documents.escaping import Markdown, escape, escaped
from launch_kits.documents.escaping import joined as markup_joined
from launch_kits.errors import DocumentError

__all__ = [
    "LONGEST",
    "MOST",
    "WORK",
    "concatenated",
    "counted",
    "fits",
    "holds",
    "joined",
    "made",
    "metered",
    "once",
    "plain",
    "printed",
    "spend",
    "spend_on",
    "weighed",
]

T = TypeVar("T")

#: what one document may cost, in units of about a quarter of a microsecond; the longest built-in
#: one takes a thirtieth
WORK = 1_000_000
#: characters of any text that a template makes, the document among them
LONGEST = 200_000
#: elements of any list that a template makes, those of the lists in it among them
MOST = 50_000

#: what is printed as it is
_PLAIN = (str, int, float, NoneType, date, time, timedelta)
_CONTAINERS = (list, tuple, dict, set, frozenset)
_LIGHT = frozenset({bool, int, float, NoneType, date})
#: characters of a text whose handling is paid for by whatever names it, or prints it
_SHORT, _LONG = 64, 512


class _Meter:
    """What is left of the work that one document may cost."""

    __slots__ = ("known", "left")

    def __init__(self, left: float) -> None:
        self.left = left
        #: what was asked of values, and what they gave; with the values, so that none takes the
        #: place of another
        self.known: dict[tuple[object, ...], tuple[object, object]] = {}


#: without bounds where no document is being made, as when a filter is tried out by itself
_METER: ContextVar[_Meter] = ContextVar("meter", default=_Meter(float("inf")))  # noqa: B039 - it has no end to near


@contextmanager
def metered() -> Iterator[None]:
    """Bounds to what is done inside, for one document."""
    token = _METER.set(_Meter(WORK))
    try:
        yield
    finally:
        _METER.reset(token)


def spend(work: float) -> None:
    """Count work; raises DocumentError where a document has done what it may."""
    meter = _METER.get()
    meter.left -= work
    if meter.left < 0:
        raise DocumentError(
            "the document takes more work than any may; loop over less, and fewer times"
        )


def fits(length: int) -> None:
    """Raises DocumentError for the length of a text that is longer than any may be."""
    if length > LONGEST:
        raise DocumentError(
            f"a text grows longer than {LONGEST:,} characters; print less"
        )


def holds(elements: int) -> None:
    """Raises DocumentError for a list that is longer than any may be."""
    if elements > MOST:
        raise DocumentError(f"a list grows longer than {MOST:,} elements; collect less")


def spend_on(value: object) -> None:
    """Count the work of looking at all of a text or list once."""
    kind = type(value)
    if kind is str or kind is Markdown:
        if len(value) > _SHORT:  # type: ignore[arg-type]
            spend(len(value) >> 4)  # type: ignore[arg-type]
    elif isinstance(value, Sized):
        spend(len(value))


def once(thing: object, name: str, *args: object) -> Any:  # noqa: ANN401 - whatever the property or method gives
    """A property of a value, or what its method gives for values that do not change, asked once a document."""
    known = _METER.get().known
    key = (id(thing), name, *map(id, args))
    if key not in known:
        found = getattr(thing, name)
        known[key] = ((thing, args), found(*args) if callable(found) else found)
    return known[key][1]


def counted(values: Iterable[T], cost: int) -> Iterable[T]:
    """What a loop runs over, its work counted beforehand; ``cost`` is that of its body."""
    kind = type(values)
    if kind is not tuple and kind is not list and not isinstance(values, Sized):
        if hasattr(kind, "model_fields"):
            raise DocumentError(
                f"a {kind.__name__} is no list; loop over one of its parts"
            )
        values = list(values)
    spend((len(values) + 1) * cost)  # type: ignore[arg-type]
    return values


def made(value: T) -> T:
    """A list that a template wrote or put together, after a look at how much it holds with all that is in it."""
    _weigh(value, deep=False)
    return value


def weighed(value: T) -> T:
    """A value that is about to be compared, its parts and theirs counted."""
    if type(value) in _LIGHT or (isinstance(value, str) and len(value) <= _SHORT):
        return value
    _weigh(value, deep=True)
    return value


def _weigh(value: object, *, deep: bool) -> None:
    """Count all that is in a value; ``deep`` looks into values of the project's own making too."""
    weight, waiting = 1, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            weight += len(one) >> 6
            continue
        held = _held(one, deep=deep)
        holds(weight := weight + len(held))
        kinds = set(map(type, held))
        if kinds == {str}:
            weight += sum(map(len, held)) >> 6  # type: ignore[arg-type]
        elif not kinds <= _LIGHT:
            waiting += held
    spend(weight)


def _held(value: object, *, deep: bool) -> Collection[object]:
    """What is in a value, one level down."""
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, Collection) and not isinstance(value, bytes):
        return value
    if deep and isinstance(value, BaseModel):
        return [getattr(value, name) for name in type(value).model_fields]
    if deep and is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return ()


def printed(value: object) -> Markdown:
    """A value as Markdown that shows it.

    Raises DocumentError for what is more than a plain value.
    """
    kind = type(value)
    if kind is Markdown:
        if len(value) > _LONG:  # type: ignore[arg-type]
            spend(len(value) >> 4)  # type: ignore[arg-type]
        return value  # type: ignore[return-value]
    if kind is str:
        if len(value) > _LONG:  # type: ignore[arg-type]
            # to escape a text costs more than to copy it
            spend(len(value))  # type: ignore[arg-type]
            fits(len(value))  # type: ignore[arg-type]
        return escaped(value)
    return escape(plain(value))


def plain(value: object) -> object:
    """A value whose text is short or measured.

    Raises DocumentError for what is more than a plain value.
    """
    if isinstance(value, str):
        spend_on(value)
        fits(len(value))
        return value
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, _CONTAINERS):
        _weigh(value, deep=False)
        return _listed(value)
    raise DocumentError(
        f"a {type(value).__name__} is more than a text; print one of its parts"
    )


def _listed(value: object) -> str:
    """A list as it is printed, where all that is in it is plain."""
    waiting: list[object] = [value]
    size = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, _CONTAINERS):
            waiting += one
        elif not isinstance(one, _PLAIN):
            raise DocumentError(
                f"a {type(one).__name__} is more than a text; print one of its parts"
            )
        size += len(one) if isinstance(one, str) else 8
        fits(size)
    return str(value)


def concatenated(parts: Iterable[str]) -> str:
    """The parts of a text that a template printed, one after the other."""
    found = parts if type(parts) is list else list(parts)
    fits(sum(map(len, found)))
    return "".join(found)


def joined(values: Iterable[object]) -> str:
    """What ``a ~ b`` gives in a template.

    Markdown where one of them is, else plain text, escaped when printed.
    """
    parts = [part if type(part) is Markdown else plain(part) for part in values]
    fits(sum(len(part) for part in parts if isinstance(part, str)))
    return markup_joined(parts)
