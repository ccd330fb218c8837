from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import StateType

from launch_kits.board.graph import Look, StateChange, changes, look, read, send
from launch_kits.database.records import TaskStatus
from launch_kits.views.launch import LaunchView
from tests.launches import NOW

View = Callable[[datetime], LaunchView]


@pytest.mark.parametrize(
    ("status", "type_", "name"),
    [
        ("waiting", "PENDING", "Waiting"),
        ("ready", "RUNNING", "AwaitingOwner"),
        ("doing", "RUNNING", "InProgress"),
        ("review", "SCHEDULED", "InReview"),
        ("blocked", "CRASHED", "Blocked"),
        ("done", "COMPLETED", "Done"),
        ("dropped", "CANCELLED", "Dropped"),
    ],
)
def test_look_gives_each_status_its_state(
    view: View, status: str, type_: str, name: str
) -> None:
    task = replace(view(NOW).tasks[0], status=TaskStatus(status))
    assert look(task, launch="running") == (StateType[type_], name)


@pytest.mark.parametrize("status", list(TaskStatus))
def test_overdue_replaces_only_the_states_of_active_tasks(
    view: View, status: TaskStatus
) -> None:
    task = replace(view(NOW).tasks[0], status=status, overdue=True)
    overdue = status in ("ready", "doing", "review")
    assert (look(task, launch="running").name == "Overdue") is overdue


@pytest.mark.parametrize("status", list(TaskStatus))
def test_look_drops_the_open_tasks_of_a_cancelled_launch(
    view: View, status: TaskStatus
) -> None:
    task = replace(view(NOW).tasks[0], status=status)
    assert look(task, launch="cancelled").name == (
        "Done" if status == "done" else "Dropped"
    )


def test_a_task_becomes_overdue_as_time_passes(view: View) -> None:
    later = view(NOW + timedelta(days=60))
    names = {task.key: look(task, launch="running").name for task in later.tasks}
    assert (names["positioning"], names["training"]) == ("Overdue", "Waiting")


def test_a_state_of_an_earlier_type_is_sent_again(view: View) -> None:
    shown = view(NOW)
    drawn = {
        task.key: SimpleNamespace(
            id=uuid4(), state_name="Waiting", state_type=StateType.PAUSED
        )
        for task in shown.tasks
    }
    changed = {each.task.key: each for each in changes(shown, uuid4(), drawn)}
    assert changed["training"].before == "Waiting"
    assert changed["training"].after == (StateType.PENDING, "Waiting")


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        ("FAILED", "COMPLETED", ["Running", "Done"]),
        ("CRASHED", "CANCELLED", ["Running", "Done"]),
        ("FAILED", "RUNNING", ["Done"]),
        ("RUNNING", "COMPLETED", ["Done"]),
    ],
)
def test_a_bar_that_had_ended_goes_on_to_its_new_end(
    view: View, before: str, after: str, sent: list[str]
) -> None:
    states: list[str] = []
    client = SimpleNamespace(
        set_task_run_state=lambda _, state, **__: states.append(state.name)
    )
    task = view(NOW).tasks[0]
    look_after = Look(StateType[after], "Done")
    send(
        client,
        StateChange(task, uuid4(), "Overdue", look_after, StateType[before]),
    )
    assert states == sent


@pytest.mark.parametrize("page", [1, 2, 200])
def test_read_ends_if_the_order_changes_between_pages(view: View, page: int) -> None:
    drawn = [SimpleNamespace(dynamic_key=task.key) for task in view(NOW).tasks[1:]]

    def read_task_runs(*, offset: int, **_: object) -> list[SimpleNamespace]:
        drawn.append(drawn.pop(0))
        return drawn[offset : offset + page]

    found = read(SimpleNamespace(read_task_runs=read_task_runs), uuid4(), view(NOW))
    assert set(found) <= {each.dynamic_key for each in drawn}
    assert page < len(drawn) or len(found) == len(drawn)
