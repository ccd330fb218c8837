"""The inputs of a document, as digests.

A digest changes if the document may have changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import meta, nodes
from pydantic import BaseModel

from launch_kits.claims.ledger_view import view_ledger
from launch_kits.claims.lines import Mark
from launch_kits.documents.engine import engine
from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.documents.names import USES
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brand import DateStyle
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.positioning import Alternative

__all__ = ["inputs_digest", "names_read", "names_used", "parts_of", "passes"]

#: method or property of a brief → the fields that it reads
_BEHIND: Mapping[str, tuple[str, ...]] = {
    "calendar": ("holidays", "blackouts", "workdays"),
    "competitors": ("positioning",),
    "holder": ("team",),
    "kit_in_place": ("kit",),
    "lead": ("team",),
    "need": ("positioning", "personas"),
    "person": ("team",),
    "released_on": ("release_on", "launch_on"),
    "slack_channel": ("channel", "launch"),
}


#: the fields of a task that tell its progress; the others belong to the plan
_PROGRESS = ("status", "float_days", "critical", "done_on")

#: inputs whose change makes no document stale: the progress of the work changes every day
_PASSING = frozenset(
    {
        "progress",
        "task.status",
        "task.float_days",
        "task.critical",
        "task.done_on",
        "feasible",
        "outlook",
        "chain",
    }
)


#: begins the names of `day_parts`
DAY = "day:"


def passes(name: str) -> bool:
    """Whether a change of an input, named as by `parts_of`, makes no document stale."""
    name = name.removesuffix("?")
    return name in _PASSING or name.partition(".")[0] in _PASSING


def inputs_digest(template: str, facts: Facts, *, folders: tuple[Path, ...]) -> str:
    """Digest all inputs of a document.

    Returns a SHA-256 digest in hexadecimal. Raises DocumentError if the template cannot be read.
    """
    parts = parts_of(template, facts, folders=folders)
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def parts_of(
    template: str, facts: Facts, *, folders: tuple[Path, ...]
) -> dict[str, str]:
    """Digest each input of a document.

    Returns the name of an input, such as ``brief.goals``, → its digest. ``template`` is the source
    of the template, ``tasks`` the plan, ``progress`` the state of its tasks, and ``the day`` all
    that a new day changes. Raises DocumentError if the template cannot be read.
    """
    parsed = list(engine(folders).parse(template))
    names = _names_of(parsed)
    parts = {name: _plain(_part(facts, name)) for name in names}
    if "tasks" in names:
        tasks = [
            {**_shallow(task), "item": getattr(task.item, "key", None)}
            for task in facts.tasks
        ]
        parts["tasks"] = [
            {key: task[key] for key in task if key not in _PROGRESS} for task in tasks
        ]
        parts["progress"] = [[task[key] for key in _PROGRESS] for task in tasks]
    if facts.brief.brand.dates is not DateStyle.DAY_FIRST:
        # filters read it, and they are no names
        parts["dates"] = facts.brief.brand.dates
    parts["template"] = [source for source, _ in parsed]
    parts["the day"] = list(_day(facts, names))
    return {name: _digest(part) for name, part in sorted(parts.items())}


def day_parts(
    template: str, facts: Facts, *, folders: tuple[Path, ...]
) -> dict[str, str]:
    """Digest each input that a new day changes: the parts of ``the day`` of `parts_of`.

    The names are ``release``, ``launch`` and ``doubts``, and ``card``, ``claims`` and ``conflicts``
    with the name of a competitor, such as ``card:Redis``. Raises DocumentError.
    """
    names = _names_of(list(engine(folders).parse(template)))
    return {f"{DAY}{name}": _digest(part) for name, part in _parts_of_day(facts, names)}


def names_read(template: str, *, folders: tuple[Path, ...]) -> frozenset[str]:
    """The inputs that a template reads, such as ``brief.goals`` and ``item``.

    Raises DocumentError if the template cannot be read.
    """
    return frozenset(_names_of(list(engine(folders).parse(template))))


def _names_of(parsed: Sequence[tuple[str, nodes.Template]]) -> set[str]:
    return set(_expanded(name for _, tree in parsed for name in _names_in(tree)))


def _shallow(task: TaskFacts) -> dict[str, object]:
    return {part.name: getattr(task, part.name) for part in fields(task)}


def _digest(part: object) -> str:
    text = json.dumps(part, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=256)
def _names_in(tree: nodes.Template) -> frozenset[str]:
    """The names that a template uses, kept: an engine keeps its trees."""
    return frozenset(names_used(tree))


def names_used(tree: nodes.Template) -> Iterator[str]:
    """The names that a template uses.

    Yields ``tasks`` if the template uses the whole value, ``brief.goals`` if it uses one part, and
    ``task?`` if it only tests whether there is a value.
    """
    seen = set()
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name):
            seen.add(id(attribute.node))
            yield f"{attribute.node.name}.{attribute.attr}"
    for name in _tested_names(tree):
        seen.add(id(name))
        yield f"{name.name}?"
    for name in tree.find_all(nodes.Name):
        if id(name) not in seen:
            yield name.name
    if None in meta.find_referenced_templates(tree):
        # the template chooses another one when it runs, and that one may use anything
        yield from ("brief", "task", "tasks")


def _tested_names(tree: nodes.Template) -> Iterator[nodes.Name]:
    for condition in tree.find_all(nodes.If):
        yield from _tested(condition.test)
    for expression in tree.find_all(nodes.CondExpr):
        yield from _tested(expression.test)


def _tested(node: nodes.Node) -> Iterator[nodes.Name]:
    """The names that a condition tests for a value, and uses no further."""
    if isinstance(node, nodes.Name):
        yield node
    elif isinstance(node, nodes.And | nodes.Or):
        yield from (*_tested(node.left), *_tested(node.right))
    elif isinstance(node, nodes.Not):
        yield from _tested(node.node)


def _expanded(used: Iterable[str]) -> Iterator[str]:
    """Replace functions and methods by the inputs that they read."""
    for name in used:
        root, _, part = name.partition(".")
        if root in USES:
            yield from USES[root]
        elif root == "brief" and part in _BEHIND:
            yield from (f"brief.{behind}" for behind in _BEHIND[part])
        elif root == "brief" and part and part not in Brief.model_fields:
            yield "brief"
        else:
            yield name


def _part(facts: Facts, name: str) -> object:
    root, _, part = name.removesuffix("?").partition(".")
    if root in ("reader", "inside"):
        return facts.audience
    if root == "draft":
        return facts.reader is Audience.INTERNAL
    if name.endswith("?"):
        return bool(_part(facts, root))
    if root == "item":
        return facts.task.item if facts.task else None
    # a new day alone does not change a document: `_day` tells the changes that it causes
    if root == "today" or not hasattr(facts, root):
        return None
    value = getattr(facts, root)
    found = getattr(value, part, None) if part else value
    # a method gives a part of its own value, such as `launch_on.isoformat()`
    return value if callable(found) else found


def _plain(value: object) -> object:
    """Convert a value to one that JSON can write."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _day(facts: Facts, names: AbstractSet[str]) -> Iterator[object]:
    """The facts that depend on the day.

    They are the valid claims and those in doubt, the stale cards, and whether the
    release and the launch have been.
    """
    if "today" in names:
        yield [facts.today >= facts.release_on, facts.today >= facts.launch_on]
    if _doubts(facts, names):
        yield _doubted(facts)
    for ledger in _ledgers(facts, names):
        yield [ledger.card.id, *_of_ledger(ledger, facts)]


