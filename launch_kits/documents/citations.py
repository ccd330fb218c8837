"""Usage: which documents print a claim or cite what it rests on, found by printing them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from launch_kits.documents import Facts, TaskFacts, render
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import SECTIONS, Claim, Ledger, Source
from launch_kits.inputs.positioning import Alternative

__all__ = ["Printed", "printed"]

#: what marks a claim's text; a word that nobody writes, which no format changes
MARK = "claim7d1f0c2b"
#: the fields of a claim that a document prints
TEXTS = ("claim", "they_say", "answer", "ask", "when", "subject")


@dataclass(frozen=True, slots=True)
class Printed:
    """A document that prints or cites a claim, and the readers for whom it does."""

    task: str
    template: str
    audiences: tuple[Audience, ...]


def printed(
    facts: Facts,
    refs: Collection[str],
    *,
    folders: Sequence[Path] = (),
    revived: bool = False,
) -> dict[str, list[Printed]]:
    """For each claim, such as ``redis.y4``, the documents that print it, or cite its sources, on
    the day of the facts.

    ``revived`` takes claims that have ended as if they still held, to find the documents that used
    them. Raises DocumentError.
    """
    numbers = {ref: f"{MARK}x{number}x" for number, ref in enumerate(refs)}
    marked = {
        item.key: _marked(item, numbers, revived=revived)
        for item in facts.brief.positioning.alternatives
        if item.ledger is not None
    }
    facts = _with(facts, marked)
    found: dict[str, list[Printed]] = {ref: [] for ref in refs}
    for task in facts.tasks:
        readers = (
            [reader for reader in Audience if reader.may_read(task.audience)]
            if task.template
            else []
        )
        texts = {
            reader: render(
                str(task.template), _for(facts, task, reader), folders=folders
            )
            for reader in readers
        }
        for ref, mark in numbers.items():
            seen = tuple(reader for reader, text in texts.items() if mark in text)
            if seen:
                found[ref].append(Printed(task.key, str(task.template), seen))
    return found


def _for(facts: Facts, task: TaskFacts, reader: Audience) -> Facts:
    return replace(facts, task=task, reader=reader)


def _with(facts: Facts, marked: Mapping[str, Alternative]) -> Facts:
    """The facts with other alternatives in place of theirs, in the brief and in what its tasks are about."""
    stands = facts.brief.positioning
    alternatives = tuple(marked.get(item.key, item) for item in stands.alternatives)
    positioning = stands.model_copy(update={"alternatives": alternatives})
    brief = facts.brief.model_copy(update={"positioning": positioning})
    tasks = [
        replace(task, item=marked.get(task.item.key, task.item))
        if isinstance(task.item, Alternative)
        else task
        for task in facts.tasks
    ]
    return replace(facts, brief=brief, tasks=tasks)


def _marked(
    item: Alternative, numbers: Mapping[str, str], *, revived: bool
) -> Alternative:
    ledger = item.ledger
    if ledger is None:
        return item

    def mark(claim: Claim) -> Claim:
        number = numbers.get(f"{item.key}.{claim.id}")
        if number is None:
            return claim
        return _with_mark(
            claim, number, cited=ledger.sourced(claim.src), revived=revived
        )

    sections = {name: tuple(map(mark, ledger.section(name))) for name in SECTIONS}
    # a line of the brief that a claim proves prints no word of it, but cites its sources: one of
    # them is a mark too
    marks = {
        number: Source(url=f"https://{number}.example", as_of="unknown")
        for number in numbers.values()
    }
    marked: Ledger = ledger.model_copy(
        update={**sections, "sources": {**ledger.sources, **marks}}
    )
    return item.model_copy(update={"claims": marked})


def _with_mark(claim: Claim, number: str, *, cited: bool, revived: bool) -> Claim:
    changes: dict[str, object] = {
        name: f"{number} {getattr(claim, name)}"
        for name in TEXTS
        if getattr(claim, name) is not None
    }
    if cited:
        changes["src"] = (*claim.src, number)
    if revived:
        changes |= {"status": None, "valid_until": None, "superseded_by": None}
    return claim.model_copy(update=changes)
