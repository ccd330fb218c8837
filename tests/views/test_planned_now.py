from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from launch_kits.database.records import Task, TaskStatus
from launch_kits.plan.calendars import Calendars
from launch_kits.views.planned_now import planned_now
from tests.launches import at, brief_with

LAUNCH = brief_with()


def planned(**changes: Any) -> list[int]:
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
    found = planned_now(Task(**given | changes), Calendars(LAUNCH), LAUNCH)
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
