"""One step of a launch: what became possible is opened, what is owed is written and delivered."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col, func, select

from launch_kits import outbox
from launch_kits.database.records import Launch, LaunchStatus, Notice, NoticeKind, NoticeStatus, Task
from launch_kits.database.store import Store, find_launch
from launch_kits.documents.files import KEPT, note_written, read_facts, write_document
from launch_kits.errors import DocumentError, LaunchKitsError, NotFound, Refused, suggest
from launch_kits.settings import Settings
from launch_kits.verbs import advance, due_launches, file_digests
from launch_kits.worker.delivery import Delivered, deliver

__all__ = [
    "LEASE",
    "advance",
    "deliver",
    "documents_owed",
    "drop_lease",
    "is_leased",
    "mark_drawn",
    "notices_owed",
    "renew_lease",
    "retry",
    "run",
    "sweep_due",
    "take_lease",
    "undelivered",
    "write_documents",
]

LOG = logging.getLogger(__name__)

#: how long a step holds its launch before others may think it dead
LEASE = timedelta(seconds=60)

_OWING = select(Task.launch).where(col(Task.document_owed_at).is_not(None)).order_by(Task.launch)


def run(
    store: Store, slug: str, *, settings: Settings, now: datetime, write: Callable[[str], None] | None = None
) -> Delivered:
    """A whole step without Prefect: advance, write documents, deliver.

    A document that cannot be rendered holds nothing up: its DocumentError is raised when all else is done.
    """
    advance(store, slug, now=now)
    try:
        write_documents(store, slug, settings=settings, now=now)
    finally:
        delivered = deliver(store, settings=settings, now=now, launch=slug, write=write)
    return delivered


def sweep_due(store: Store, *, now: datetime) -> list[str]:
    """Open what is due and remind of it, in every launch; gives those, and the launches that owe documents."""
    file_digests(store, now=now)
    with store.read() as session:
        due = due_launches(session, now=now)
        owing = session.connection().execute(_OWING).scalars().all()
    for slug in due:
        try:
            advance(store, slug, now=now)
        except (LaunchKitsError, ValueError) as error:
            # One launch that cannot be advanced, such as by a snapshot of a later version, holds no other up.
            LOG.warning("launch %s could not be advanced: %s", slug, error, extra={"launch": slug})
    return list(dict.fromkeys([*due, *owing]))


def documents_owed(store: Store, slug: str) -> list[str]:
    """Keys of the tasks whose document has to be written, in the launch's order."""
    with store.read() as session:
        return [task.key for task in _owing(session, slug)]


def _owing(session: Session, slug: str) -> Sequence[Task]:
    query = select(Task).where(Task.launch == slug, col(Task.document_owed_at).is_not(None))
    return session.exec(query.order_by(col(Task.position))).all()


def write_documents(store: Store, slug: str, *, settings: Settings, now: datetime) -> list[Path]:
    """Write every document that is owed, as Markdown and HTML.

    One that cannot be rendered stays owed and does not stop the others; the first such DocumentError is raised at
    the end.
    """
    with store.read() as session:
        owed = {task.key: task.document_owed_at for task in _owing(session, slug)}
        if not owed:
            return []
        facts = read_facts(session, slug, now=now, documents=settings.documents)
    written: dict[str, Path] = {}
    failed: DocumentError | None = None
    for task in facts.tasks:
        if task.key not in owed:
            continue
        try:
            paths = write_document(facts, task, settings.documents / slug, formats=KEPT, folders=settings.templates)
        except DocumentError as error:
            failed = failed or error
        else:
            written[task.key] = paths[0]
            note_written(facts, task.key, documents=settings.documents, folders=settings.templates)
    _note_written(store, slug, written, owed, settings=settings)
    if failed is not None:
        raise failed
    return list(written.values())


def _note_written(
    store: Store, slug: str, written: dict[str, Path], owed: dict[str, datetime | None], *, settings: Settings
) -> None:
    if not written:
        return
    with store.write() as session:
        launch = find_launch(session, slug, lock=True)
        for key, path in written.items():
            place = str(path.relative_to(settings.documents))
            # A verb may have asked for it again since it was read: then it stays owed.
            task = and_(col(Task.launch) == slug, col(Task.key) == key)
            session.exec(update(Task).where(task).values(document=place))
            session.exec(
                update(Task).where(task, col(Task.document_owed_at) == owed[key]).values(document_owed_at=None)
            )
            outbox.outdate(session, launch=slug, task=key, kinds=[NoticeKind.TASK, NoticeKind.REVIEW])
        launch.revision += 1
        session.add(launch)


