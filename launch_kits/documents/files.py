"""The collateral of a launch or a brief: which documents there are, for whom and in which formats, as files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from launch_kits.documents import (
    Facts,
    TaskFacts,
    file_stem,
    formats_of,
    imprint_of,
    make,
    note_inputs,
    render,
    stale_documents,
)
from launch_kits.errors import DocumentError
from launch_kits.inputs.brief import Brief, Item
from launch_kits.inputs.kit import Each
from launch_kits.inputs.ledger import Audience
from launch_kits.plan.rollout import Rollout

if TYPE_CHECKING:
    from sqlmodel import Session

    from launch_kits.views.launch import LaunchView, TaskView

__all__ = [
    "KEPT",
    "Written",
    "facts_of_rollout",
    "not_offered",
    "note_written",
    "read_facts",
    "read_stale",
    "read_view",
    "write",
    "write_document",
]

#: the formats that a running launch keeps its documents in
KEPT = ("md", "html")


@dataclass(frozen=True, slots=True)
class Written:
    """A document as a file."""

    task: str
    audience: Audience
    path: Path


def facts_of_rollout(rollout: Rollout, *, today: date) -> Facts:
    """What the documents of a brief may say before its launch has started."""
    brief = rollout.brief
    tasks = [
        TaskFacts(
            key=assignment.key,
            stage=assignment.stage.key,
            stage_title=assignment.stage.title,
            title=assignment.title,
            role=assignment.task.role,
            owner=assignment.owner,
            owner_name=brief.holder(assignment.task.role).name,
            days=assignment.task.days,
            after=tuple(link.key for link in assignment.after),
            start=span.start,
            finish=span.finish,
            start_by=span.start_by,
            due=span.due,
            float_days=span.float_days,
            critical=span.critical,
            status=None,
            template=assignment.task.document,
            audience=assignment.task.audience,
            item=assignment.item,
            checklist=assignment.task.checklist,
        )
        for assignment, span in rollout.dated()
    ]
    return Facts(
        brief=brief,
        tasks=tasks,
        task=None,
        today=today,
        reader=Audience.INTERNAL,
        begin_on=rollout.begin_on,
        release_on=rollout.release_on,
        launch_on=rollout.launch_on,
        feasible=rollout.schedule.feasible,
    )


def read_facts(session: Session, slug: str, *, now: datetime, documents: Path) -> Facts:
    """What the documents of a launch may say as it stands, from its own snapshot. Raises NotFound."""
    from launch_kits.views.launch import read_launch

    return _facts(session, read_launch(session, slug, now=now, documents=documents))


def read_view(
    session: Session, slug: str, *, now: datetime, documents: Path, folders: Sequence[Path] = ()
) -> LaunchView:
    """A launch as it stands, with which of its written documents are out of date. Raises NotFound."""
    from launch_kits.views.launch import read_launch

    view = read_launch(session, slug, now=now, documents=documents)
    if not _noted(documents, slug).is_dir():
        return view
    return replace(view, stale=read_stale(_facts(session, view), documents=documents, folders=folders))


def read_stale(facts: Facts, *, documents: Path, folders: Sequence[Path] = ()) -> Mapping[str, Sequence[str]]:
    """Task key → what has changed since its document was written, for those of a launch that are out of date."""
    return stale_documents(facts, _noted(documents, facts.brief.launch), folders=tuple(folders))


def _facts(session: Session, view: LaunchView) -> Facts:
    from launch_kits.database.store import find_launch, tasks_of

    brief = Brief.kept(find_launch(session, view.slug).brief)
    items = {row.key: (row.each, row.item) for row in tasks_of(session, view.slug)}
    return Facts(
        brief=brief,
        tasks=[_task_facts(task, _item(brief, *items[task.key]), brief.zone()) for task in view.tasks],
        task=None,
        today=view.today,
        reader=Audience.INTERNAL,
        begin_on=view.begin_on,
        release_on=view.release_on,
        launch_on=view.launch_on,
        feasible=all(task.float_days is None or task.float_days >= 0 for task in view.tasks),
    )


def _task_facts(task: TaskView, item: Item | None, zone: ZoneInfo) -> TaskFacts:
    return TaskFacts(
        key=task.key,
        stage=task.stage,
        stage_title=task.stage_title,
        title=task.title,
        role=task.role,
        owner=task.owner,
        owner_name=task.owner_name,
        days=task.days,
        after=task.after,
        start=task.start,
        finish=task.finish,
        start_by=task.start_by,
        due=task.due,
        float_days=task.float_days,
        critical=task.critical,
        status=task.status,
        template=task.template,
        audience=Audience(task.audience),
        item=item,
        checklist=task.checklist,
        done_on=task.done_at.astimezone(zone).date() if task.done_at else None,
    )


def _item(brief: Brief, each: str | None, key: str | None) -> Item | None:
    if each is None:
        return None
    return next((item for item in brief.items(Each(each)) if item.key == key), None)


def write(
    facts: Facts,
    out: Path,
    *,
    formats: Sequence[str] = ("md",),
    audiences: Sequence[Audience] = (Audience.INTERNAL,),
    only: str | None = None,
    folders: Sequence[Path] = (),
) -> Iterator[Written]:
    """Write every document (or that of one task) for each audience it may go to, in a subfolder each if several.

    Each comes in those of the formats that its template offers. ``folders`` hold templates that take the place of the
    built-in ones. Raises DocumentError.
    """
    for audience, task in _documents(facts, audiences=audiences, only=only):
        folder = out / audience if len(audiences) > 1 else out
        for path in write_document(facts, task, folder, formats=formats, reader=audience, folders=folders):
            yield Written(task.key, audience, path)


def not_offered(
    facts: Facts,
    *,
    formats: Sequence[str],
    audiences: Sequence[Audience] = (Audience.INTERNAL,),
    only: str | None = None,
    folders: Sequence[Path] = (),
) -> dict[str, list[str]]:
    """For each format, the tasks whose documents `write` leaves out since their template does not offer it."""
    found: dict[str, list[str]] = {}
    tasks = {task.key: task for _, task in _documents(facts, audiences=audiences, only=only)}
    for key, task in tasks.items():
        for name in set(formats).difference(formats_of(task.template or "", folders=folders)):
            found.setdefault(name, []).append(key)
    return found


def _documents(
    facts: Facts, *, audiences: Sequence[Audience], only: str | None
) -> Iterator[tuple[Audience, TaskFacts]]:
    for audience in audiences:
        for task in facts.tasks:
            if task.template and only in (None, task.key) and audience.may_read(task.audience):
                yield audience, task


def write_document(
    facts: Facts,
    task: TaskFacts,
    folder: Path,
    *,
    formats: Sequence[str],
    reader: Audience = Audience.INTERNAL,
    folders: Sequence[Path] = (),
) -> list[Path]:
    """Write the document of one task in those of the formats that its template offers; raises DocumentError."""
    template, own = task.template or "", replace(facts, task=task, reader=reader)
    offered = formats_of(template, folders=folders)
    wanted = [name for name in formats if name in offered]
    if not wanted:
        return []
    markdown, imprint = render(template, own, folders=folders), imprint_of(own, task)
    written = []
    for name in wanted:
        path = folder / f"{file_stem(task.key)}.{name}"
        content = make(name, markdown, imprint)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _replace(path, content)
        except OSError as error:
            reason = (error.strerror or "cannot be written").lower()
            raise DocumentError(f"{path}: {reason}; check the folder and its permissions") from None
        written.append(path)
    return written


def note_written(facts: Facts, key: str, *, documents: Path, folders: Sequence[Path] = ()) -> None:
    """Note what a launch's document was made from, so that one can tell when it is out of date."""
    for task in facts.tasks:
        if task.key == key:
            # Where it cannot be noted, nobody is told that it is out of date: no reason not to have the document.
            with suppress(OSError):
                note_inputs(replace(facts, task=task), _noted(documents, facts.brief.launch), folders=tuple(folders))


def _noted(documents: Path, slug: str) -> Path:
    """Where it is noted: not among the documents, which people open, copy and send."""
    return documents / ".inputs" / slug


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a reader, or a crash, never meets half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
