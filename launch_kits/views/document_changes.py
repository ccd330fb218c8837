"""The changes of a document's content: claims, fields of the brief, edits of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from launch_kits.database.queries import events_of
from launch_kits.database.records import DocumentVersion, Event, EventVerb
from launch_kits.documents.content import content_of, draft_of
from launch_kits.documents.layout_marks import without_marks
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.views.facts import read_facts

__all__ = ["ContentChange", "changes_between", "document_changes", "versions_of"]

#: events after which the content of a document may differ
_CHANGING = (EventVerb.UPDATE, EventVerb.UPGRADE, EventVerb.ANSWER)


@dataclass(frozen=True, slots=True)
class ContentChange:
    """A part of a document's content that changed."""

    at: datetime
    #: ``claim``, ``field`` or ``edit``
    cause: str
    #: an email; None if it is not known, as for an edited file or a claim that ended
    by: str | None
    #: such as ``claims.redis.w1.text`` or ``brief.summary``
    path: str
    before: Any
    after: Any


def document_changes(
    session: Session,
    slug: str,
    key: str,
    *,
    since: datetime | None,
    now: datetime,
    documents: Path,
    folders: Sequence[Path] = (),
) -> list[ContentChange]:
    """The changes of a document's content, oldest first, with their causes.

    ``since`` leaves out earlier ones. An edit is told from the draft that was edited. Raises
    NotFound, Refused for a task without a document, and DocumentError if it cannot be rendered.
    """
    facts = read_facts(session, slug, now=now, documents=documents)
    task = next((each for each in facts.tasks if each.key == key), None)
    if task is None:
        keys = [each.key for each in facts.tasks]
        raise NotFound(f'{slug} has no task "{key}"{suggest(key, keys)}')
    if task.template is None:
        raise Refused(f'task "{key}" leaves no document; `documents {slug}` lists them')
    versions = [(each.at, each.content) for each in versions_of(session, slug, key)]
    content = content_of(facts, task, folder=documents / slug, folders=folders)
    if not versions:
        # before the first version is kept, an edit is the only change that is known
        versions.append((now, _unedited(content)))
    versions.append((now, dict(content)))
    events = [each for each in events_of(session, slug) if each.verb in _CHANGING]
    draft = draft_of(facts, task, folders=folders) if "edited" in content else None
    return [
        _from_draft(change, draft)
        for (then, before), (at, after) in pairwise(versions)
        for change in changes_between(before, after, at, _by(events, then, at))
        if since is None or change.at >= since
    ]


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], at: datetime, by: str | None
) -> Iterator[ContentChange]:
    """Yield the parts that two contents differ in, as changes by a person at an instant."""
    for path in sorted({*before, *after}):
        was = before.get(path)
        now = after.get(path)
        if was != now:
            cause = _CAUSES[path.partition(".")[0]]
            known = None if cause == "edit" else by
            yield ContentChange(at, cause, known, path, was, now)


#: first part of a path → the cause of its change
_CAUSES = {
    "brief": "field",
    "item": "field",
    "sections": "field",
    "claims": "claim",
    "edited": "edit",
}


def _by(events: Sequence[Event], after: datetime, until: datetime) -> str | None:
    """The person who changed the brief last between two instants."""
    found = [each.by for each in events if after < each.at <= until]
    return found[-1] if found else None


def versions_of(session: Session, slug: str, key: str) -> Sequence[DocumentVersion]:
    """The kept versions of a document, oldest first."""
    query = select(DocumentVersion).where(
        DocumentVersion.launch == slug, DocumentVersion.task == key
    )
    return session.exec(query.order_by(col(DocumentVersion.number))).all()


def _unedited(content: Mapping[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in content.items() if path != "edited"}


def _from_draft(change: ContentChange, draft: str | None) -> ContentChange:
    """A first edit, or one that was taken back, with the draft in the place of nothing."""
    if change.cause != "edit" or draft is None:
        return change
    plain = without_marks(draft)
    before = plain if change.before is None else change.before
    after = plain if change.after is None else change.after
    return replace(change, before=before, after=after)
