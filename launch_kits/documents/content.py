"""The content of a document: the claims that it prints, the fields that it uses, and edits.

The template, styles, days, the plan and the team are no content: a change of them needs no new
approval.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from launch_kits.documents.citations import printed_in
from launch_kits.documents.dependencies import names_read
from launch_kits.documents.facts import Facts, TaskFacts
from launch_kits.documents.layout_marks import without_marks
from launch_kits.documents.output_folder import OutputFolder
from launch_kits.documents.rendering import file_stem, render
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brand import AttachedFile
from launch_kits.inputs.positioning import Alternative

__all__ = ["content_of", "digest_of", "draft_of"]

#: fields of a brief that are the team, days, tasks and the plan
_NO_CONTENT = frozenset(
    {
        "absences",
        "answer_within",
        "begin_on",
        "blackouts",
        "channel",
        "holidays",
        "kit",
        "launch",
        "launch_on",
        "release_on",
        "team",
        "timezone",
        "workdays",
    }
)

#: parts of the brand that are style, not content
_STYLE = frozenset({"colours", "dates", "font", "logo"})

#: path, such as ``brief.summary`` or ``claims.redis.w1.text`` → value, as JSON has it
Content = Mapping[str, Any]


def content_of(
    facts: Facts, task: TaskFacts, *, folder: Path, folders: Sequence[Path] = ()
) -> Content:
    """The content of a task's document, for its own audience.

    ``folder`` has the document; if a person edited it, the edited text is content too. Raises
    DocumentError if the document cannot be rendered.
    """
    template = task.template or ""
    own = replace(facts, task=task, reader=task.audience)
    names = names_read(template, folders=tuple(folders))
    content = dict(_fields(own, names))
    content |= dict(_claims(own, template, folders))
    if "overrides" in names:
        content |= dict(_leaves("sections", dict(own.overrides)))
    edited = OutputFolder(folder).edited_text(f"{file_stem(task.key)}.md")
    if edited is not None:
        plain = without_marks(edited)
        if plain != without_marks(draft_of(facts, task, folders=folders)):
            content["edited"] = edited
    return content


def draft_of(facts: Facts, task: TaskFacts, *, folders: Sequence[Path] = ()) -> str:
    """The working copy of a document, in Markdown.

    Raises DocumentError if it cannot be rendered.
    """
    own = replace(facts, task=task, reader=Audience.INTERNAL)
    return render(task.template or "", own, folders=folders)


def digest_of(content: Content) -> str:
    """Digest a content: SHA-256 of its canonical JSON, in hexadecimal."""
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _fields(facts: Facts, names: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """The fields of the brief that a template uses, and the item of the task."""
    brief = facts.brief
    whole = "brief" in names
    for name in sorted(type(brief).model_fields):
        if name not in _NO_CONTENT and (whole or f"brief.{name}" in names):
            told = _plain(getattr(brief, name))
            if name == "brand":
                told = {part: told[part] for part in told if part not in _STYLE}
            yield from _leaves(f"brief.{name}", told)
    item = facts.task.item if facts.task else None
    if item is not None and "item" in names:
        yield from _leaves("item", _plain(item))


def _claims(
    facts: Facts, template: str, folders: Sequence[Path]
) -> Iterator[tuple[str, Any]]:
    """The claims that the document prints: text, subject, visibility and sources."""
    ledgers = {
        each.key: each.ledger
        for each in facts.brief.positioning.alternatives
        if each.ledger is not None
    }
    refs = {
        f"{key}.{claim.id}": (ledger, claim)
        for key, ledger in ledgers.items()
        for _, _, claim in ledger.each()
    }
    for ref in sorted(printed_in(facts, template, list(refs), folders=folders)):
        ledger, claim = refs[ref]
        told = claim.model_dump(mode="json", by_alias=True, exclude_none=True)
        path = f"claims.{ref}"
        for name in ("answer", "ask", "quote", "they_say", "when", "values", "use"):
            if name in told:
                yield from _leaves(f"{path}.{name}", told[name])
        yield f"{path}.text", claim.text
        yield from _leaves(f"{path}.subject", told.get("subject"))
        yield from _leaves(f"{path}.visibility", _visibility(told))
        urls = {
            ledger.sources[name].url for name in claim.src if name in ledger.sources
        }
        yield f"{path}.sources", sorted(urls)


def _visibility(told: Mapping[str, Any]) -> dict[str, Any]:
    names = ("audience", "kind", "legal_review")
    return {name: told[name] for name in names if name in told}


def _plain(value: object) -> Any:  # noqa: ANN401
    """A value as JSON has it; the claims of an alternative are told by themselves."""
    if isinstance(value, Alternative):
        return value.model_dump(mode="json", by_alias=True, exclude={"claims"})
    if isinstance(value, AttachedFile):
        # the picture itself is content, and would fill the database with each version
        return {"path": value.path, "sha256": hashlib.sha256(value.data).hexdigest()}
    if isinstance(value, BaseModel):
        parts = type(value).model_fields
        return {name: _plain(getattr(value, name)) for name in parts}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return (
        value if value is None or isinstance(value, bool | int | float) else str(value)
    )


def _leaves(path: str, value: object) -> Iterator[tuple[str, Any]]:
    """The parts of a value by path; empty ones are left out."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(f"{path}.{name}", part)
    elif isinstance(value, list):
        for at, part in enumerate(value):
            key = part.get("key") if isinstance(part, dict) else None
            yield from _leaves(f"{path}.{key or at + 1}", part)
    elif value is not None:
        yield path, value
