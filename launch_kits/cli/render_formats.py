"""What `render` says about documents that are not offered in a format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from launch_kits.cli.options import say
from launch_kits.errors import Refused
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.documents import Facts
    from launch_kits.inputs.audience import Audience

__all__ = ["say_missing"]

#: documents named in a note; more are counted
NAMED = 5


def say_missing(
    facts: Facts, chosen: Mapping[str, Any], *, nothing_written: bool
) -> None:
    """Say which tasks have no document in a format that was asked for.

    ``chosen`` are the arguments of `write` that choose documents. Raises Refused if no document was
    written at all.
    """
    from launch_kits.documents.offered import not_offered

    told = []
    for kind, tasks in not_offered(facts, **chosen).items():
        who = "its template does" if len(tasks) == 1 else "their templates do"
        told.append(f"no {kind} of {_named(tasks)}: {who} not offer it")
    if told and nothing_written:
        remedy = _for_others(facts, chosen)
        remedy = remedy or "every template offers md, html, pdf and docx"
        raise Refused(f"{'; '.join(told)}; {remedy}")
    for line in told:
        say(f"note: {line}")


def _named(tasks: Sequence[str]) -> str:
    return ", ".join(tasks) if len(tasks) <= NAMED else count(len(tasks), "document")


def _for_others(facts: Facts, chosen: Mapping[str, Any]) -> str:
    """The documents that are offered so, and go to other readers; empty without any."""
    from launch_kits.documents.offered import offered_to_others

    if chosen["only"] is not None:
        return ""
    readers = chosen["audiences"]
    found = offered_to_others(
        facts,
        formats=chosen["formats"],
        audiences=readers,
        folders=chosen["folders"],
    )
    return "; ".join(_to_others(kind, tasks, readers) for kind, tasks in found.items())


def _to_others(kind: str, tasks: Sequence[str], readers: Sequence[Audience]) -> str:
    has, goes = ("has", "goes") if len(tasks) == 1 else ("have", "go")
    choice = f"{{TASK: {{audience: {readers[0]}}}}}"
    return (
        f"{_named(tasks)} {has} {kind}, and {goes} to no {' or '.join(readers)} readers; "
        f"for a copy that does, write `documents: {choice}` into the brief"
    )
