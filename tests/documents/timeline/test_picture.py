from __future__ import annotations

from datetime import date

import pytest

from launch_kits.documents.timeline.picture import look_of
from launch_kits.statuses import TaskLook
from tests.documents.timeline.samples import TASKS, task_facts, timeline_facts


def test_each_task_has_the_look_of_its_status():
    facts = timeline_facts()
    assert [look_of(facts, task) for task in TASKS] == [
        TaskLook.DONE,
        TaskLook.LATE,
        TaskLook.BLOCKED,
        TaskLook.PLANNED,
        TaskLook.DROPPED,
    ]


@pytest.mark.parametrize(
    ("status", "late", "look"),
    [
        (None, False, TaskLook.PLANNED),
        (None, True, TaskLook.LATE),
        ("review", False, TaskLook.DOING),
        ("doing", True, TaskLook.LATE),
        ("done", True, TaskLook.DONE),
        ("blocked", True, TaskLook.BLOCKED),
    ],
)
def test_closed_and_blocked_come_before_late(status, late, look):
    task = task_facts("a", 4, 5, 6, status=status)
    facts = timeline_facts(tasks=(task,), late=frozenset({"a"} if late else ()))
    assert look_of(facts, task) is look


def test_the_description_tells_what_the_picture_shows():
    assert timeline_facts().description == (
        "5 tasks, 1 done, 1 late, 1 blocked. Today is Tue 12 Jan 2027. "
        "Work began on Mon 4 Jan 2027. "
        "The release is on Thu 28 Jan 2027, the launch on Fri 29 Jan 2027. "
        "The critical chain: Positioning, then Legal. "
        "Gate on Fri 8 Jan 2027: The story stands, 0 checks open. "
        "Gate on Fri 29 Jan 2027: Sales can sell, 2 checks open."
    )


@pytest.mark.parametrize(
    ("changes", "heading", "described"),
    [
        ({}, "launch Fri 29 Jan 2027", "the launch on Fri 29 Jan 2027."),
        (
            {"launched_on": date(2027, 2, 2)},
            "launched Tue 2 Feb 2027",
            "The launch was set for Fri 29 Jan 2027; it took place on Tue 2 Feb 2027.",
        ),
        (
            {"lands_on": date(2027, 2, 12)},
            "lands on Fri 12 Feb 2027; open work is drawn on its earliest days",
            "lands on Fri 12 Feb 2027; open work is drawn on its earliest days.",
        ),
        (
            {"cancelled": True},
            "cancelled",
            "The launch, set for Fri 29 Jan 2027, was cancelled.",
        ),
    ],
)
def test_a_picture_says_what_became_of_the_launch(changes, heading, described):
    facts = timeline_facts(**changes)
    assert facts.heading.endswith(heading)
    assert described in facts.description
