"""What a document is made from, as a digest that changes when the document may have changed."""

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
from launch_kits.documents.context import USES
from launch_kits.documents.engine import engine
from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.content import Deal, Finding, Quote, Segment
from launch_kits.inputs.ledger import Ledger, Source
from launch_kits.inputs.positioning import Alternative

__all__ = ["PASSING", "inputs_digest", "names_used", "parts_of"]

#: what a brief's methods and properties look at
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


#: what of a task changes with its work alone; the rest is the plan
_PROGRESS = ("status", "float_days", "critical", "done_on")

#: parts whose change makes no document out of date: they tell how the work goes, which changes
#: every day
PASSING = frozenset(
    {
        "progress",
        "task.status",
        "task.float_days",
        "task.critical",
        "task.done_on",
        "feasible",
    }
)


def inputs_digest(template: str, facts: Facts, *, folders: tuple[Path, ...]) -> str:
    """A digest (sha256, hex); raises DocumentError for a template that cannot be read."""
    parts = parts_of(template, facts, folders=folders)
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def parts_of(
    template: str, facts: Facts, *, folders: tuple[Path, ...]
) -> dict[str, str]:
    """What a document is made from, part by part: its name (``brief.goals``) → a digest of it;
    raises DocumentError.

    ``template`` is a part, ``tasks`` the plan and ``progress`` how far it is, ``the day`` what a
    new day brings about.
    """
    read = list(engine(folders).parse(template))
    names = set(_spread(name for _, tree in read for name in _names_in(tree)))
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
    parts["template"] = [source for source, _ in read]
    parts["the day"] = list(_day(facts, names))
    return {name: _digest(part) for name, part in sorted(parts.items())}


def _shallow(task: TaskFacts) -> dict[str, object]:
    return {part.name: getattr(task, part.name) for part in fields(task)}


def _digest(part: object) -> str:
    return hashlib.sha256(
        json.dumps(part, sort_keys=True, default=str).encode()
    ).hexdigest()


@lru_cache(maxsize=256)
def _names_in(tree: nodes.Template) -> frozenset[str]:
    """The same, kept: an engine gives the same tree for the same source."""
    return frozenset(names_used(tree))


def names_used(tree: nodes.Template) -> Iterator[str]:
    """The names that a template uses.

    ``tasks``, or ``brief.goals`` and ``task?`` where a part or a test is all.
    """
    known = set()
    for taken in tree.find_all(nodes.Getattr):
        if isinstance(taken.node, nodes.Name):
            known.add(id(taken.node))
            yield f"{taken.node.name}.{taken.attr}"
    tests = [part.test for part in tree.find_all(nodes.If)] + [
        part.test for part in tree.find_all(nodes.CondExpr)
    ]
    for name in (name for test in tests for name in _tested(test)):
        known.add(id(name))
        yield f"{name.name}?"
    for name in tree.find_all(nodes.Name):
        if id(name) not in known:
            yield name.name
    if None in meta.find_referenced_templates(tree):
        # which template that is shows only when it runs: it may use anything
        yield from ("brief", "task", "tasks")


def _tested(node: nodes.Node) -> Iterator[nodes.Name]:
    """The names of which a condition asks no more than whether there is anything."""
    if isinstance(node, nodes.Name):
        yield node
    elif isinstance(node, nodes.And | nodes.Or):
        yield from (*_tested(node.left), *_tested(node.right))
    elif isinstance(node, nodes.Not):
        yield from _tested(node.node)


def _spread(used: Iterable[str]) -> Iterator[str]:
    """The names with what functions and methods look at in their place."""
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
    # a new day alone makes no new document: `_day` has what it brings about
    if root == "today" or not hasattr(facts, root):
        return None
    value = getattr(facts, root)
    return getattr(value, part, None) if part else value


def _plain(value: object) -> object:
    """A value as JSON can write it, whatever it holds."""
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
    """What the day decides.

    Which claims hold, which cards and sources are stale, what is released and told.
    """
    if "today" in names:
        yield [facts.today >= facts.release_on, facts.today >= facts.launch_on]
    for source in _own_sources(facts, names):
        yield [source.url, source.stale_on(facts.today, after_days=365)]
    for ledger in _ledgers(facts, names):
        seen = view_ledger(ledger, today=facts.today, reader=facts.audience)
        lines = sorted(line.id for lines in seen.sections.values() for line in lines)
        conflicts = [conflict.id for conflict in seen.conflicts]
        yield [ledger.card.id, seen.stale, seen.sources_stale, lines, conflicts]


def _own_sources(facts: Facts, names: AbstractSet[str]) -> Iterator[Source]:
    """The sources that the brief itself names."""
    research = facts.brief.research if names & {"brief", "brief.research"} else None
    quotes = facts.brief.quotes if names & {"brief", "brief.quotes"} else ()
    found: list[Finding | Segment | Deal | Quote] = [*quotes]
    if research:
        found += [*research.problems, *research.segments, *research.deals]
    yield from (thing.source for thing in found if thing.source)


def _ledgers(facts: Facts, names: AbstractSet[str]) -> Sequence[Ledger]:
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
