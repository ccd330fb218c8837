"""The reads that several rooms need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Executable
from sqlmodel import Session, SQLModel, col, select

from launch_kits.database.records import Dependency, Event, Launch, Notice, Task
from launch_kits.errors import NotFound, suggest

__all__ = [
    "all_events",
    "dependencies_of",
    "events_of",
    "find_launch",
    "find_task",
    "insert_new",
    "notices_of",
    "revision_of",
    "tasks_of",
]


def insert_new(session: Session, table: type[SQLModel]) -> Executable:
    """An insert that passes over rows which are there already, perhaps since a moment ago."""
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert

        return insert(table).on_conflict_do_nothing()
    # its dialect is imported only if it is used
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table).on_conflict_do_nothing()


def find_launch(session: Session, slug: str, *, lock: bool = False) -> Launch:
    """A launch by its slug.

    With ``lock`` others wait to change it until the transaction ends. Raises NotFound.
    """
    query = select(Launch).where(Launch.slug == slug)
    launch = session.exec(query.with_for_update() if lock else query).first()
    if launch is None:
        slugs = session.exec(select(Launch.slug)).all()
        hint = suggest(slug, slugs) or (
            "; `launch-kits status` lists those there are"
            if slugs
            else "; none was started yet"
        )
        raise NotFound(f'no launch "{slug}"{hint}')
    return launch


def revision_of(session: Session, slug: str) -> int | None:
    """The revision that a launch is at; None for one that is gone."""
    return session.exec(select(Launch.revision).where(Launch.slug == slug)).first()


def tasks_of(session: Session, slug: str) -> Sequence[Task]:
    """A launch's tasks in their order."""
    return session.exec(
        select(Task).where(Task.launch == slug).order_by(col(Task.position))
    ).all()


def dependencies_of(session: Session, slug: str) -> Sequence[Dependency]:
    """The dependencies between a launch's tasks."""
    query = (
        select(Dependency)
        .join(Task, col(Task.id) == col(Dependency.task))
        .where(Task.launch == slug)
    )
    return session.exec(query.order_by(col(Task.position), col(Dependency.after))).all()


def find_task(session: Session, slug: str, key: str) -> Task:
    """A task by its launch and key; raises NotFound with a suggestion."""
    task = session.exec(
        select(Task).where(Task.launch == slug, Task.key == key)
    ).first()
    if task is None:
        keys = session.exec(select(Task.key).where(Task.launch == slug)).all()
        hint = (
            suggest(key, keys)
            or f"; `launch-kits tasks --launch {slug}` lists the open ones"
        )
        raise NotFound(f'launch "{slug}" has no task "{key}"{hint}')
    return task


def events_of(session: Session, slug: str) -> Sequence[Event]:
    """The events of a launch, oldest first; raises NotFound."""
    find_launch(session, slug)
    query = select(Event).where(Event.launch == slug)
    return session.exec(query.order_by(col(Event.id))).all()


def all_events(session: Session, *, since: datetime | None = None) -> Sequence[Event]:
    """The events of all launches, in the order in which they were recorded."""
    query = select(Event).order_by(col(Event.id))
    if since is not None:
        query = query.where(col(Event.at) >= since)
    return session.exec(query).all()


def notices_of(
    session: Session, slug: str | None, *, task: str | None = None
) -> Sequence[Notice]:
    """The notices of a launch, of all launches (None), or of one task, oldest first."""
    query = select(Notice)
    if slug is not None:
        query = query.where(Notice.launch == slug)
    if task is not None:
        query = query.where(Notice.task == task)
    return session.exec(query.order_by(col(Notice.filed_at), col(Notice.key))).all()
