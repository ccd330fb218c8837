from __future__ import annotations

from typing import Any

import pytest

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.notices.ended import done_by, ended, with_another
from tests.slack.views import NOW, launch, notice, task

OWNER = "pmm@example.com"


@pytest.mark.parametrize(
    ("state", "status", "found"),
    [
        ({}, LaunchStatus.RUNNING, None),
        (
            {"status": TaskStatus.DONE, "done_at": NOW, "closed_by": OWNER},
            LaunchStatus.RUNNING,
            {"why": "done", "at": NOW.isoformat(), "by": OWNER},
        ),
        (
            {"status": TaskStatus.DROPPED, "closed_by": OWNER, "dropped_why": "Late"},
            LaunchStatus.RUNNING,
            {"why": "dropped", "by": OWNER, "note": "Late"},
        ),
        ({}, LaunchStatus.CANCELLED, {"why": "ended", "status": "cancelled"}),
    ],
)
def test_work_ends_with_its_task_or_its_launch(
    state: dict[str, Any], status: LaunchStatus, found: dict[str, Any] | None
) -> None:
    shown = task(**state)
    assert ended(launch(shown, status=status), shown) == found


def test_a_task_is_with_its_owner_or_the_person_who_acts_for_them() -> None:
    held = task(in_hands_of="deputy@example.com")
    for to in (OWNER.upper(), "deputy@example.com"):
        assert with_another(notice("task", to=to), held) is None
    other = with_another(notice("task", to="ops@example.com"), held)
    assert other == {"why": "handed on", "to": OWNER}


def test_open_work_was_done_by_no_one() -> None:
    assert done_by(task()) == {}
