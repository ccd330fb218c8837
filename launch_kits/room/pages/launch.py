"""The page of one launch: timeline, late and next work, who is asked, why this day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from launch_kits.database.records import TASK_STATUSES
from launch_kits.documents.timeline.svg import timeline_svg
from launch_kits.plan import Why
from launch_kits.plan.workload import owner_key
from launch_kits.room.asked import File, RoomRequest, Shown
from launch_kits.room.forms.launch_verbs import offered_of
from launch_kits.room.handles import handles_of
from launch_kits.room.outside_links import run_of
from launch_kits.room.page import page
from launch_kits.views.announced_words import announced
from launch_kits.views.landing import in_words
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.levelled import short_as_planned
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.text import quoted
from launch_kits.views.passed_plans import passed_in_words
from launch_kits.views.reader import Reader
from launch_kits.views.task_filter import STATES as TASK_STATES
from launch_kits.views.task_filter import TaskFilter
from launch_kits.views.timeline import timeline_of
from launch_kits.views.why_words import held_by, limit_in_words

__all__ = ["LAUNCH", "TIMELINE"]

#: the styles of the picture lie within it
PICTURE = "default-src 'none'; style-src 'unsafe-inline'"
#: tasks for later that are named if none can be worked on now
LATER = 3


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A task of the chain that drives the date."""

    task: TaskView
    days: str
    float_days: int | None
    why: str


def _launch(asked: RoomRequest) -> Shown:
    context = asked.context()
    view = context.view
    reader = asked.reader(context)
    values = {
        "view": view,
        "reader": reader,
        "product": view.product,
        "words": in_words(view, day=reader.day),
        "lead": context.brief.lead,
        "troubles": [
            *filter(None, [short_as_planned(view), passed_in_words(view)]),
            *announced(view, title=quoted),
        ],
        "overdue": [task for task in view.next_tasks if task.overdue],
        "next": _next(view),
        "asked_of": _asked_of(view),
        "chain": _chain(view.plan.work_to_watch() or view.plan.why(), view, reader),
        "handles": handles_of(context, reader, asked.visitor.email),
        "run": run_of(asked, view),
        "verbs": offered_of(context, asked.visitor.email),
        "statuses": TASK_STATUSES,
        "live": (view.slug, view.revision),
        **_filtered(asked, context),
    }
    return Shown("launch.html", values)


def _next(view: LaunchView) -> list[TaskView]:
    """The tasks to work on now; if there are none, the first that are planned for later."""
    found = [task for task in view.next_tasks if not task.overdue]
    now = [task for task in found if not task.later]
    later = sorted(found, key=lambda task: (task.meant_days, task.due))
    return now or later[:LATER]


def _filtered(asked: RoomRequest, context: MessageContext) -> dict[str, object]:
    """The tasks that the query asks for, and the choices of each filter."""
    view = context.view
    chosen = {name: asked.wanted(name) for name in ("person", "stage", "state")}
    tasks: Sequence[TaskView] = view.tasks
    if any(chosen.values()):
        wanted = TaskFilter(
            owner=chosen["person"] or None,
            stages=tuple(filter(None, [chosen["stage"]])),
            states=tuple(filter(None, [chosen["state"]])),
        )
        tasks = wanted.of(view, closed=not chosen["state"])
    people = {owner_key(task.owner): task for task in view.tasks}
    return {
        "tasks": tasks,
        "chosen": chosen,
        "people": sorted(people.values(), key=lambda task: task.owner_name.casefold()),
        "stages": {task.stage: task.stage_title for task in view.tasks},
        "task_states": [str(each) for each in TASK_STATES],
    }


def _asked_of(view: LaunchView) -> list[tuple[str, list[TaskView]]]:
    """The people whose turn it is, with their tasks; most tasks first."""
    awaited = [task for task in view.open_tasks if task.awaited and not task.later]
    awaited.sort(key=lambda task: (str(task.awaited).casefold(), task.due))
    groups = groupby(awaited, key=lambda task: str(task.awaited))
    found = [(person, list(tasks)) for person, tasks in groups]
    return sorted(found, key=lambda group: (-len(group[1]), group[0]))


def _chain(found: Why | None, view: LaunchView, reader: Reader) -> dict[str, object]:
    if found is None:
        return {"rows": [], "limit": None}
    titles = {task.key: task.title for task in view.tasks}
    last = found.steps[-1].task
    limit = limit_in_words(found.limit, titles, last=last, day=reader.day)
    return {"rows": list(_rows(found, view, reader, titles)), "limit": limit}


def _rows(
    found: Why, view: LaunchView, reader: Reader, titles: dict[str, str]
) -> Iterator[ChainRow]:
    above = None
    for step in found.steps:
        task = view.task(step.task)
        if task is not None:
            why = held_by(step, titles, above=above, day=reader.day)
            days = reader.span(step.start, step.finish)
            yield ChainRow(task, days, step.float_days, why)
        above = step.task


def _timeline(asked: RoomRequest) -> File:
    picture = timeline_svg(timeline_of(asked.context().view))
    return File(picture.encode(), "image/svg+xml", PICTURE)


LAUNCH = page("/launches/{launch}", tab="Overview")(_launch)
TIMELINE = page("/launches/{launch}/timeline.svg")(_timeline)
