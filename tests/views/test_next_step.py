from __future__ import annotations

from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.views.next_step import next_step
from tests.slack.views import launch, task

LEGAL = "legal@example.com"
PMM = "pmm@example.com"


def test_work_in_review_waits_for_its_approver() -> None:
    handed_in = task("copy", status=TaskStatus.REVIEW, approver=LEGAL)
    found = next_step(handed_in, launch(handed_in))
    assert (found.task.key, found.who) == ("copy", LEGAL)


def test_work_that_waits_names_the_task_before_it_that_ends_last() -> None:
    early = task("price", expected_finish=date(2027, 2, 3))
    late = task(
        "terms",
        owner=PMM,
        status=TaskStatus.REVIEW,
        approver=LEGAL,
        expected_finish=date(2027, 2, 9),
    )
    done = task("story", status=TaskStatus.DONE, expected_finish=None)
    middle = task("deck", status=TaskStatus.WAITING, after=("price", "terms", "story"))
    last = task("training", status=TaskStatus.WAITING, after=("deck",))
    found = next_step(last, launch(early, late, done, middle, last))
    assert (found.task.key, found.who) == ("terms", LEGAL)


def test_work_that_waits_for_a_day_or_is_blocked_waits_for_no_one() -> None:
    waiting = task("go", status=TaskStatus.WAITING)
    assert next_step(waiting, launch(waiting)).who is None
    blocked = task("price", status=TaskStatus.BLOCKED)
    behind = task("deck", status=TaskStatus.WAITING, after=("price",))
    found = next_step(behind, launch(blocked, behind))
    assert (found.task.key, found.who) == ("price", None)
