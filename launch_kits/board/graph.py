"""The run graph as the launch's Gantt.

One task run for each task, with the plan's arrows and the task's state.
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
    Constant,
    FlowRunResult,
    Parameter,
    State,
    StateType,
    TaskRun,
    TaskRunResult,
)

from launch_kits.database.records import (
    AWAITED,
    TASK_STATUSES,
    LaunchStatus,
    TaskStatus,
)
from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["Look", "StateChange", "create", "look", "moves", "read", "send"]


@task(name="task of a launch")
def _work() -> None:
    """Stand for work that people do: never called, only drawn."""


# Prefect would derive it from this file's path, and another machine would draw every task a second
# time.
_work.task_key = "launch-kits.task"


class Look(NamedTuple):
    """How a task is shown."""

    type: StateType
    name: str


@dataclass(frozen=True, slots=True)
class StateChange:
    """A task whose state on the board is not what it is in the records."""

    task: TaskView
    run_id: UUID
    #: None where it was not on the board yet
    before: str | None
    after: Look


def look(item: TaskView, *, launch: str) -> Look:
    """How a task is shown in a launch of a status.

    What was open when a launch was cancelled is dropped.
    """
    if launch == LaunchStatus.CANCELLED and item.open:
        return _look_of(TaskStatus.DROPPED)
    # one that waits or is blocked shows why instead
    if item.overdue and item.status in AWAITED:
        return Look(StateType.RUNNING, "Overdue")
    return _look_of(item.status)


def _look_of(status: TaskStatus) -> Look:
    facts = TASK_STATUSES[status]
    return Look(StateType[facts.board_type], facts.board)


def read(
    client: SyncPrefectClient, run_id: UUID, view: LaunchView
) -> dict[str, TaskRun]:
    """The launch's task runs that are on the board already, by task key; raises httpx.HTTPError."""
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


def moves(
    view: LaunchView, run_id: UUID, drawn: Mapping[str, TaskRun]
) -> Iterator[StateChange]:
    """What has to be created or changed so that the graph shows the launch, in its order."""
    for item in view.tasks:
        shown, there = look(item, launch=view.status), drawn.get(item.key)
        if there is None:
            yield StateChange(item, _id(run_id, item.key), None, shown)
        elif there.state_name != shown.name:
            yield StateChange(item, there.id, there.state_name or "", shown)


def create(
    client: SyncPrefectClient, run_id: UUID, move: StateChange, *, slug: str
) -> None:
    """Put a task on the board, in its state and with its arrows, in one call.

    Raises httpx.HTTPError.
    """
    item = move.task
    waits: list[TaskRunResult | FlowRunResult | Parameter | Constant] = [
        TaskRunResult(id=_id(run_id, key)) for key in item.after
    ]
    client.create_task_run(
        _work,
        run_id,
        dynamic_key=item.key,
        id=move.run_id,
        name=f"{item.stage_title} · {item.title}",
        extra_tags=[f"task:{item.key}", f"stage:{item.stage}", f"launch:{slug}"],
        state=_state(move),
        task_inputs={"after": waits} if waits else {},
    )


def send(client: SyncPrefectClient, move: StateChange) -> None:
    """Change the state of a task that is on the board; raises httpx.HTTPError."""
    client.set_task_run_state(move.run_id, _state(move), force=True)


def _id(run_id: UUID, key: str) -> UUID:
    """The task run's id.

    Known before it exists, so that arrows may point ahead and nothing is drawn twice.
    """
    return uuid5(run_id, key)


def _state(move: StateChange) -> State[None]:
    return State(
        type=move.after.type, name=move.after.name, message=_message(move.task)
    )


def _message(item: TaskView) -> str:
    """What the task run's page says beside its state."""
    if item.status is TaskStatus.BLOCKED and item.blocked_by:
        return f"{item.owner}: {item.blocked_by}"
    if item.status is TaskStatus.DONE:
        return f"{item.owner}" + (f": {item.link}" if item.link else "")
    return f"{item.owner}, due {item.due.isoformat()}"