def _parts_of_day(
    facts: Facts, names: AbstractSet[str]
) -> Iterator[tuple[str, object]]:
    """The same facts, each with its name."""
    if "today" in names:
        yield "release", facts.today >= facts.release_on
        yield "launch", facts.today >= facts.launch_on
    if _doubts(facts, names):
        yield "doubts", _doubted(facts)
    for ledger in _ledgers(facts, names):
        kinds = ("card", "claims", "conflicts")
        for kind, part in zip(kinds, _of_ledger(ledger, facts), strict=True):
            yield f"{kind}:{ledger.card.them}", part


def _doubts(facts: Facts, names: AbstractSet[str]) -> bool:
    """Whether a document shows claims of which one is in doubt."""
    return bool(facts.questioned and names & {"brief", "brief.positioning", "item"})


def _doubted(facts: Facts) -> list[str]:
    """The claims in doubt; those that were called wrong with their mark."""
    return sorted(
        ref if mark is Mark.QUESTIONED else f"{ref}: {mark}"
        for ref, mark in facts.questioned.items()
    )


def _of_ledger(
    ledger: Ledger, facts: Facts
) -> tuple[bool, Sequence[str], Sequence[str]]:
    """Whether its card is stale, the claims that hold, and those in conflict."""
    seen = view_ledger(ledger, today=facts.today, reader=facts.audience)
    lines = sorted(line.id for lines in seen.sections.values() for line in lines)
    return seen.stale, lines, [conflict.id for conflict in seen.conflicts]


def _ledgers(facts: Facts, names: AbstractSet[str]) -> Sequence[Ledger]:
    """The ledgers that the template uses."""
    alternatives: list[object] = []
    if names & {"brief", "brief.positioning"}:
        alternatives += facts.brief.positioning.alternatives
    elif "item" in names and facts.task:
        alternatives.append(facts.task.item)
    return [
        each.ledger
        for each in alternatives
        if isinstance(each, Alternative) and each.ledger
    ]
