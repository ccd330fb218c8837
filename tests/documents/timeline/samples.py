"""Pictures to test with."""

from __future__ import annotations

from datetime import date
from typing import Any

from launch_kits.documents.timeline.picture import TimelineFacts, TimelineGate
from launch_kits.inputs.audience import Audience
from launch_kits.plan.task_facts import TaskFacts

HOSTILE = "</title><script>alert(1)</script>&\"' <!-- ]]> \x00\x1b\u202e"


def day(number: int) -> date:
    """A day of January 2027."""
    return date(2027, 1, number)


def task_facts(
    key: str, start: int, finish: int, due: int, **changes: Any
) -> TaskFacts:
    given: dict[str, Any] = {
        "key": key,
        "stage": "story",
        "stage_title": "Story",
        "title": key.title(),
        "role": "pmm",
        "owner": "pmm@example.com",
        "owner_name": "Pia",
        "days": 2,
        "after": (),
        "start": day(start),
        "finish": day(finish),
        "start_by": day(start),
        "due": day(due),
        "float_days": 1,
        "critical": False,
        "status": None,
        "template": None,
        "audience": Audience.INTERNAL,
        "checklist": (),
    }
    return TaskFacts(**given | changes)


TASKS = (
    task_facts("positioning", 4, 6, 8, status="done"),
    task_facts("research", 5, 6, 7, status="doing"),
    task_facts("legal", 7, 8, 8, status="blocked", stage="sales", stage_title="Sales"),
    task_facts(
        "go-live",
        29,
        29,
        29,
        status="waiting",
        stage="sales",
        stage_title="Sales",
        days=0,
    ),
    task_facts(
        "extra", 11, 12, 13, status="dropped", stage="sales", stage_title="Sales"
    ),
)


def timeline_facts(**changes: Any) -> TimelineFacts:
    given: dict[str, Any] = {
        "product": "Falcon 2",
        "today": day(12),
        "begin_on": day(4),
        "release_on": day(28),
        "launch_on": day(29),
        "tasks": TASKS,
        "late": frozenset({"research"}),
        "gates": (
            TimelineGate("story", "The story stands", True, day(8), open_checks=0),
            TimelineGate("sales", "Sales can sell", False, day(29), open_checks=2),
        ),
        "chain": ("positioning", "legal"),
    }
    return TimelineFacts(**given | changes)


def crowded(
    count: int = 90, *, title: str = "Something that takes a while"
) -> TimelineFacts:
    """As many tasks as a large launch has, in ten stages, with their tails."""
    tasks = [
        task_facts(
            f"t{number}",
            1 + number % 20,
            3 + number % 20,
            5 + number % 26,
            title=title,
            stage=f"s{number * 10 // count}",
            stage_title=f"Stage {number * 10 // count} of the launch",
        )
        for number in range(count)
    ]
    return timeline_facts(tasks=tuple(tasks), late=frozenset(), gates=(), chain=())
