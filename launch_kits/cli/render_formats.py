"""Messages of `render` about formats that are not offered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from launch_kits.cli.options import say
from launch_kits.errors import Refused
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.views.rendering import Rendering

__all__ = ["say_missing"]

#: documents named in a note; more are counted
NAMED = 5


def say_missing(found: Rendering, readers: Sequence[str]) -> None:
    """Say which documents are not offered in a format.

    Raises Refused if no document was written at all; it names the documents for other ``readers``
    that have the format.
    """
    told = []
    for kind, tasks in found.missing.items():
        who = "its template does" if len(tasks) == 1 else "their templates do"
        told.append(f"no {kind} of {_named(tasks)}: {who} not offer it")
    if told and not any(found.made):
        others = [
            _to_others(kind, tasks, readers) for kind, tasks in found.elsewhere.items()
        ]
        remedy = "; ".join(others) or "every template offers md, html, pdf and docx"
        raise Refused(f"{'; '.join(told)}; {remedy}")
    for line in told:
        say(f"note: {line}")


def _named(tasks: Sequence[str]) -> str:
    return ", ".join(tasks) if len(tasks) <= NAMED else count(len(tasks), "document")


def _to_others(kind: str, tasks: Sequence[str], readers: Sequence[str]) -> str:
    """The documents that have a format, and go to other readers; the way to a copy for these."""
    what = f"has {kind}, and goes" if len(tasks) == 1 else f"have {kind}, and go"
    choice = f"{{TASK: {{audience: {readers[0]}}}}}"
    return (
        f"{_named(tasks)} {what} to no {' or '.join(readers)} readers; "
        f"for a copy that does, write `documents: {choice}` into the brief"
    )
