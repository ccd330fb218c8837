from __future__ import annotations

from dataclasses import replace

import pytest

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.task_rows import (
    FEW,
    MANY,
    file_rows,
    followers_note,
    task_rows,
)
from tests.slack.said import BATTLECARD, POSITIONING, TRAINING
from tests.slack.views import READER, launch, notice, plan_of, task


def about(found, *others, **changes) -> TaskNotice:
    given = {"plan": plan_of([found, *others]), **changes}
    return TaskNotice(notice(), launch(found, *others, **given), found, READER)


def rows(found, *others, **changes) -> dict[str, list[str]]:
    made = task_rows(about(found, *others, **changes))
    return {row.label: list(row.value) for row in made}


def test_a_live_task_has_its_facts_and_the_work_around_it():
    assert rows(BATTLECARD, POSITIONING, TRAINING) == {
        "Launch": ["Valkey 9.0"],
        "Part": ["Sales readiness"],
        "Owner": ["Product marketing"],
        "Planned": ["28 Jan-1 Feb"],
        "Due": ["Thu 4 Feb, in 3 working days"],
        "Time to spare": ["4 working days"],
        "Document": ["battlecard-redis.md"],
        "Waited for": ["Positioning statement ✓"],
        "Waits for this": ["Sales training (Sales enablement)"],
        "Checklist": ["☐ Every claim has a source", '☐ "Where they win" is honest'],
    }


def test_a_task_that_is_not_live_leaves_the_work_around_it_out():
    found = rows(BATTLECARD, POSITIONING, TRAINING, status=LaunchStatus.CANCELLED)
    assert list(found) == ["Launch", "Part", "Owner", "Due", "Document"]
    assert found["Due"] == ["Thu 4 Feb"]


def test_a_waiting_task_tells_what_it_still_waits_for():
    waiting = task(status=TaskStatus.WAITING, after=("positioning", "open"))
    found = rows(waiting, POSITIONING, task("open", "Open work"))
    assert found["Waits for"] == ["Positioning statement ✓", "Open work"]
    assert "Waited for" not in found


def test_a_dropped_follower_does_not_wait():
    dropped = task("b", "B", after=(BATTLECARD.key,), status=TaskStatus.DROPPED)
    assert rows(BATTLECARD, dropped, TRAINING)["Waits for this"] == [
        "Sales training (Sales enablement)"
    ]
    assert rows(BATTLECARD, dropped)["Waits for this"] == []
    assert followers_note(about(BATTLECARD, dropped)) == "Sales readiness"


def test_of_many_lines_the_first_are_shown_and_the_rest_counted():
    points = tuple(f"Point {number}" for number in range(MANY + 3))
    found = rows(task(checklist=points))["Checklist"]
    assert found == [*(f"☐ Point {number}" for number in range(MANY)), "and 3 more"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 working day"),
        (0, "None: each day lost here makes it late"),
        (-2, "None: it misses its due day by 2 working days"),
    ],
)
def test_the_time_to_spare_is_told_with_what_it_means(days, said):
    assert rows(task(float_days=days))["Time to spare"] == [said]


def test_a_day_lost_moves_the_launch_if_other_work_waits():
    waited_for = rows(replace(BATTLECARD, float_days=0), TRAINING)
    assert waited_for["Time to spare"] == ["None: each day lost here moves the launch"]


def test_a_task_without_time_to_spare_or_document_has_no_row_for_it():
    found = rows(task(float_days=None, document=None))
    assert not {"Time to spare", "Document", "Result"} & set(found)


def test_only_the_result_of_a_task_is_a_link():
    link = "https://x.example/a"
    document = "https://x.example/files/F1"
    found = about(task(link=link))
    found.notice.file_link = document
    made = file_rows(found)
    assert made[0].address == document
    assert [(row.label, list(row.value), row.link) for row in made] == [
        ("Document", ["battlecard-redis.md"], False),
        ("Result", [link], True),
    ]


def test_the_small_print_names_a_few_tasks_that_wait():
    waiting = [
        task(f"t{at}", f"Task {at}", after=(BATTLECARD.key,)) for at in range(FEW + 2)
    ]
    assert followers_note(about(BATTLECARD, *waiting)) == (
        'Sales readiness · "Task 0" (Product marketing), "Task 1" (Product marketing), '
        '"Task 2" (Product marketing) and 2 more tasks wait for this'
    )
    assert followers_note(about(task(stage_title=""))) is None
