from __future__ import annotations

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.slack.messages.render import render
from launch_kits.views.notices.actions import actions_for, helps
from tests.slack.views import NOW, READER, launch, notice, task

PMM = "pmm@example.com"


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
    assert [action.name for action in actions_for(later, to=PMM, since=NOW)] == [
        "extend",
        "open",
    ]


def test_who_helps_can_pause_reminders_and_give_time() -> None:
    late = task(overdue=True)
    assert [(each.name, each.label) for each in helps(late, to=PMM, since=NOW)] == [
        ("ack", "On it"),
        ("extend", "Give more time"),
        ("reassign", "Give to someone else"),
        ("open", "Open"),
    ]
    said = task(overdue=True, on_it=(("pmm@example.com", NOW),))
    assert "ack" not in [each.name for each in helps(said, to=PMM, since=NOW)]


@pytest.mark.parametrize("status", [TaskStatus.WAITING, TaskStatus.REVIEW])
def test_an_owner_without_work_is_not_asked_to_say_that_they_are_on_it(status) -> None:
    late = task(status=status, overdue=True)
    assert "ack" not in [each.name for each in actions_for(late, to=PMM, since=NOW)]


def test_one_person_who_is_on_it_leaves_the_pause_to_the_others() -> None:
    late = task(overdue=True, on_it=((PMM, NOW),))
    names = [each.name for each in helps(late, to="Lead@example.com", since=NOW)]
    assert names[0] == "ack"
    assert "ack" not in [
        each.name for each in actions_for(late, to="PMM@example.com", since=NOW)
    ]