def notices_owed(store: Store, slug: str, *, settings: Settings, now: datetime) -> int:
    """How many notices of a launch can be sent, or edited in place, now; the console keeps no hours."""
    to_slack = bool(settings.slack_bot_token)
    owed = outbox.waiting(now=now, any_hour=not to_slack)
    if to_slack:  # what was printed cannot be edited
        owed = or_(owed, outbox.outdated())
    query = select(func.count()).select_from(Notice).where(Notice.launch == slug, owed)
    with store.read() as session:
        return session.exec(query).one()


def undelivered(store: Store) -> str | None:
    """What there is to say of notices of running launches that are dead, with the remedy; None without any."""
    dead = select(func.count()).select_from(Notice).join(Launch, col(Launch.slug) == col(Notice.launch))
    dead = dead.where(Notice.status == NoticeStatus.DEAD, Launch.status == LaunchStatus.RUNNING)
    with store.read() as session:
        count = session.exec(dead).one()
    if not count:
        return None
    return (
        f"{count} notice{'' if count == 1 else 's'} could not be delivered: `launch-kits outbox` says why, "
        "`launch-kits outbox retry` tries again"
    )


def retry(store: Store, keys: Sequence[str] = (), *, launch: str | None = None, now: datetime) -> Mapping[str, int]:
    """Let dead notices be sent again: those named, those of a launch, or all; gives how many of each launch.

    They keep their attempts, so what may have been sent is looked for first. Raises NotFound for a launch or key that
    there is not, Refused for a notice that is not dead; nothing is changed then.
    """
    with store.write() as session:
        if launch is not None:
            find_launch(session, launch)
        query = select(Notice.key, Notice.launch, Notice.status)
        found = session.exec(query if launch is None else query.where(Notice.launch == launch)).all()
        status = {key: status for key, _, status in found}
        for key in keys:
            if key not in status:
                hint = suggest(key, status) or "; `launch-kits outbox --json` shows their keys"
                raise NotFound(f'no notice "{key}"{hint}')
            if status[key] != NoticeStatus.DEAD:
                raise Refused(f'notice "{key}" is {status[key]}, not dead; there is nothing to try again')
        chosen = {key: slug for key, slug, now_is in found if now_is == NoticeStatus.DEAD and (not keys or key in keys)}
        launches = Counter(chosen.values())
        for slug in sorted(launches):  # held first, as verbs do, so that the board catches up
            find_launch(session, slug, lock=True).revision += 1
        outbox.retry(session, chosen, now=now)
    return launches


def take_lease(store: Store, slug: str, *, by: str, now: datetime) -> bool:
    """Hold a launch for one step; False where another step holds it."""
    free = or_(col(Launch.step_by).is_(None), col(Launch.step_by) == by, col(Launch.step_until) <= now)
    return _lease(store, slug, free, by=by, until=now + LEASE)


def renew_lease(store: Store, slug: str, *, by: str, now: datetime) -> bool:
    """Hold it longer; False where it was lost."""
    return _lease(store, slug, col(Launch.step_by) == by, by=by, until=now + LEASE)


def drop_lease(store: Store, slug: str, *, by: str) -> None:
    """Let others have it; nothing happens where it was lost."""
    _lease(store, slug, col(Launch.step_by) == by, by=None, until=None)


def is_leased(launch: Launch, *, now: datetime) -> bool:
    """Whether a step is at work on a launch, as far as its lease tells."""
    return launch.step_until is not None and launch.step_until > now


def _lease(store: Store, slug: str, where: ColumnElement[bool], *, by: str | None, until: datetime | None) -> bool:
    with store.write() as session:
        result = session.exec(
            update(Launch).where(col(Launch.slug) == slug, where).values(step_by=by, step_until=until)
        )
        return bool(result.rowcount)


def mark_drawn(store: Store, slug: str, revision: int) -> None:
    """Note which revision the board shows; it never goes back."""
    with store.write() as session:
        behind = and_(col(Launch.slug) == slug, col(Launch.drawn) < revision)
        session.exec(update(Launch).where(behind).values(drawn=revision))
