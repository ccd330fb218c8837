"""The documents of a launch by readers and formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from launch_kits.documents import Facts, TaskFacts, formats_of
from launch_kits.inputs.audience import Audience

__all__ = ["documents_for", "not_offered", "offered_to_others"]


def not_offered(
    facts: Facts,
    *,
    formats: Sequence[str],
    audiences: Sequence[Audience] = (Audience.INTERNAL,),
    only: str | None = None,
    folders: Sequence[Path] = (),
) -> dict[str, list[str]]:
    """The documents that are left out because of their format.

    Returns format → keys of the tasks whose template does not offer it.
    """
    missing: dict[str, list[str]] = {}
    documents = documents_for(facts, audiences=audiences, only=only)
    templates = {task.key: task.template or "" for _, task in documents}
    for key, template in templates.items():
        for name in set(formats).difference(formats_of(template, folders=folders)):
            missing.setdefault(name, []).append(key)
    return missing


def offered_to_others(
    facts: Facts,
    *,
    formats: Sequence[str],
    audiences: Sequence[Audience],
    folders: Sequence[Path] = (),
) -> dict[str, list[str]]:
    """The documents that these audiences may not read, by the formats in which they are offered.

    Returns format → keys of their tasks.
    """
    found: dict[str, list[str]] = {}
    for task in facts.tasks:
        if task.template and not any(
            each.may_read(task.audience) for each in audiences
        ):
            for name in set(formats).intersection(
                formats_of(task.template, folders=folders)
            ):
                found.setdefault(name, []).append(task.key)
    return found


def documents_for(
    facts: Facts, *, audiences: Sequence[Audience], only: str | None
) -> Iterator[tuple[Audience, TaskFacts]]:
    """Each audience with each task whose document it reads."""
    for audience in audiences:
        for task in facts.tasks:
            wanted = task.template and only in (None, task.key)
            if wanted and audience.may_read(task.audience):
                yield audience, task
