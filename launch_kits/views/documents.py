"""The documents of a launch: their versions, approvals and changes of content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from launch_kits.database.queries import events_of
from launch_kits.database.records import DocumentVersion, Event, EventVerb, TaskStatus
from launch_kits.documents import Facts, TaskFacts
from launch_kits.documents.content import content_of, digest_of
from launch_kits.documents.rendering import file_stem, rendered
from launch_kits.inputs.audience import Audience
from launch_kits.views.document_changes import (
    ContentChange,
    changes_between,
    versions_of,
)
from launch_kits.views.facts import read_facts, read_stale

__all__ = [
    "ChangedApproval",
    "DocumentView",
    "changed_approvals",
    "read_documents",
    "read_lacks",
]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """The document of a task, as its approver approved it and as it would be now."""

    task: str
    #: the template
    document: str
    #: None if it was not written yet
    path: Path | None
    #: counts the contents that it had
    version: int
    #: of its content now
    digest: str
    #: an email; None if no one approved a content that is known
    approved_by: str | None
    approved_at: datetime | None
    out_of_date: bool
    #: whether a person edited it
    edited: bool
    #: the places of missing parts of a document for partners or customers, such as ``press.place``
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedApproval:
    """A document whose content is no longer the approved one."""

    task: str
    #: of the content now
    version: int
    digest: str
    changes: tuple[ContentChange, ...]


def changed_approvals(
    session: Session, facts: Facts, contents: Mapping[str, Mapping[str, Any]]
) -> list[ChangedApproval]:
    """The documents that their approvers have to see again.

    ``contents`` are the present ones by task, all of them recorded. If the approved content is
    not known, as of approvals by an earlier version, the first known one counts.
    """
    slug = facts.brief.launch
    events = events_of(session, slug)
    found = []
    for task in facts.tasks:
        approval = _approval(task, events)
        content = contents.get(task.key)
        if approval is None or content is None:
            continue
        versions = versions_of(session, slug, task.key)
        approved = _approved(versions, approval) or versions[0]
        digest = digest_of(content)
        if approved.digest != digest:
            at = versions[-1].at
            changes = tuple(changes_between(approved.content, content, at, None))
            number = versions[-1].number
            found.append(ChangedApproval(task.key, number, digest, changes))
    return found


def read_documents(
    session: Session,
    slug: str,
    *,
    now: datetime,
    documents: Path,
    folders: Sequence[Path] = (),
) -> list[DocumentView]:
    """The documents of a launch, in the order of its tasks.

    Raises NotFound, and DocumentError if one cannot be rendered.
    """
    facts = read_facts(session, slug, now=now, documents=documents)
    stale = read_stale(facts, documents=documents, folders=folders)
    events = events_of(session, slug)
    folder = documents / slug
    found = []
    for task in facts.tasks:
        if task.template:
            content = content_of(facts, task, folder=folder, folders=folders)
            versions = versions_of(session, slug, task.key)
            view = _view(task, content, versions, _approval(task, events))
            path = folder / f"{file_stem(task.key)}.md"
            found.append(
                replace(
                    view,
                    path=path if path.exists() else None,
                    lacks=_lacks(facts, task, folders),
                    out_of_date=view.out_of_date
                    or (view.approved_at is None and task.key in stale),
                )
            )
    return found


def read_lacks(
    session: Session,
    slug: str,
    key: str,
    *,
    now: datetime,
    documents: Path,
    folders: Sequence[Path] = (),
) -> tuple[str, ...]:
    """The parts that the document of a task lacks for its own readers; of none, nothing.

    Raises NotFound, and DocumentError if it cannot be rendered.
    """
    facts = read_facts(session, slug, now=now, documents=documents)
    task = next((task for task in facts.tasks if task.key == key), None)
    return _lacks(facts, task, folders) if task and task.template else ()


def _lacks(facts: Facts, task: TaskFacts, folders: Sequence[Path]) -> tuple[str, ...]:
    if task.audience is Audience.INTERNAL:
        return ()
    own = replace(facts, task=task, reader=task.audience)
    return rendered(task.template or "", own, folders=folders).lacks


def _view(
    task: TaskFacts,
    content: Mapping[str, Any],
    versions: Sequence[DocumentVersion],
    approval: Event | None,
) -> DocumentView:
    """A document by its versions and its approval; without its path."""
    digest = digest_of(content)
    last = versions[-1] if versions else None
    number = last.number if last else 0
    if last is None or last.digest != digest:
        number += 1
    approved = _approved(versions, approval) if approval else None
    return DocumentView(
        task=task.key,
        document=task.template or "",
        path=None,
        version=number,
        digest=digest,
        approved_by=approval.by if approval and approved else None,
        approved_at=approval.at if approval and approved else None,
        out_of_date=approved is not None and approved.digest != digest,
        edited="edited" in content,
    )


def _approved(
    versions: Sequence[DocumentVersion], approval: Event
) -> DocumentVersion | None:
    """The version that was approved: the one that the event names, or the last before it."""
    digest = approval.data.get("content")
    known = (
        each
        for each in reversed(versions)
        if each.at <= approval.at and digest in (None, each.digest)
    )
    return next(known, None)


def _approval(task: TaskFacts, events: Sequence[Event]) -> Event | None:
    """The approval of a task that is done."""
    if task.status != TaskStatus.DONE:
        return None
    approvals = (
        each
        for each in reversed(events)
        if each.task == task.key and each.verb == EventVerb.APPROVE
    )
    return next(approvals, None)
