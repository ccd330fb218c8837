from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from launch_kits.database.records import Task, TaskStatus
from launch_kits.plan.calendars import Calendars
from launch_kits.views.planned_now import planned_now
from launch_kits.views.task_graph import TaskGraph
from tests.launches import at, brief_with

LAUNCH = brief_with()


def planned(*, before: Task | None = None, **changes: Any) -> list[int]:
    """The days of January of a task of two days that is planned for the 14th and 15th."""
    given = {
        "launch": "falcon-2",
        "key": "copy",
        "owner": "pmm@example.com",
        "anchor": "launch",
        "days": 2,
        "workdays": [],
        "planned_start": date(2027, 1, 14),
        "planned_finish": date(2027, 1, 15),
        "status": TaskStatus.READY,
    }
    task = Task(id=2, **given | changes)
    tasks = {2: task} if before is None else {1: before, 2: task}
    graph = TaskGraph(tasks, {1: [], 2: [(1, 0)] if before else []})
    found = planned_now(task, Calendars(LAUNCH), LAUNCH, graph=graph)
    return [day.day for day in found]


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, [14, 15]),
        ({"ready_at": at("01-12")}, [14, 15]),
        ({"ready_at": at("01-20")}, [20, 21]),
        ({"ready_at": at("01-22")}, [22, 25]),  # over a weekend
        ({"ready_at": at("01-20"), "status": TaskStatus.WAITING}, [14, 15]),
        ({"begun_at": at("01-12")}, [12, 13]),
        ({"begun_at": at("01-21"), "ready_at": at("01-12")}, [21, 22]),
        ({"begun_at": at("01-12"), "extended_until": date(2027, 1, 19)}, [12, 19]),
        # planned for more days than it asks for, since its owner has only half of each
        ({"planned_start": date(2027, 1, 12), "ready_at": at("01-13")}, [13, 18]),
        ({"days": 0, "planned_start": date(2027, 1, 15)}, [15, 15]),
        (
            {
                "days": 0,
                "planned_start": date(2027, 1, 15),
                "ready_at": at("01-20"),
            },
            [20, 20],
        ),
        # the task's own workdays: the Saturday 17 days before the launch day, 9 February
        ({"begun_at": at("01-22"), "workdays": ["T-17d"]}, [22, 23]),
    ],
)
def test_facts_since_the_plan_push_the_planned_days(
    changes: dict[str, datetime], days: list[int]
) -> None:
    assert planned(**changes) == days


@pytest.mark.parametrize(
    ("length", "done", "ready", "days"),
    [
        # as in every plan: work begins on the day after the work before it
        (3, "01-20", "01-20", [21, 22]),
        (3, "01-22", "01-22", [25, 26]),
        (3, "01-13", "01-13", [14, 15]),
        # a milestone takes no day, and work done earlier holds nothing
        (0, "01-20", "01-20", [20, 21]),
        (3, "01-19", "01-20", [20, 21]),
        # ready on a Saturday
        (3, "01-19", "01-23", [25, 26]),
    ],
)
def test_work_that_is_freed_begins_as_in_every_plan(
    length: int, done: str, ready: str, days: list[int]
) -> None:
    freed_by = Task(id=1, key="research", days=length, done_at=at(done))
    assert planned(before=freed_by, ready_at=at(ready)) == days
