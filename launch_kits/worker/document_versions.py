"""Recording the versions of documents: each content is kept once it is written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import DocumentVersion
from launch_kits.database.store import Store
from launch_kits.documents import Facts
from launch_kits.documents.content import content_of, digest_of
from launch_kits.settings import Settings

__all__ = ["record_versions"]


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
    slug = facts.brief.launch
    folder = settings.documents / slug
    contents = {
        task.key: content_of(facts, task, folder=folder, folders=settings.templates)
        for task in facts.tasks
        if task.key in keys and task.template
    }
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
