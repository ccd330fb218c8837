from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.notices.message import Subject
from launch_kits.views.notices.task_notice import (
    REASON,
    TaskNotice,
    answer_of,
    asked_more_time,
    state_of,
    wanted_of,
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
        ({"status": TaskStatus.WAITING}, "waits for its day, Thu 28 Jan"),
        (
            {"status": TaskStatus.WAITING, "after": ("positioning", "training")},
            'waits for "Sales training"',
        ),
        (
            {"status": TaskStatus.WAITING, "after": ("training", "legal")},
            'waits for "Sales training" and 1 more',
        ),
        ({"status": TaskStatus.READY}, "is not started yet"),
        (
            {"status": TaskStatus.REVIEW},
            "waits for Product lead to approve it",
        ),
        (
            {"status": TaskStatus.REVIEW, "approver": "legal@example.com"},
            "waits for Counsel to approve it",
        ),
        ({"status": TaskStatus.BLOCKED}, "is blocked"),
        (
            {"status": TaskStatus.BLOCKED, "blocked_by": "No\nanswer"},
            "is blocked: No answer",
        ),
        ({"status": TaskStatus.DONE, "done_at": NOW}, "was done Mon 1 Feb"),
        ({"status": TaskStatus.DROPPED}, "was dropped"),
        ({"handed_out_at": None}, "is planned to start Thu 28 Jan"),
    ],
)
def test_the_state_follows_the_title(changes, state):
    legal = task("legal", "Legal review")
    assert state_of(about(POSITIONING, TRAINING, legal, **changes)) == state


def test_a_day_that_is_asked_for_is_not_told_of_a_closed_task():
    asked = {"asked_until": date(2027, 2, 11)}
    assert asked_more_time(about(**asked)) == (
        "More time is asked for, until Thu 11 Feb; Product lead has not answered yet."
    )
    assert asked_more_time(about(status=TaskStatus.DROPPED, **asked)) is None
    assert asked_more_time(about()) is None


def test_an_open_task_of_an_ended_launch_has_nothing_left_to_do():
    found = task()
    ended = TaskNotice(
        notice(), launch(found, status=LaunchStatus.CANCELLED), found, READER
    )
    assert state_of(ended) == "has nothing left to do: the launch is cancelled"
    assert wanted_of(ended) == (
        "Valkey 9.0 is cancelled, so nothing is left to do for "
        '"Battlecard: Redis Open Source"'
    )
    assert answer_of(ended) == (
        "Valkey 9.0 is cancelled, so no answer is needed for "
        '"Battlecard: Redis Open Source"'
    )


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"status": TaskStatus.DONE, "done_at": NOW}, "approved Mon 1 Feb: {}"),
        ({"status": TaskStatus.DOING}, "sent back: {}"),
        ({"status": TaskStatus.BLOCKED}, "no answer is needed any more: {} is blocked"),
        (
            {"status": TaskStatus.DROPPED},
            "no answer is needed any more: {} was dropped",
        ),
    ],
)
def test_a_question_that_was_answered_shows_how(changes, answer):
    named = '"Battlecard: Redis Open Source" (Valkey 9.0)'
    assert answer_of(about(**changes)) == answer.format(named)


@pytest.mark.parametrize(
    ("closed_by", "wanted", "answer"),
    [
        ("pmm@example.com", "done by you: {}", "approved by you: {}"),
        (
            "legal@example.com",
            "done, approved by Counsel: {}",
            "approved by Counsel: {}",
        ),
        (
            "lead@example.com",
            "done by Product lead: {}",
            "approved by Product lead: {}",
        ),
    ],
)
def test_a_done_task_names_the_person_who_closed_it(closed_by, wanted, answer):
    named = '"Battlecard: Redis Open Source" (Valkey 9.0)'
    found = about(
        status=TaskStatus.DONE, approver="legal@example.com", closed_by=closed_by
    )
    assert wanted_of(found) == wanted.format(named)
    assert answer_of(found) == answer.format(named)
