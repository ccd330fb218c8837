from __future__ import annotations

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.slack.messages.render import render
from launch_kits.views.notices.actions import offered
from tests.slack.views import READER, launch, notice, task


@pytest.mark.parametrize(
    ("status", "actions"),
    [
        (TaskStatus.WAITING, ["task_extend", "task_open"]),
        (
            TaskStatus.READY,
            ["task_begin", "task_done", "task_block", "task_extend", "task_open"],
        ),
        (TaskStatus.DOING, ["task_done", "task_block", "task_extend", "task_open"]),
        (TaskStatus.REVIEW, ["task_block", "task_extend", "task_open"]),
        (TaskStatus.BLOCKED, ["task_unblock", "task_extend", "task_open"]),
        (TaskStatus.DONE, []),
        (TaskStatus.DROPPED, []),
    ],
)
def test_the_buttons_fit_the_status(status, actions):
    assert (
        list(render(notice(), launch(task(status=status)), reader=READER).actions)
        == actions
    )


def test_a_task_that_is_not_handed_out_offers_no_start() -> None:
    later = task(handed_out_at=None)
    assert [action.name for action in offered(later)] == ["extend", "open"]
