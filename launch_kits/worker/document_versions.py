"""The versions of documents: recording contents, and asking for approval of new ones."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import (
    DocumentVersion,
    Launch,
    LaunchStatus,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.documents import Facts
from launch_kits.documents.content import content_of, digest_of
from launch_kits.errors import DocumentError
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line
from launch_kits.verbs.content_approval import ask_again
from launch_kits.views.as_json.documents import changes_json
from launch_kits.views.documents import changed_approvals
from launch_kits.views.facts import read_facts

__all__ = ["record_versions", "review_contents"]

LOG = logging.getLogger(__name__)


def record_versions(
    store: Store,
    facts: Facts,
    keys: Collection[str],
    *,
    settings: Settings,
    now: datetime,
) -> list[str]:
    """Record the contents of documents that differ from their last version.

    Returns the keys of their tasks. Raises DocumentError if a document cannot be rendered.
    """
    return _record(store, facts, _contents(facts, keys, settings), now=now)


def review_contents(store: Store, *, settings: Settings, now: datetime) -> None:
    """Ask the approvers of documents whose approved content has changed.

    It looks at running launches: claims end, and people edit files, without a verb. A document
    that cannot be rendered is left to the step that writes it.
    """
    query = (
        select(Task.launch)
        .join(Launch, col(Launch.slug) == col(Task.launch))
        .where(
            Launch.status == LaunchStatus.RUNNING,
            Task.status == TaskStatus.DONE,
            col(Task.template).is_not(None),
            col(Task.approver).is_not(None),
        )
    )
    with store.read() as session:
        slugs = sorted(set(session.exec(query).all()))
    for slug in slugs:
        try:
            _review(store, slug, settings=settings, now=now)
        except DocumentError as error:
            LOG.warning("approvals of %s: %s", slug, one_line(str(error)))


def _review(store: Store, slug: str, *, settings: Settings, now: datetime) -> None:
    with store.read() as session:
        facts = read_facts(session, slug, now=now, documents=settings.documents)
    keys = [task.key for task in facts.tasks if task.status == TaskStatus.DONE]
    contents = _contents(facts, keys, settings)
    _record(store, facts, contents, now=now)
    with store.read() as session:
        changed = changed_approvals(session, facts, contents)
    for each in changed:
        ask_again(
            store,
            slug,
            each.task,
            version=each.version,
            digest=each.digest,
            changes=changes_json(each.changes),
            now=now,
        )


def _contents(
    facts: Facts, keys: Collection[str], settings: Settings
) -> dict[str, Mapping[str, Any]]:
    """The present content of each document of some tasks."""
    folder = settings.documents / facts.brief.launch
    return {
        task.key: content_of(facts, task, folder=folder, folders=settings.templates)
        for task in facts.tasks
        if task.key in keys and task.template
    }


def _record(
    store: Store,
    facts: Facts,
    contents: Mapping[str, Mapping[str, Any]],
    *,
    now: datetime,
) -> list[str]:
    slug = facts.brief.launch
    recorded = []
    with store.write() as session:
        find_launch(session, slug, lock=True)
        for key, content in contents.items():
            query = select(DocumentVersion).where(
                DocumentVersion.launch == slug, DocumentVersion.task == key
            )
            last = session.exec(
                query.order_by(col(DocumentVersion.number).desc())
            ).first()
            digest = digest_of(content)
            if last is None or last.digest != digest:
                version = DocumentVersion(
                    launch=slug,
                    task=key,
                    number=last.number + 1 if last else 1,
                    digest=digest,
                    content=dict(content),
                    at=now,
                )
                session.add(version)
                recorded.append(key)
    return recorded
