"""Values as text of a document, measured before they become part of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from types import NoneType

from jinja2.runtime import Undefined

from launch_kits.documents import escaping
from launch_kits.documents.bounds import fits, made, spend, spend_on
from launch_kits.documents.escaping import Markdown, escape, escaped
from launch_kits.errors import DocumentError

__all__ = ["concatenated", "joined", "plain", "printed"]

#: types whose values are printed as they are
_PLAIN = (str, int, float, NoneType, date, time, timedelta)
_CONTAINERS = (list, tuple, dict, set, frozenset)
#: characters of a text that costs nothing more to print than the expression that prints it
_LONG = 512


def printed(value: object) -> Markdown:
    """Escape a value for Markdown.

    Raises DocumentError if the value cannot be printed or is too long.
    """
    kind = type(value)
    if kind is Markdown:
        if len(value) > _LONG:  # type: ignore[arg-type]
            spend(len(value) >> 4)  # type: ignore[arg-type]
        return value  # type: ignore[return-value]
    if kind is str:
        if len(value) > _LONG:  # type: ignore[arg-type]
            # escaping a text costs more than copying it
            spend(len(value))  # type: ignore[arg-type]
            fits(len(value))  # type: ignore[arg-type]
        return escaped(value)
    return escape(plain(value))


def plain(value: object) -> object:
    """Measure a value that is to become a text.

    Returns the value, or the text of a list. Raises DocumentError if the value cannot be printed or
    is too long.
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
        return _listed(made(value))
    raise _not_printable(value)


def _not_printable(value: object) -> DocumentError:
    kind = type(value).__name__
    return DocumentError(f"a {kind} is not a text; print one of its fields")


def _listed(value: object) -> str:
    """The text of a list of plain values."""
    waiting: list[object] = [value]
    size = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, _CONTAINERS):
            waiting += one
        elif not isinstance(one, _PLAIN):
            raise _not_printable(one)
        size += len(one) if isinstance(one, str) else 8
        fits(size)
    return str(value)


def concatenated(parts: Iterable[str]) -> str:
    """Join the parts of a text that a template printed.

    Raises DocumentError if the text is too long.
    """
    found = parts if type(parts) is list else list(parts)
    fits(sum(map(len, found)))
    return "".join(found)


def joined(values: Iterable[object]) -> str:
    """Join values as ``a ~ b`` does in a template.

    Returns Markdown if one of the values is Markdown, else plain text, which is escaped when it is
    printed. Raises DocumentError if the text is too long.
    """
    parts = [part if type(part) is Markdown else plain(part) for part in values]
    fits(sum(len(part) for part in parts if isinstance(part, str)))
    return escaping.joined(parts)
