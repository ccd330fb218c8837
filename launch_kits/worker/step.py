"""One step of a launch: open tasks, write documents, deliver notices."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import and_, update
from sqlmodel import Session, col, select

from launch_kits import outbox
from launch_kits.database.isolation import each_alone
from launch_kits.database.queries import find_launch
from launch_kits.database.records import LaunchStatus, NoticeKind, Task
from launch_kits.database.store import Store
from launch_kits.documents import Facts, TaskFacts, file_stem
from launch_kits.documents.files import KEPT, note_written, write_document
from launch_kits.documents.output_folder import OutputFolder
from launch_kits.errors import DocumentError
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line
from launch_kits.verbs import (
    RunningLaunches,
    advance,
    due_launches,
    enqueue_digests,
)
from launch_kits.verbs.failed_documents import tell_of_failures
from launch_kits.views.facts import read_facts
from launch_kits.worker.delivery import Delivered, deliver
from launch_kits.worker.document_versions import (
    record_versions,
    review_contents,
)

__all__ = [
    "advance",
    "deliver",
    "documents_owed",
    "is_owed",
    "review_contents",
    "run",
    "sweep_due",
    "write_documents",
]

LOG = logging.getLogger(__name__)


_OWING = (
    select(Task.launch)
    .where(col(Task.document_owed_at).is_not(None))
    .order_by(Task.launch)
)


def run(
    store: Store,
    slug: str,
    *,
    settings: Settings,
    now: datetime,
    write: Callable[[str], None] | None = None,
) -> Delivered:
    """A whole step without Prefect: advance, write documents, deliver.

    A document that cannot be rendered holds nothing up: its DocumentError is raised when all else
    is done.
    """
    advance(store, slug, now=now)
    try:
        write_documents(store, slug, settings=settings, now=now)
    finally:
        delivered = deliver(store, settings=settings, now=now, launch=slug, write=write)
    return delivered


def sweep_due(
    store: Store,
    *,
    now: datetime,
    problem: Callable[[str], None] | None = None,
    launches: RunningLaunches | None = None,
) -> list[str]:
    """Open due tasks and remind of them, in every launch.

    A launch that cannot be advanced, such as by a snapshot of a later version, or a digest that
    cannot be made holds no other up: ``problem`` is called with a sentence about each. ``launches``
    keeps launches read for the rest of the sweep. Returns the launches that were due, then the
    launches that owe documents.
    """
    launches = launches or RunningLaunches(now)
    problems = enqueue_digests(store, now=now, launches=launches)
    with store.read() as session:
        due = due_launches(session, now=now)
        owing = session.connection().execute(_OWING).scalars().all()
    problems += each_alone(
        due,
        lambda slug: advance(store, slug, now=now, launches=launches),
        doing="could not be advanced",
    )
    for each in problems:
        if problem is not None:
            problem(each)
    return list(dict.fromkeys([*due, *owing]))


def is_owed(store: Store, slug: str, *, settings: Settings, now: datetime) -> bool:
    """Whether a launch has a document to write, a notice to deliver now, or its end to see to."""
    with store.read() as session:
        if find_launch(session, slug).status != LaunchStatus.RUNNING:
            return True
    return bool(
        documents_owed(store, slug)
        or outbox.count_pending(store, slug, settings=settings, now=now)
    )


def documents_owed(store: Store, slug: str) -> list[str]:
    """Keys of the tasks whose document has to be written, in the launch's order."""
    with store.read() as session:
        return [task.key for task in _owing(session, slug)]


def _owing(session: Session, slug: str) -> Sequence[Task]:
    query = select(Task).where(
        Task.launch == slug, col(Task.document_owed_at).is_not(None)
    )
    return session.exec(query.order_by(col(Task.position))).all()


def write_documents(
    store: Store, slug: str, *, settings: Settings, now: datetime
) -> list[Path]:
    """Write every document that is owed, as Markdown and HTML.

    One that a person edited is kept, with the new draft beside it.

    One that cannot be rendered stays owed and does not stop the others. The lead is told of it
    once; the first such DocumentError is raised at the end.
    """
    with store.read() as session:
        owed = {task.key: task.document_owed_at for task in _owing(session, slug)}
        if not owed:
            return []
        facts = read_facts(session, slug, now=now, documents=settings.documents)
    written: dict[str, Path] = {}
    lacks: dict[str, list[str]] = {}
    failed: dict[str, DocumentError] = {}
    for task in facts.tasks:
        if task.key not in owed:
            continue
        try:
            done = write_document(
                facts,
                task,
                settings.documents / slug,
                formats=KEPT,
                folders=settings.templates,
            )
        except DocumentError as error:
            failed[task.key] = error
        else:
            written[task.key] = done.saved[0].path
            lacks[task.key] = list(done.lacks)
            if settings.slack_bot_token is not None:
                _write_pdf(facts, task, settings=settings)
            if not done.saved[0].edited:
                note_written(
                    facts,
                    task.key,
                    documents=settings.documents,
                    folders=settings.templates,
                )
    record_versions(store, facts, written, settings=settings, now=now)
    _note_written(store, slug, written, owed, lacks, settings=settings)
    if failed:
        tell_of_failures(store, slug, failed, now=now)
        raise next(iter(failed.values()))
    return list(written.values())


def _write_pdf(facts: Facts, task: TaskFacts, *, settings: Settings) -> None:
    """Write the PDF that Slack shows; without it the document goes there as Markdown."""
    folder = settings.documents / facts.brief.launch
    try:
        write_document(
            facts, task, folder, formats=("pdf",), folders=settings.templates
        )
    except DocumentError as error:
        LOG.warning("no PDF of a document: %s", one_line(str(error)))
        # an earlier one would say something else than the document
        OutputFolder(folder).discard(f"{file_stem(task.key)}.pdf")


def _note_written(
    store: Store,
    slug: str,
    written: dict[str, Path],
    owed: dict[str, datetime | None],
    lacks: dict[str, list[str]],
    *,
    settings: Settings,
) -> None:
    if not written:
        return
    with store.write() as session:
        launch = find_launch(session, slug, lock=True)
        for key, path in written.items():
            place = str(path.relative_to(settings.documents))
            # A verb may have asked for it again since it was read: then it stays owed.
            task = and_(col(Task.launch) == slug, col(Task.key) == key)
            session.exec(
                update(Task).where(task).values(document=place, lacks=lacks[key])
            )
            session.exec(
                update(Task)
                .where(task, col(Task.document_owed_at) == owed[key])
                .values(document_owed_at=None)
            )
            outbox.outdate(
                session,
                launch=slug,
                task=key,
                kinds=[NoticeKind.TASK, NoticeKind.REVIEW],
            )
        launch.revision += 1
        session.add(launch)
