"""The filters and tests of Jinja that a template may use.

Each counts its work and refuses to make a value beyond the bounds.
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

from launch_kits.documents.attributes import spend_on_paths, weigh_compared
from launch_kits.documents.bounds import (
    counted,
    fits,
    made,
    spend,
    spend_on,
    spend_on_search,
    weighed,
)
from launch_kits.documents.escaping import Markdown
from launch_kits.documents.operators import OPERATORS, formatted, number_that_fits
from launch_kits.documents.printing import plain
from launch_kits.errors import DocumentError

__all__ = ["FILTERS", "TESTS"]

#: the work of reading an attribute of an element, or of running a test or a filter on it
_EACH = 10
#: the most characters by which lines may be indented
_WIDTH = 100
#: the most digits to which a number may be rounded
_DIGITS = 30


def _of_text(function: Callable[..., object]) -> Callable[..., object]:
    """Bound a filter that returns a text of about the same length."""

    @wraps(function)
    def run(value: object, *args: object, **kwargs: object) -> object:
        text = plain(value)
        spend_on(text)
        if function is filters.do_title and isinstance(text, str):
            spend(len(text))
        return function(text, *args, **kwargs)

    return run


def _of_list(name: str, *, compares: bool = False) -> Callable[..., object]:
    """Bound a filter that looks at each element of a list once.

    A filter that ``compares`` elements looks at each of them several times.
    """
    function = filters.FILTERS[name]
    wanted = _PassArg.from_obj(function)

    @pass_context
    def run(
        context: Context, value: Iterable[object], *args: object, **kwargs: object
    ) -> object:
        elements = counted(value, 3 * _EACH if compares else _EACH)
        spend_on_paths(*args, *kwargs.values())
        if compares:
            if isinstance(elements, Iterator):
                elements = list(elements)
            weigh_compared(context.environment, name, elements, args, kwargs)
        before = _first_arguments(wanted, context)
        result = function(*before, elements, *args, **kwargs)
        # a generator of Jinja runs here, while its work is counted
        return list(result) if isinstance(result, Iterator) else result

    return run


def _first_arguments(wanted: _PassArg | None, context: Context) -> tuple[object, ...]:
    """The arguments that a filter of Jinja takes before its value."""
    if wanted is _PassArg.context:
        return (context,)
    if wanted is _PassArg.environment:
        return (context.environment,)
    if wanted is _PassArg.eval_context:
        return (context.eval_ctx,)
    return ()


@pass_context
def _mapped(
    context: Context, values: Iterable[object], *args: object, **kwargs: object
) -> object:
    spend_on_paths(*args, *kwargs.values())
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
    parts = iter(counted(values, _EACH))
    if attribute:
        spend_on_paths(attribute)
        parts = map(filters.make_attrgetter(environment, attribute), parts)
    for part in parts:
        start = OPERATORS["+"](start, part)
    return start


def _replaced(value: object, old: object, new: object, count: int = -1) -> object:
    text = _as_text(value)
    old_text = _as_text(old)
    new_text = _as_text(new)
    if isinstance(new_text, Markdown) and not isinstance(text, Markdown):
        text = Markdown.escape(text)
    # a text that is added to Markdown is escaped, which makes it at most six times as long
    growth = 6 if isinstance(text, Markdown) else 1
    spend_on_search(text, old_text)
    fits(len(text) + text.count(old_text) * len(new_text) * growth)
    result = text.replace(old_text, new_text, count)
    spend_on(text)
    spend_on(result)
    return result


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(plain(value))


def _indented(
    value: object,
    width: int | str = 4,
    first: bool = False,  # noqa: FBT002
    blank: bool = False,  # noqa: FBT002
) -> object:
    if (width if isinstance(width, int) else len(width)) > _WIDTH:
        raise DocumentError(
            f"lines are indented by at most {_WIDTH} characters; use a smaller width"
        )
    text = plain(value)
    if isinstance(text, str):
        lines = len(text.splitlines()) + 1
        # a text as the indent may be escaped, which makes it at most six times as long
        each = width if isinstance(width, int) else 6 * len(width)
        fits(len(text) + lines * each)
    spend_on(text)
    return filters.do_indent(text, width, first, blank)  # type: ignore[arg-type]


def _rounded(value: float, precision: int = 0, method: str = "common") -> float:
    if not -_DIGITS <= precision <= _DIGITS:
        raise DocumentError(
            f"a number is rounded to at most {_DIGITS} digits; use fewer"
        )
    return filters.do_round(number_that_fits(value), precision, method)  # type: ignore[arg-type]


def _whole(value: object, default: int = 0, base: int = 10) -> int:
    spend_on(value)
    number: int = number_that_fits(filters.do_int(value, default, base))
    return number


def _decimal(value: object, default: float = 0.0) -> float:
    spend_on(value)
    return filters.do_float(value, default)


def _filled(value: object, *args: object, **kwargs: object) -> str:
    text = plain(value)
    return formatted(text if isinstance(text, str) else str(text), kwargs or args)


FILTERS: Mapping[str, Callable[..., Any]] = {
    **{
        name: filters.FILTERS[name]
        for name in ("abs", "count", "d", "default", "first", "last", "length")
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
        name: _of_list(name)
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
        name: _of_list(name, compares=True)
        for name in ("dictsort", "groupby", "max", "min", "sort", "unique")
    },
    "float": _decimal,
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
        # with a text, Jinja's `%` would format it
        if not all(isinstance(each, int | float) for each in (value, *others)):
            raise DocumentError(
                f"a {type(value).__name__} is not a number; convert it with `| int`"
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
    "sameas",
    "sequence",
    "string",
    "true",
    "undefined",
)

#: Jinja's tests, which have no useful types
_JINJA_TESTS: Mapping[str, Any] = tests.TESTS

TESTS: Mapping[str, Callable[..., bool]] = {
    **{name: _JINJA_TESTS[name] for name in _KINDS},
    **{
        name: _compared(function)
        for function, names in _COMPARED.items()
        for name in names
    },
    **{name: _of_number(_JINJA_TESTS[name]) for name in ("divisibleby", "even", "odd")},
    **{name: _of_letters(_JINJA_TESTS[name]) for name in ("lower", "upper")},
}
