"""Find the documents that print or cite a claim, by printing them all.

Each claim gets a mark in its text and among its sources; a document that holds the mark uses the
claim.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from launch_kits.documents import Facts, TaskFacts, render
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.ledger import SECTIONS, Claim, Ledger
from launch_kits.inputs.positioning import Alternative
from launch_kits.inputs.source import Source

__all__ = ["Printed", "printed", "printed_in"]

#: the beginning of every mark: a word that no one writes and no format changes
MARK = "claim7d1f0c2b"
#: the fields of a claim that a document prints
TEXTS = ("claim", "they_say", "answer", "ask", "when", "subject")


@dataclass(frozen=True, slots=True)
class Printed:
    """A document that prints or cites a claim, and for which readers."""

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
    """The documents that use each claim, on the day of the facts.

    ``refs`` name the claims, such as ``redis.y4``. ``revived`` treats claims that have ended as
    valid, to find the documents that used them.

    Returns claim → documents that print it or cite its sources. Raises DocumentError if a template
    cannot be rendered.
    """
    facts, marks = _with_marks(facts, refs, revived=revived)

    found: dict[str, list[Printed]] = {ref: [] for ref in refs}
    for task in facts.tasks:
        if not task.template:
            continue
        texts = _texts(facts, task, task.template, folders)
        for ref, mark in marks.items():
            readers = tuple(reader for reader, text in texts.items() if mark in text)
            if readers:
                found[ref].append(Printed(task.key, task.template, readers))
    return found


def printed_in(
    facts: Facts, template: str, refs: Collection[str], *, folders: Sequence[Path] = ()
) -> set[str]:
    """The claims, of those named, that the document of ``facts.task`` uses for its reader.

    Raises DocumentError if the template cannot be rendered.
    """
    marked, marks = _with_marks(facts, refs)
    if marked.task is not None:
        key = marked.task.key
        task = next((each for each in marked.tasks if each.key == key), marked.task)
        marked = replace(marked, task=task)
    text = render(template, marked, folders=folders)
    return {ref for ref, mark in marks.items() if mark in text}


def _with_marks(
    facts: Facts, refs: Collection[str], *, revived: bool = False
) -> tuple[Facts, dict[str, str]]:
    """The facts with a mark in each claim, and the marks by claim."""
    marks = {ref: f"{MARK}x{number}x" for number, ref in enumerate(refs)}
    marked = {
        item.key: _marked(item, marks, revived=revived)
        for item in facts.brief.positioning.alternatives
        if item.ledger is not None
    }
    return _with_alternatives(facts, marked), marks


def _texts(
    facts: Facts, task: TaskFacts, template: str, folders: Sequence[Path]
) -> dict[Audience, str]:
    """The document of a task for each audience that may read it."""
    return {
        reader: render(
            template, replace(facts, task=task, reader=reader), folders=folders
        )
        for reader in Audience
        if reader.may_read(task.audience)
    }


def _with_alternatives(facts: Facts, marked: Mapping[str, Alternative]) -> Facts:
    """Replace alternatives in the brief and in the tasks about them."""
    positioning = facts.brief.positioning.model_copy(
        update={
            "alternatives": tuple(
                marked.get(item.key, item)
                for item in facts.brief.positioning.alternatives
            )
        }
    )
    brief = facts.brief.model_copy(update={"positioning": positioning})
    tasks = [
        replace(task, item=marked.get(task.item.key, task.item))
        if isinstance(task.item, Alternative)
        else task
        for task in facts.tasks
    ]
    return replace(facts, brief=brief, tasks=tasks)


def _marked(
    item: Alternative, marks: Mapping[str, str], *, revived: bool
) -> Alternative:
    """Put marks into the claims about an alternative."""
    ledger = item.ledger
    if ledger is None:
        return item

    def mark(claim: Claim) -> Claim:
        word = marks.get(f"{item.key}.{claim.id}")
        if word is None:
            return claim
        return _with_mark(claim, word, cited=ledger.sourced(claim.src), revived=revived)

    sections = {name: tuple(map(mark, ledger.section(name))) for name in SECTIONS}
    # a line of the brief with a claim as its proof prints no text of the claim, only its sources,
    # so each mark is the address of a source too
    sources = {
        word: Source(url=f"https://{word}.example", as_of="unknown")
        for word in marks.values()
    }
    marked: Ledger = ledger.model_copy(
        update={**sections, "sources": {**ledger.sources, **sources}}
    )
    return item.model_copy(update={"claims": marked})


def _with_mark(claim: Claim, mark: str, *, cited: bool, revived: bool) -> Claim:
    changes: dict[str, object] = {
        name: f"{mark} {getattr(claim, name)}"
        for name in TEXTS
        if getattr(claim, name) is not None
    }
    if cited:
        changes["src"] = (*claim.src, mark)
    if revived:
        changes |= {"status": None, "valid_until": None, "superseded_by": None}
    return claim.model_copy(update=changes)
