"""The operators of templates that could make something large, each measured before it is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, time, timedelta
from typing import Any

from launch_kits.documents.bounds import fits, holds, made, plain, spend_on
from launch_kits.errors import DocumentError

__all__ = ["OPERATORS", "formatted", "number_that_fits"]

#: binary digits of a whole number at most: some three hundred decimal ones
BITS = 1024
#: characters of a text with places to fill in at most
FORMAT = 1000

_LISTS = (list, tuple)
_NUMBERS = (int, float)
_DATED = (date, time, timedelta)
#: a place to fill in, with its width and its digits
_PLACE = re.compile(r"%(?:\([^()%]*\))?[-#0 +]*(\*|[0-9]*)(?:\.(\*|[0-9]*))?")


def number_that_fits(value: Any) -> Any:  # noqa: ANN401 - numbers of every kind, and spans of time
    """The number itself; raises DocumentError for a whole one that is larger than any may be."""
    if isinstance(value, int) and value.bit_length() > BITS:
        raise DocumentError(
            "a number grows longer than 300 digits; calculate with smaller ones"
        )
    return value


def _added(left: Any, right: Any) -> Any:  # noqa: ANN401 - whatever a template adds
    if _both(left, right, _NUMBERS) or _both(left, right, _DATED):
        return number_that_fits(left + right)
    if _both(left, right, (str,)):
        fits(len(left) + len(right))
        spend_on(left)
        spend_on(right)
        return left + right
    if _both(left, right, _LISTS):
        holds(len(left) + len(right))
        return made(left + right)
    raise _refused("+", left, right)


def _subtracted(left: Any, right: Any) -> Any:  # noqa: ANN401 - the same
    if _both(left, right, _NUMBERS) or _both(left, right, _DATED):
        return number_that_fits(left - right)
    raise _refused("-", left, right)


def _multiplied(left: Any, right: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(left, int):
        left, right = right, left
    if isinstance(right, int) and isinstance(left, (str, *_LISTS)):
        (fits if isinstance(left, str) else holds)(len(left) * right)
        return made(left * right)
    if _both(left, right, (*_NUMBERS, timedelta)):
        return number_that_fits(number_that_fits(left) * number_that_fits(right))
    raise _refused("*", left, right)


def _powered(left: Any, right: Any) -> Any:  # noqa: ANN401 - the same
    if not _both(left, right, _NUMBERS):
        raise _refused("**", left, right)
    if (
        isinstance(left, int)
        and isinstance(right, int)
        and left.bit_length() * right > BITS
    ):
        raise DocumentError(
            "a number grows longer than 300 digits; calculate with smaller ones"
        )
    return left**right


def _remaining(left: Any, right: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(left, str):
        return formatted(left, right)
    if _both(left, right, _NUMBERS):
        return left % right
    raise _refused("%", left, right)


def formatted(text: str, values: object) -> str:
    """A text with its places filled in, such as ``%s``.

    Raises DocumentError for more than there may be.
    """
    if len(text) > FORMAT:
        raise DocumentError(
            f"a text with places to fill in has {FORMAT:,} characters at most; join parts with ~"
        )
    if any(
        len(part or "") > 3 or part == "*"  # noqa: PLR2004
        for width in _PLACE.findall(text)
        for part in width
    ):
        raise DocumentError(
            "a place to fill in is 999 characters wide at most; write a smaller width"
        )
    if isinstance(values, Mapping):
        given: object = {key: _filling(value) for key, value in values.items()}
        parts: Collection[object] = list(given.values())  # type: ignore[attr-defined]
    else:
        parts = values if isinstance(values, tuple) else (values,)
        given = parts = tuple(_filling(part) for part in parts)
    longest = max((len(part) for part in parts if isinstance(part, str)), default=0)
    fits(text.count("%") * (longest + 1000))
    made(parts)
    result: str = text % given
    return result


def _filling(value: object) -> object:
    return number_that_fits(plain(value))


def _both(left: object, right: object, kinds: tuple[type, ...]) -> bool:
    return isinstance(left, kinds) and isinstance(right, kinds)


def _refused(sign: str, left: object, right: object) -> DocumentError:
    kinds = f"{type(left).__name__} {sign} {type(right).__name__}"
    return DocumentError(
        f"{kinds} cannot be calculated; convert one of them, or join texts with ~"
    )


OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": _added,
    "-": _subtracted,
    "*": _multiplied,
    "**": _powered,
    "%": _remaining,
}
