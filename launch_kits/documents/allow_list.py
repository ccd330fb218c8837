"""The allow list of templates: attributes they may read, functions they may call.

A value of the project's own types offers its fields and its properties. A list, a text or a day
offers the names listed for its type. Any other value offers nothing. Attributes that Python or
Pydantic add to a value stay out of reach, in every version.
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
from launch_kits.documents.bounds import (
    MOST,
    holds,
    made,
    once,
    spend,
    spend_on,
    spend_on_search,
    weighed,
)
from launch_kits.documents.context import TemplateContext
from launch_kits.documents.escaping import Macro
from launch_kits.documents.facts import (
    DeskEntry,
    OpenGate,
    Outlook,
    SlipLine,
    TaskFacts,
)
from launch_kits.documents.filters import Group
from launch_kits.documents.messages import ProductMessage
from launch_kits.documents.names import USES
from launch_kits.inputs.base import Model
from launch_kits.inputs.brief import Brief
from launch_kits.workdays.calendar import Calendar

__all__ = ["FUNCTIONS", "METHODS", "called", "is_ours", "parts"]

#: the project's own types, whose fields and properties a template may read
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
    DeskEntry,
    Outlook,
    OpenGate,
    SlipLine,
    Group,
    ProductMessage,
)

#: type → the methods that a template may call
METHODS: Mapping[type, frozenset[str]] = {
    Brief: frozenset({"calendar", "competitors", "holder"}),
    Calendar: frozenset({"closed_between", "count", "is_workday"}),
    str: frozenset({
        *("capitalize", "casefold", "count", "endswith", "find"),
        *("isalpha", "isdigit", "islower", "isspace", "isupper"),
        *("lower", "lstrip", "partition", "removeprefix", "removesuffix"),
        *("rpartition", "rsplit", "rstrip", "split", "splitlines"),
        *("startswith", "strip", "swapcase", "title", "upper"),
    }),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    date: frozenset({"isocalendar", "isoformat", "isoweekday", "weekday"}),
    timedelta: frozenset({"total_seconds"}),
    LoopContext: frozenset({"changed", "cycle"}),
}  # fmt: skip

#: type → the other attributes that a template may read
_VALUES: Mapping[type, frozenset[str]] = {
    date: frozenset({"day", "month", "year"}),
    datetime: frozenset({"hour", "minute"}),
    time: frozenset({"hour", "minute"}),
    timedelta: frozenset({"days", "seconds"}),
    LoopContext: frozenset({
        *("depth", "depth0", "first", "index", "index0", "last"),
        *("length", "nextitem", "previtem", "revindex", "revindex0"),
    }),
    BlockReference: frozenset({"super"}),
    Macro: frozenset({"name"}),
    _GroupTuple: frozenset({"grouper", "list"}),
}  # fmt: skip

#: methods whose results do not change during a document: called once for the same arguments
_STEADY = frozenset({
    *("attributes", "calendar", "competitors", "messages", "prices"),
    *("commitments", "desk", "problems", "questions", "quotes", "sheet", "themes"),
})  # fmt: skip
#: methods that return text of the document
_PRINTING = frozenset(
    {
        TemplateContext.clock,
        TemplateContext.fail,
        TemplateContext.gap,
        TemplateContext.hold_back,
        TemplateContext.override,
        TemplateContext.reply,
        TemplateContext.say,
        TemplateContext.sourced,
        TemplateContext.support,
    }
)
#: types with methods of our own
_OWNERS = (TemplateContext, Brief, Calendar)
#: the work of calling a method, in the units of `bounds`
_CALL = 50
#: method → the work of calling it, if it is another; a range of days may cover many years
_COSTS = {"closed_between": 20_000}
#: method → the work for each element that it is given: a source to cite, a claim to look for
_EACH = {"cite": 4, "claims": 1_000}


def _range(*limits: int) -> range:
    """Python's `range`, with at most as many numbers as a list may have."""
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


class _OwnTypes(dict[type, bool]):
    """Type → whether it is one of the project's own, found once per type."""

    def __missing__(self, kind: type) -> bool:
        own = issubclass(kind, OURS)
        self[kind] = own
        return own


class _Attributes(dict[type, Mapping[str, bool]]):
    """Type → its readable attributes, found once per type.

    Each attribute has a flag: whether it is computed, as a property is.
    """

    def __missing__(self, kind: type) -> Mapping[str, bool]:
        names = [
            name
            for base in kind.__mro__
            for listed in (METHODS, _VALUES)
            for name in listed.get(base, ())
        ]
        attributes = dict.fromkeys(names, False)
        if is_ours[kind]:
            attributes |= dict.fromkeys(_fields(kind), False)
            attributes |= dict.fromkeys(_properties(kind), True)
        self[kind] = attributes
        return attributes


is_ours = _OwnTypes()
#: type → the attributes that a template may read, and whether each is computed
parts = _Attributes()


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
    """Call a function or method for a template, and count its work.

    Returns its result. Raises SecurityError if a template may not call it.
    """
    if len(args) > 8 or len(kwargs) > 8:  # noqa: PLR2004 - the call itself covers fewer
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
    if getattr(method, "__func__", None) in _PRINTING:
        text = method(*args, **kwargs)
        spend(_CALL + len(text or ""))
        return text

    owner = method.__self__
    name = method.__name__
    kind = type(owner)
    if not _may_call(kind, name):
        raise SecurityError(f'"{name}" of a {kind.__name__} cannot be called')
    if kind not in _OWNERS:
        for value in (owner, *args, *kwargs.values()):
            weighed(value)
        if isinstance(owner, str):
            spend_on(owner)
            for value in (*args, *kwargs.values()):
                spend_on_search(owner, value)
        return made(method(*args, **kwargs))

    spend(_cost(name, args))
    if name in _STEADY and not kwargs:
        return once(owner, name, *args)
    return method(*args, **kwargs)


def _may_call(kind: type, name: str) -> bool:
    if kind is TemplateContext and name in USES:
        return True
    return any(name in METHODS.get(base, ()) for base in kind.__mro__)


def _cost(name: str, args: tuple[object, ...]) -> int:
    """The work of calling a method of our own."""
    cost = _COSTS.get(name, _CALL)
    if name in _EACH:
        elements = sum(len(some) for some in args if isinstance(some, Sized))
        cost += elements * _EACH[name]
    return cost
