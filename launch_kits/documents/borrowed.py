"""Jinja's filters and tests that a template may use.

Each counts its work, and none makes more than there may be.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any

from jinja2 import filters, pass_context, pass_environment, tests
from jinja2.environment import Environment
from jinja2.runtime import Context
from jinja2.utils import _PassArg

from launch_kits.documents.bounds import counted, fits, made, plain, spend_on, weighed
from launch_kits.documents.escaping import Markdown
from launch_kits.documents.operators import OPERATORS, formatted, number_that_fits
from launch_kits.errors import DocumentError

__all__ = ["FILTERS", "TESTS"]

#: what it costs to look at an element of a list by one of its parts, or to try a test or a filter
#: on it
_EACH = 10
#: characters by which lines may be set in, and digits to which a number may be rounded, at most
_WIDTH, _DIGITS = 100, 30


def _of_text(function: Callable[..., object]) -> Callable[..., object]:
    """A filter that makes a text of about the same length."""

    @wraps(function)
    def run(value: object, *args: object, **kwargs: object) -> object:
        text = plain(value)
        spend_on(text)
        return function(text, *args, **kwargs)

    return run


def _of_list(
    function: Callable[..., object], *, compares: bool = False
) -> Callable[..., object]:
    """A filter that looks at every element of a list once, or, where it ``compares`` them, many times."""
    takes = _PassArg.from_obj(function)

    @pass_context
    def run(
        context: Context, value: Iterable[object], *args: object, **kwargs: object
    ) -> object:
        given = counted(value, 3 * _EACH if compares else _EACH)
        if compares and not args and "attribute" not in kwargs:
            given = (
                weighed(list(given)) if isinstance(given, Iterator) else weighed(given)
            )
        passed = {_PassArg.context: context, _PassArg.environment: context.environment}
        before = (
            (passed[takes],)
            if takes in passed
            else (context.eval_ctx,)[: takes is _PassArg.eval_context]
        )
        result = function(*before, given, *args, **kwargs)
        # what Jinja gives one by one, later, is made now, and counted
        return list(result) if isinstance(result, Iterator) else result

    return run


@pass_context
def _mapped(
    context: Context, values: Iterable[object], *args: object, **kwargs: object
) -> object:
    mapped = filters.do_map(  # type: ignore[call-overload]
        context, counted(values, 2 * _EACH), *args, **kwargs
    )
    return made(list(mapped))


@pass_environment
def _summed(
    environment: Environment,
    values: Iterable[object],
    attribute: str | None = None,
    start: object = 0,
) -> object:
    values = counted(values, _EACH)
    parts = (
        map(filters.make_attrgetter(environment, attribute), values)
        if attribute
        else iter(values)
    )
    for part in parts:
        start = OPERATORS["+"](start, part)
    return start


def _replaced(value: object, old: object, new: object, count: int = -1) -> object:
    text, old, new = (
        part if isinstance(part, str) else str(plain(part))
        for part in (value, old, new)
    )
    if isinstance(new, Markdown) and not isinstance(text, Markdown):
        text = Markdown.escape(text)
    # what is added to Markdown is escaped, which makes it several times as long at most
    fits(
        len(text)
        + text.count(old) * len(new) * (6 if isinstance(text, Markdown) else 1)
    )
    result = text.replace(old, new, count)
    spend_on(text)
    spend_on(result)
    return result


def _indented(
    value: object,
    width: int | str = 4,
    first: bool = False,  # noqa: FBT002
    blank: bool = False,  # noqa: FBT002
) -> object:
    if (width if isinstance(width, int) else len(width)) > _WIDTH:
        raise DocumentError(
            f"lines are set in by {_WIDTH} characters at most; write a smaller width"
        )
    text = plain(value)
    if isinstance(text, str):
        fits(
            len(text)
            + (len(text.splitlines()) + 1)
            * (width if isinstance(width, int) else 6 * len(width))
        )
    spend_on(text)
    return filters.do_indent(text, width, first, blank)  # type: ignore[arg-type]


def _rounded(value: float, precision: int = 0, method: str = "common") -> float:
    if not -_DIGITS <= precision <= _DIGITS:
        raise DocumentError(
            f"a number is rounded to {_DIGITS} digits at most; write fewer"
        )
    return filters.do_round(number_that_fits(value), precision, method)  # type: ignore[arg-type]


def _whole(value: object, default: int = 0, base: int = 10) -> int:
    spend_on(value)
    found: int = number_that_fits(filters.do_int(value, default, base))
    return found


def _filled(value: object, *args: object, **kwargs: object) -> str:
    text = plain(value)
    return formatted(text if isinstance(text, str) else str(text), kwargs or args)


FILTERS: Mapping[str, Callable[..., Any]] = {
    **{
        name: filters.FILTERS[name]
        for name in ("abs", "count", "d", "default", "first", "float", "last", "length")
    },
    **{
        name: _of_text(filters.FILTERS[name])
        for name in (
            "capitalize",
            "lower",
            "string",
            "title",
            "trim",
            "truncate",
            "upper",
            "wordcount",
        )
    },
    **{
        name: _of_list(filters.FILTERS[name])
        for name in (
            "items",
            "list",
            "reject",
            "rejectattr",
            "reverse",
            "select",
            "selectattr",
        )
    },
    **{
        name: _of_list(filters.FILTERS[name], compares=True)
        for name in ("dictsort", "groupby", "max", "min", "sort", "unique")
    },
    "format": _filled,
    "indent": _indented,
    "int": _whole,
    "map": _mapped,
    "replace": _replaced,
    "round": _rounded,
    "sum": _summed,
}


def _compared(function: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
    def run(value: object, other: object) -> bool:
        return function(weighed(value), weighed(other))

    return run


def _of_number(function: Callable[..., bool]) -> Callable[..., bool]:
    def run(value: object, *others: object) -> bool:
        # `%` would fill in the places of a text
        if not all(isinstance(each, int | float) for each in (value, *others)):
            raise DocumentError(
                f"a {type(value).__name__} is no number; convert it with `| int`"
            )
        return function(value, *others)

    return run


def _of_letters(function: Callable[[str], bool]) -> Callable[[object], bool]:
    def run(value: object) -> bool:
        text = str(plain(value))
        spend_on(text)
        return function(text)

    return run


_COMPARED: Mapping[Callable[[Any, Any], bool], tuple[str, ...]] = {
    operator.eq: ("==", "eq", "equalto"),
    operator.ne: ("!=", "ne"),
    operator.gt: (">", "gt", "greaterthan"),
    operator.ge: (">=", "ge"),
    operator.lt: ("<", "lt", "lessthan"),
    operator.le: ("<=", "le"),
    tests.test_in: ("in",),
}
_KINDS = (
    *(
        "boolean",
        "defined",
        "escaped",
        "false",
        "float",
        "integer",
        "iterable",
        "mapping",
        "none",
        "number",
    ),
    *("sameas", "sequence", "string", "true", "undefined"),
)

#: Jinja's own, whose types it does not tell
_THEIRS: Mapping[str, Any] = tests.TESTS

TESTS: Mapping[str, Callable[..., bool]] = {
    **{name: _THEIRS[name] for name in _KINDS},
    **{
        name: _compared(function)
        for function, names in _COMPARED.items()
        for name in names
    },
    **{name: _of_number(_THEIRS[name]) for name in ("divisibleby", "even", "odd")},
    **{name: _of_letters(_THEIRS[name]) for name in ("lower", "upper")},
}
