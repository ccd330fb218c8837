"""What a template may take from a value, and what it may call: named here, and nothing else.

A value of the project's own making gives its fields and its properties; a list, a text or a day
what is listed for it; anything else nothing. What Python or Pydantic lend a value besides stays out
of reach, in whatever version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.filters import _GroupTuple
from jinja2.runtime import BlockReference, LoopContext, Undefined
from jinja2.utils import Namespace
from pydantic import BaseModel

from launch_kits.claims.ledger_view import LedgerView
from launch_kits.claims.lines import Cited, Conflict, PrintedClaim, Supersession, Value
from launch_kits.claims.proofs import Proof, Supported
from launch_kits.documents.bounds import MOST, holds, made, once, spend, weighed
from launch_kits.documents.context import USES, TemplateContext
from launch_kits.documents.escaping import Macro
from launch_kits.documents.facts import TaskFacts
from launch_kits.documents.filters import Group
from launch_kits.documents.messages import ProductMessage
from launch_kits.inputs.base import Model
from launch_kits.inputs.brief import Brief
from launch_kits.workdays.calendar import Calendar

__all__ = ["FUNCTIONS", "METHODS", "called", "is_ours", "parts"]

#: values of the project's own making, whose fields and properties a template may take
OURS = (
    Model,
    PrintedClaim,
    LedgerView,
    Cited,
    Conflict,
    Value,
    Supersession,
    Proof,
    Supported,
    TaskFacts,
    Group,
    ProductMessage,
)

#: kind of value → its methods that a template may call
METHODS: Mapping[type, frozenset[str]] = {
    Brief: frozenset({"calendar", "competitors", "holder"}),
    Calendar: frozenset({"closed_between", "count", "is_workday"}),
    str: frozenset({
        *("capitalize", "casefold", "count", "endswith", "find", "isalpha", "isdigit", "islower", "isspace", "isupper"),
        *("lower", "lstrip", "partition", "removeprefix", "removesuffix", "rpartition", "rsplit", "rstrip", "split"),
        *("splitlines", "startswith", "strip", "swapcase", "title", "upper"),
    }),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    date: frozenset({"isocalendar", "isoformat", "isoweekday", "weekday"}),
    timedelta: frozenset({"total_seconds"}),
    LoopContext: frozenset({"changed", "cycle"}),
}  # fmt: skip

#: kind of value → what else a template may take from it
_VALUES: Mapping[type, frozenset[str]] = {
    date: frozenset({"day", "month", "year"}),
    datetime: frozenset({"hour", "minute"}),
    time: frozenset({"hour", "minute"}),
    timedelta: frozenset({"days", "seconds"}),
    LoopContext: frozenset({
        *("depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem", "revindex"),
        "revindex0",
    }),
    BlockReference: frozenset({"super"}),
    Macro: frozenset({"name"}),
    _GroupTuple: frozenset({"grouper", "list"}),
}  # fmt: skip

#: methods whose answers do not change while a document is made: asked once for the same values
_STEADY = frozenset({
    *("attributes", "calendar", "competitors", "messages", "prices", "problems", "questions", "quotes", "sheet"),
})  # fmt: skip
#: methods that print something that is given to them
_WRITTEN = frozenset(
    {
        TemplateContext.clock,
        TemplateContext.fail,
        TemplateContext.gap,
        TemplateContext.reply,
        TemplateContext.say,
        TemplateContext.sourced,
        TemplateContext.support,
    }
)
#: whose methods these are
_OWNERS = (TemplateContext, Brief, Calendar)
#: what a method costs, in the units of `bounds`; a range of days may fill many years
_CALL, _COSTS = 50, {"closed_between": 20_000}
#: what each thing costs that a method is given many of: a source to cite, a claim to look for
_MANY = {"cite": 4, "claims": 1_000}


def _range(*limits: int) -> range:
    """The numbers that Python's `range` gives, no more than a list may hold."""
    numbers = range(*limits)
    try:
        holds(len(numbers))
    except OverflowError:
        holds(MOST + 1)
    return numbers


#: the functions that a template has beside those of the context
FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "namespace": Namespace,
    "range": _range,
}


class _Known(dict[type, bool]):
    """Whether values of a type are of the project's own making, asked once a type."""

    def __missing__(self, kind: type) -> bool:
        self[kind] = found = issubclass(kind, OURS)
        return found


class _Parts(dict[type, Mapping[str, bool]]):
    """What can be taken from values of a type, and whether it is worked out, as a property is.

    Once a type.
    """

    def __missing__(self, kind: type) -> Mapping[str, bool]:
        names = [
            name
            for base in kind.__mro__
            for listed in (METHODS, _VALUES)
            for name in listed.get(base, ())
        ]
        found = dict.fromkeys(names, False)
        if is_ours[kind]:
            found |= dict.fromkeys(_fields(kind), False) | dict.fromkeys(
                _properties(kind), True
            )
        self[kind] = found
        return found


is_ours = _Known()
#: type → the names that a template may take from its values, and whether they are worked out
parts = _Parts()


def _fields(kind: type) -> Iterable[str]:
    if issubclass(kind, BaseModel):
        return kind.model_fields
    if is_dataclass(kind):
        return [field.name for field in fields(kind)]
    names: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return names


def _properties(kind: type) -> Iterable[str]:
    own = [base for base in kind.__mro__ if base.__module__.startswith("launch_kits.")]
    named = {
        name
        for base in own
        for name, value in vars(base).items()
        if isinstance(value, property)
    }
    return [name for name in named if name[:1] != "_"]


def called(
    function: object, args: tuple[object, ...], kwargs: dict[str, object]
) -> object:
    """What a function or method gives that a template may call, its work counted.

    SecurityError for any other.
    """
    if len(args) > 8 or len(kwargs) > 8:  # noqa: PLR2004 - fewer are paid for by the call
        spend(len(args) + len(kwargs))
    kind = type(function)
    if kind is MethodType or kind is BuiltinMethodType:
        return _method(function, args, kwargs)
    if kind is Macro or kind is BlockReference or isinstance(function, Undefined):
        return function(*args, **kwargs)  # type: ignore[operator]
    if any(function is known for known in FUNCTIONS.values()):
        return function(*args, **kwargs)  # type: ignore[operator]
    raise SecurityError(f"a {kind.__name__} cannot be called")


def _method(method: Any, args: tuple[object, ...], kwargs: dict[str, object]) -> object:  # noqa: ANN401 - any method
    if getattr(method, "__func__", None) in _WRITTEN:
        text = method(*args, **kwargs)
        spend(_CALL + len(text or ""))
        return text
    owner, name = method.__self__, method.__name__
    kind = type(owner)
    if not (kind is TemplateContext and name in USES) and not any(
        name in METHODS.get(base, ()) for base in kind.__mro__
    ):
        raise SecurityError(f'"{name}" of a {kind.__name__} cannot be called')
    if kind not in _OWNERS:
        for value in (owner, *args):
            weighed(value)
        return made(method(*args, **kwargs))
    many = (
        sum(len(some) for some in args if isinstance(some, Sized))
        if name in _MANY
        else 0
    )
    spend(_COSTS.get(name, _CALL) + many * _MANY.get(name, 0))
    return (
        once(owner, name, *args)
        if name in _STEADY and not kwargs
        else method(*args, **kwargs)
    )
