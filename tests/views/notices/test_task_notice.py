from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from launch_kits.database.records import OPEN, LaunchStatus, TaskStatus
from launch_kits.views.notices.message import Subject
from launch_kits.views.notices.task_notice import (
    REASON,
    TaskNotice,
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
            'waits for "Sales training" and 1 more task',
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
        ({"status": TaskStatus.DROPPED}, "was left out"),
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


@pytest.mark.parametrize(
    ("closed_by", "state"),
    [
        ("pmm@example.com", "was done by you"),
        ("legal@example.com", "was done, approved by Counsel"),
        ("lead@example.com", "was done by Product lead"),
    ],
)
def test_a_done_task_names_the_person_who_closed_it(closed_by, state):
    found = about(
        status=TaskStatus.DONE, approver="legal@example.com", closed_by=closed_by
    )
    assert state_of(found) == state


@pytest.mark.parametrize("status", [each for each in TaskStatus if each in OPEN])
def test_every_open_status_asks_its_owner_for_something(status):
    assert '"Battlecard: Redis Open Source" (Valkey 9.0)' in wanted_of(
        about(status=status)
    )


DAYS = (date(2027, 1, 28), date(2027, 2, 1))


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, DAYS),
        ({"meant_for": (DAYS[1], date(2027, 2, 3))}, (DAYS[1], date(2027, 2, 3))),
        ({"meant_for": (DAYS[0], date(2027, 2, 4))}, (DAYS[0], date(2027, 2, 4))),
        # beyond the due day, or no more than it
        ({"meant_for": (DAYS[0], date(2027, 2, 5))}, None),
        ({"meant_for": (date(2027, 2, 4), date(2027, 2, 4))}, None),
        ({"overdue": True}, None),
        ({"handed_out_at": None}, None),
    ],
)
def test_the_days_of_the_work_are_told_if_they_say_more_than_the_due_day(changes, days):
    """It was planned for three days from 28 January, due on 4 February."""
    assert about(**changes).planned == days


def test_the_days_of_the_work_are_the_same_on_each_day() -> None:
    found = about()
    for day in range(1, 29):
        reader = replace(READER, today=date(2027, 2, day))
        assert replace(found, reader=reader).planned == DAYS


def test_a_review_waits_for_the_person_who_acts_for_its_approver():
    away = {"approver": "legal@example.com", "acting": "lead@example.com"}
    found = about(status=TaskStatus.REVIEW, **away)
    assert state_of(found) == "waits for Product lead to approve it"
