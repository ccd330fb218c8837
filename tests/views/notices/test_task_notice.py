from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.notices.message import Subject
from launch_kits.views.notices.task_notice import (
    REASON,
    TaskNotice,
    answer_of,
    state_of,
)
from tests.slack.said import BATTLECARD, POSITIONING, TRAINING
from tests.slack.views import NOW, READER, launch, notice, task


def about(*others, found=None, facts=None, **changes):
    found = found or task(**changes)
    view = launch(found, *others)
    return TaskNotice(notice(**(facts or {})), view, found, READER)


@pytest.mark.parametrize("status", TaskStatus)
def test_a_task_is_live_if_it_is_open_and_its_launch_runs(status):
    open_ = status not in (TaskStatus.DONE, TaskStatus.DROPPED)
    assert about(status=status).live == open_
    for ended in (LaunchStatus.DONE, LaunchStatus.CANCELLED):
        found = task(status=status)
        view = launch(found, status=ended)
        assert not TaskNotice(notice(), view, found, READER).live


def test_the_tasks_before_are_those_that_the_launch_still_has():
    found = about(POSITIONING, TRAINING, found=BATTLECARD)
    assert found.before == [POSITIONING]
    assert about(after=("gone",)).before == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("No\n  access\u200b yet", "No access yet"),
        ("x" * 900, "x" * (REASON - 1) + "…"),
        ("  ", None),
        (None, None),
        (5, None),
    ],
)
def test_a_reason_is_one_line_that_a_person_wrote(written, reason):
    assert about(facts={"reason": written}).reason("reason") == reason
    assert about().reason("reason") is None


def test_the_subject_names_the_task_and_the_day_that_is_asked_for():
    day = date(2027, 2, 11)
    assert about().subject() == Subject("valkey-9", "battlecard:redis", None)
    assert about().subject(until=day) == Subject("valkey-9", "battlecard:redis", day)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"status": TaskStatus.WAITING}, ("is", "waiting for its day")),
        (
            {"status": TaskStatus.WAITING, "after": ("positioning", "training")},
            ("is", "waiting for Sales training"),
        ),
        ({"status": TaskStatus.READY}, ("is", "ready for you to start")),
        ({"status": TaskStatus.REVIEW}, ("is", "in review with Product lead")),
        (
            {"status": TaskStatus.REVIEW, "approver": "legal@example.com"},
            ("is", "in review with Counsel"),
        ),
        ({"status": TaskStatus.BLOCKED}, ("is", "blocked")),
        (
            {"status": TaskStatus.BLOCKED, "blocked_by": "No\nanswer"},
            ("is", "blocked: No answer"),
        ),
        ({"status": TaskStatus.DONE, "done_at": NOW}, ("was", "done Mon 1 Feb")),
        (
            {"asked_until": date(2027, 2, 11)},
            (
                "is",
                "ready for you to start; more time is asked for, until Thu 11 Feb",
            ),
        ),
    ],
)
def test_the_state_follows_the_title(changes, state):
    assert state_of(about(POSITIONING, TRAINING, **changes)) == state


def test_a_day_that_is_asked_for_is_not_told_of_a_closed_task():
    _, state = state_of(about(status=TaskStatus.DROPPED, asked_until=date(2027, 2, 11)))
    assert state == "dropped, there is nothing left to do"


def test_an_open_task_of_an_ended_launch_has_nothing_left_to_do():
    found = task()
    ended = TaskNotice(
        notice(), launch(found, status=LaunchStatus.CANCELLED), found, READER
    )
    assert state_of(ended) == ("has", "nothing left to do: the launch is cancelled")
    assert answer_of(ended) == "nothing left to answer, the launch is cancelled"


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"status": TaskStatus.DONE, "done_at": NOW}, "done Mon 1 Feb"),
        ({"status": TaskStatus.DOING}, "sent back"),
        ({"status": TaskStatus.BLOCKED}, "answered, the task is blocked"),
        ({"status": TaskStatus.DROPPED}, "answered, the task is dropped"),
    ],
)
def test_a_question_that_was_answered_shows_how(changes, answer):
    assert answer_of(about(**changes)) == answer
