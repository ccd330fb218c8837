"""The versions of documents: recording contents, and asking for approval of new ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from launch_kits.database.isolation import each_alone
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
from launch_kits.documents.files import noted_in
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.template_folders import built_in_templates
from launch_kits.settings import Settings
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file
from launch_kits.settings.whole_file import write_whole
from launch_kits.verbs.content_approval import ask_again
from launch_kits.views.as_json.documents import changes_json
from launch_kits.views.documents import changed_approvals
from launch_kits.views.facts import read_facts

__all__ = ["record_versions", "review_contents"]

#: the most bytes of a launch's mark: a line for each file
LARGEST = 1024 * 1024


def record_versions(
    store: Store,
    facts: Facts,
    keys: Collection[str],
    *,
    settings: Settings,
    now: datetime,
) -> list[str]:
    """Record the contents of documents that differ from their last version.

    Returns the keys of their tasks. A document that cannot be rendered is passed over.
    """
    contents, _ = _contents(facts, keys, settings)
    return _record(store, facts, contents, now=now)


def review_contents(store: Store, *, settings: Settings, now: datetime) -> list[str]:
    """Ask the approvers of documents whose approved content has changed.

    It looks at running launches: claims end, and people edit files, without a verb. A launch in
    which nothing of that can have happened since the last look is skipped. Returns a problem for
    each document that cannot be rendered, and for each launch that cannot be looked at; the others
    are looked at.
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
    problems: list[str] = []

    def review(slug: str) -> None:
        mark = _mark(store, slug, settings=settings, now=now)
        if mark == _last_mark(settings, slug):
            return
        failed = _review(store, slug, settings=settings, now=now)
        problems.extend(f"{slug}: {each}" for each in failed)
        # it says the same until something changes
        _keep_mark(settings, slug, mark)

    problems += each_alone(slugs, review, doing="has approvals that were not looked at")
    return problems


def _mark(store: Store, slug: str, *, settings: Settings, now: datetime) -> str:
    """All that can change the content of a launch's documents, as one text.

    It is the launch's revision, its day (claims end), and the documents and templates with their
    times and sizes.
    """
    with store.read() as session:
        launch = find_launch(session, slug)
        zone = Brief.kept_calendar(launch.brief).zone()
        parts = [str(launch.revision), f"{now.astimezone(zone).date()}"]
    templates = (*settings.templates, built_in_templates())
    for folder in (settings.documents / slug, *templates):
        with suppress(OSError):
            for file in sorted(folder.iterdir()):
                found = file.stat()
                parts.append(f"{file.name} {found.st_mtime_ns} {found.st_size}")
    return "\n".join(parts)


def _mark_path(settings: Settings, slug: str) -> Path:
    return noted_in(settings.documents, slug) / ".reviewed"


def _last_mark(settings: Settings, slug: str) -> str | None:
    with suppress(OSError, ValueError, NotAFile, TooLarge):
        return read_file(_mark_path(settings, slug), most=LARGEST).decode()
    return None


def _keep_mark(settings: Settings, slug: str, mark: str) -> None:
    # without it the next sweep looks again
    with suppress(OSError):
        path = _mark_path(settings, slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, mark.encode())


def _review(store: Store, slug: str, *, settings: Settings, now: datetime) -> list[str]:
    with store.read() as session:
        facts = read_facts(session, slug, now=now, documents=settings.documents)
    keys = [task.key for task in facts.tasks if task.status == TaskStatus.DONE]
    contents, problems = _contents(facts, keys, settings)
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
    return problems


def _contents(
    facts: Facts, keys: Collection[str], settings: Settings
) -> tuple[dict[str, Mapping[str, Any]], list[str]]:
    """The present content of each document of some tasks, and those that cannot be rendered."""
    folder = settings.documents / facts.brief.launch
    tasks = {
        task.key: task for task in facts.tasks if task.key in keys and task.template
    }
    found: dict[str, Mapping[str, Any]] = {}

    def read(key: str) -> None:
        found[key] = content_of(
            facts, tasks[key], folder=folder, folders=settings.templates
        )

    return found, each_alone(tasks, read, doing="has a document that cannot be made")


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
