"""The operators of templates that could make a large value.

Each checks the size of its result before it makes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, time, timedelta
from typing import Any

from launch_kits.documents.bounds import fits, holds, made, spend_on
from launch_kits.documents.printing import plain
from launch_kits.errors import DocumentError

__all__ = ["OPERATORS", "formatted", "number_that_fits"]

#: the most binary digits of a whole number: about 300 decimal digits
BITS = 1024
#: the most characters of a format text such as ``%s of %s``
FORMAT = 1000
#: the most digits of a width or a precision in a format text
_WIDTH_DIGITS = 3

_LISTS = (list, tuple)
_NUMBERS = (int, float)
_DATED = (date, time, timedelta)
#: a field of a format text, with its width and its precision
_FIELD = re.compile(r"%(?:\([^()%]*\))?[-#0 +]*(\*|[0-9]*)(?:\.(\*|[0-9]*))?")


def number_that_fits(value: Any) -> Any:  # noqa: ANN401 - any number or time span
    """Check the size of a whole number.

    Returns the value, which may be of any type. Raises DocumentError if it is a whole number that
    is too large.
    """
    if isinstance(value, int) and value.bit_length() > BITS:
        raise _too_large()
    return value


def _too_large() -> DocumentError:
    return DocumentError(
        "a number grows longer than 300 digits; calculate with smaller numbers"
    )


def _added(left: Any, right: Any) -> Any:  # noqa: ANN401 - any two values
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
    if _both(left, right, (int,)) and left.bit_length() * right > BITS:
        raise _too_large()
    return left**right


def _remaining(left: Any, right: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(left, str):
        return formatted(left, right)
    if _both(left, right, _NUMBERS):
        return left % right
    raise _refused("%", left, right)


def formatted(text: str, values: object) -> str:
    """Fill in a format text such as ``%s of %s``.

    ``values`` are a mapping, a tuple or a single value. Raises DocumentError if the format or the
    result is too long.
    """
    _check_format(text)
    if isinstance(values, Mapping):
        by_name = {key: _checked(value) for key, value in values.items()}
        _check_result(text, list(by_name.values()))
        result: str = text % by_name
    else:
        parts = values if isinstance(values, tuple) else (values,)
        parts = tuple(_checked(part) for part in parts)
        _check_result(text, parts)
        result = text % parts
    return result


def _check_format(text: str) -> None:
    if len(text) > FORMAT:
        raise DocumentError(
            f"a format text has at most {FORMAT:,} characters; "
            f"join shorter texts with ~"
        )
    widths = [width for found in _FIELD.findall(text) for width in found]
    if any(width == "*" or len(width or "") > _WIDTH_DIGITS for width in widths):
        raise DocumentError(
            "a field of a format text is at most 999 characters wide; "
            "use a smaller width"
        )


def _check_result(text: str, parts: Collection[object]) -> None:
    longest = max((len(part) for part in parts if isinstance(part, str)), default=0)
    fits(text.count("%") * (longest + 1000))
    made(parts)


def _checked(value: object) -> object:
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
