from __future__ import annotations

from string import Formatter

import pytest
from prefect.client.schemas.objects import StateType
from rich.style import Style

from launch_kits.board.events import EVENTS, SINCE
from launch_kits.board.row import SPOKEN
from launch_kits.database.records import Task
from launch_kits.statuses import (
    ACTIVE,
    AHEAD,
    AWAITED,
    CLOSED,
    LAUNCH_STATUSES,
    OPEN,
    TASK_STATUSES,
    WITH_OWNER,
    LaunchStatus,
    TaskLook,
    TaskStatus,
)
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.actions import BY_VERB

#: the parts that Slack fills into the phrases of a status
PARTS = {
    *("title", "waits_for", "approver", "reason", "done_on", "done_by"),
}


def parts_of(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def test_every_status_has_a_row_and_every_row_a_status():
    assert list(TASK_STATUSES) == list(TaskStatus)
    assert list(LAUNCH_STATUSES) == list(LaunchStatus)


@pytest.mark.parametrize("status", TaskStatus)
def test_a_row_names_only_what_the_rooms_know(status):
    facts = TASK_STATUSES[status]
    assert facts.board_type in StateType.__members__
    assert Style.parse(facts.style)
    assert set(facts.offers) <= set(BY_VERB)
    assert parts_of(facts.wanted) | parts_of(facts.state) <= PARTS
    assert bool(facts.wanted) == facts.open
    assert parts_of(facts.over or "") <= {"title"}
    assert (facts.since is None) or {facts.since} <= (
        set(Task.model_fields) & set(TaskView.__dataclass_fields__)
    )
    assert facts.step is None or facts.since is not None


@pytest.mark.parametrize("status", TaskStatus)
def test_a_closed_status_offers_no_verb_and_says_that_it_is_over(status):
    facts = TASK_STATUSES[status]
    assert bool(facts.offers) == facts.open
    assert (facts.over is None) == facts.open
    assert facts.turn is None or facts.open


@pytest.mark.parametrize("status", TaskStatus)
def test_work_that_is_ahead_is_open_and_a_look_agrees_with_the_status(status):
    facts = TASK_STATUSES[status]
    assert facts.open or not facts.ahead
    assert facts.open or not facts.shown_late
    assert facts.look is not TaskLook.LATE
    assert (facts.look in {TaskLook.DONE, TaskLook.DROPPED}) != facts.open
    assert facts.begun or facts.look not in {TaskLook.DOING, TaskLook.DONE}


def test_calendars_and_prefect_keep_the_words_of_a_launch_that_ended():
    assert {
        status: (facts.event, facts.calendar)
        for status, facts in LAUNCH_STATUSES.items()
    } == {
        LaunchStatus.RUNNING: (None, "CONFIRMED"),
        LaunchStatus.DONE: ("done", "CONFIRMED"),
        LaunchStatus.CANCELLED: ("cancelled", "CANCELLED"),
    }


def test_board_states_are_distinct():
    states = [facts.board for facts in TASK_STATUSES.values()]
    assert len(set(states)) == len(states)
    assert [SPOKEN[state] for state in states] == [
        facts.label for facts in TASK_STATUSES.values()
    ]


def test_the_groups_of_statuses_follow_the_table():
    assert set(OPEN) | set(CLOSED) == set(TaskStatus)
    assert CLOSED == (TaskStatus.DONE, TaskStatus.DROPPED)
    assert WITH_OWNER == (TaskStatus.READY, TaskStatus.DOING)
    assert (*WITH_OWNER, TaskStatus.REVIEW) == AWAITED
    assert (*AWAITED, TaskStatus.BLOCKED) == ACTIVE
    assert AHEAD == (TaskStatus.WAITING, TaskStatus.READY, TaskStatus.DOING)


def test_prefect_keeps_the_names_that_automations_listen_to():
    assert EVENTS == {
        "AwaitingOwner": "launch-kits.task.ready",
        "InProgress": "launch-kits.task.begun",
        "InReview": "launch-kits.task.submitted",
        "Overdue": "launch-kits.task.overdue",
        "Blocked": "launch-kits.task.blocked",
        "Done": "launch-kits.task.done",
        "Dropped": "launch-kits.task.dropped",
    }
    assert SINCE == {
        "AwaitingOwner": "ready_at",
        "InProgress": "begun_at",
        "InReview": "submitted_at",
        "Done": "done_at",
    }
