"""The run graph as a Gantt chart of the launch.

It has one task run for each task, with the task's dependencies and state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID, uuid5

from prefect import task
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    TaskRunFilter,
    TaskRunFilterTags,
)
from prefect.client.schemas.objects import (
    TERMINAL_STATES,
    Constant,
    FlowRunResult,
    Parameter,
    State,
    StateType,
    TaskRun,
    TaskRunResult,
)
from prefect.states import Running

from launch_kits.database.records import (
    AWAITED,
    TASK_STATUSES,
    LaunchStatus,
    TaskStatus,
)
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.workdays.in_words import day

__all__ = ["Look", "StateChange", "changes", "create", "look", "read", "send"]


@task(name="task of a launch")
def _work() -> None:
    """The work of people, which is drawn and never called."""


# Prefect would derive the key from this file's path: another machine would draw every task again.
_work.task_key = "launch-kits.task"


class Look(NamedTuple):
    """The state in which a task is drawn."""

    type: StateType
    name: str


@dataclass(frozen=True, slots=True)
class StateChange:
    """A task whose state on the board differs from the database."""

    task: TaskView
    run_id: UUID
    #: the name of its state; None if it is not on the board yet
    before: str | None
    after: Look
    #: the type of its state before
    type_before: StateType | None = None


def look(item: TaskView, *, launch: str) -> Look:
    """The state in which a task is drawn; ``launch`` is its launch's status.

    Tasks that were open when the launch was cancelled are drawn as dropped.
    """
    if launch == LaunchStatus.CANCELLED and item.open:
        return _look_of(TaskStatus.DROPPED)
    # a waiting or blocked task shows its reason instead
    if item.overdue and item.status in AWAITED:
        return Look(StateType.FAILED, "Overdue")
    return _look_of(item.status)


def _look_of(status: TaskStatus) -> Look:
    facts = TASK_STATUSES[status]
    return Look(StateType[facts.board_type], facts.board)


def read(
    client: SyncPrefectClient, run_id: UUID, view: LaunchView
) -> dict[str, TaskRun]:
    """Read the launch's task runs that are on the board.

    Returns them by task key. Raises httpx.HTTPError.
    """
    found: dict[str, TaskRun] = {}
    wanted = FlowRunFilter(id=FlowRunFilterId(any_=[run_id]))
    tagged = TaskRunFilter(tags=TaskRunFilterTags(all_=[f"launch:{view.slug}"]))
    seen = 0
    while len(found) < len(view.tasks):
        page = client.read_task_runs(
            flow_run_filter=wanted, task_run_filter=tagged, offset=seen
        )
        if not page:
            break
        found.update({run.dynamic_key: run for run in page})
        seen += len(page)
    return found


def changes(
    view: LaunchView, run_id: UUID, drawn: Mapping[str, TaskRun]
) -> Iterator[StateChange]:
    """The tasks to create or change on the board, in the order of the launch."""
    for item in view.tasks:
        shown = look(item, launch=view.status)
        task_run = drawn.get(item.key)
        if task_run is None:
            yield StateChange(item, _id(run_id, item.key), None, shown)
        elif (task_run.state_type, task_run.state_name) != shown:
            before = task_run.state_name or ""
            yield StateChange(item, task_run.id, before, shown, task_run.state_type)


def create(
    client: SyncPrefectClient, run_id: UUID, change: StateChange, *, slug: str
) -> None:
    """Create a task on the board, with state and dependencies, in one call.

    Raises httpx.HTTPError.
    """
    item = change.task
    waits: list[TaskRunResult | FlowRunResult | Parameter | Constant] = [
        TaskRunResult(id=_id(run_id, key)) for key in item.after
    ]
    client.create_task_run(
        _work,
        run_id,
        dynamic_key=item.key,
        id=change.run_id,
        name=f"{item.stage_title} · {item.title}",
        extra_tags=[f"task:{item.key}", f"stage:{item.stage}", f"launch:{slug}"],
        state=_state(change),
        task_inputs={"after": waits} if waits else {},
    )


def send(client: SyncPrefectClient, change: StateChange) -> None:
    """Change the state of a task on the board; raises httpx.HTTPError."""
    if {change.type_before, change.after.type} <= TERMINAL_STATES:
        # Prefect keeps the end of a bar from one final type to the next, such as from overdue to
        # done, until the task has been at work again.
        client.set_task_run_state(change.run_id, Running(), force=True)
    client.set_task_run_state(change.run_id, _state(change), force=True)


def _id(run_id: UUID, key: str) -> UUID:
    """The id of a task run.

    It is known before the task run exists, so that dependencies may point to later tasks and no
    task is drawn twice.
    """
    return uuid5(run_id, key)


def _state(change: StateChange) -> State[None]:
    return State(
        type=change.after.type, name=change.after.name, message=_message(change.task)
    )


def _message(item: TaskView) -> str:
    """The message beside the state on the task run's page."""
    if item.status is TaskStatus.BLOCKED and item.blocked_by:
        return f"{item.owner_name}: {item.blocked_by}"
    if item.status is TaskStatus.DONE:
        return item.owner_name + (f": {item.link}" if item.link else "")
    return f"{item.owner_name}, due {day(item.due)}"
