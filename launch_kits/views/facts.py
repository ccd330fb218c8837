"""The facts that documents are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from launch_kits.documents import Facts, TaskFacts, stale_documents
from launch_kits.documents.files import noted_in
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.plan.rollout import Rollout
from launch_kits.views.planned_tasks import planned_tasks
from launch_kits.views.timeline import timeline_of, timeline_of_rollout

if TYPE_CHECKING:
    from sqlmodel import Session

    from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["facts_of_rollout", "read_facts", "read_stale", "read_view"]


def facts_of_rollout(rollout: Rollout, *, today: date) -> Facts:
    """The facts of a brief whose launch has not started."""
    return Facts(
        brief=rollout.brief,
        tasks=planned_tasks(rollout),
        task=None,
        today=today,
        reader=Audience.INTERNAL,
        begin_on=rollout.begin_on,
        release_on=rollout.release_on,
        launch_on=rollout.launch_on,
        feasible=rollout.schedule.feasible,
        timeline=timeline_of_rollout(rollout, today=today),
    )


def read_facts(session: Session, slug: str, *, now: datetime, documents: Path) -> Facts:
    """Read the facts of a launch from its own snapshot.

    Raises NotFound.
    """
    from launch_kits.views.launch import read_launch

    view = read_launch(session, slug, now=now, documents=documents)
    return _facts(session, view, now=now)


def read_view(
    session: Session,
    slug: str,
    *,
    now: datetime,
    documents: Path,
    folders: Sequence[Path] = (),
) -> LaunchView:
    """Read a launch with its stale documents.

    Raises NotFound.
    """
    from launch_kits.views.launch import read_launch

    view = read_launch(session, slug, now=now, documents=documents)
    if not noted_in(documents, slug).is_dir():
        return view
    return replace(
        view,
        stale=read_stale(
            _facts(session, view, now=now), documents=documents, folders=folders
        ),
    )


def read_stale(
    facts: Facts, *, documents: Path, folders: Sequence[Path] = ()
) -> Mapping[str, Sequence[str]]:
    """Find the documents that are out of date.

    Returns task key → the parts that changed since its document was written.
    """
    return stale_documents(
        facts, noted_in(documents, facts.brief.launch), folders=tuple(folders)
    )


def _facts(session: Session, view: LaunchView, *, now: datetime) -> Facts:
    from launch_kits.database.queries import find_launch
    from launch_kits.views.desk_entries import desk_entries
    from launch_kits.views.doubted import questioned_in
    from launch_kits.views.outlook import outlook_of
    from launch_kits.views.slips import read_slips

    brief = Brief.kept(find_launch(session, view.slug).brief)
    spare = (task.float_days for task in view.tasks if task.float_days is not None)
    return Facts(
        brief=brief,
        tasks=[_task_facts(task) for task in view.tasks],
        task=None,
        today=view.today,
        reader=Audience.INTERNAL,
        begin_on=view.first_day,
        release_on=view.release_on,
        launch_on=view.launch_on,
        feasible=min(spare, default=0) >= 0,
        timeline=timeline_of(view),
        outlook=outlook_of(view, read_slips(session, view.slug, now=now), brief=brief),
        desk=desk_entries(session, view.slug, brief, now=now),
        questioned=questioned_in(session, view.slug),
    )


def _task_facts(task: TaskView) -> TaskFacts:
    """The part of a view that templates may take; the rest stays out of their reach.

    It starts and finishes on the days of work, as all lists name them.
    """
    taken = {part.name: getattr(task, part.name) for part in fields(TaskFacts)}
    first, last = task.work_days
    return TaskFacts(**{**taken, "start": first, "finish": last})
