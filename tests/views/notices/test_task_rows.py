from __future__ import annotations

from datetime import date, timedelta

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.task_rows import MANY, history_note, task_rows
from tests.slack.said import BATTLECARD, POSITIONING, TRAINING
from tests.slack.views import NOW, READER, launch, notice, task


def about(found, *others) -> TaskNotice:
    return TaskNotice(notice(), launch(found, *others), found, READER)


def rows(found, *others, live=True, owner=False) -> dict[str, list[str]]:
    made = task_rows(about(found, *others), live=live, owner=owner)
    return {row.label: list(row.value) for row in made}


def test_a_live_task_has_its_facts_and_the_work_around_it():
    assert rows(BATTLECARD, POSITIONING, TRAINING) == {
        "Launch": ["Valkey 9.0, tier 1"],
        "Stage": ["Sales readiness"],
        "Planned": ["28 Jan-1 Feb"],
        "Due": ["Thu 4 Feb, in 3 working days"],
        "Float": ["4 working days"],
        "Document": ["battlecard-redis.md"],
        "Waited on": ["Positioning statement ✓"],
        "Who waits": ["Sales training (Sales enablement)"],
        "Checklist": ["☐ Every claim has a source", '☐ "Where they win" is honest'],
    }


def test_a_task_that_is_not_live_leaves_the_work_around_it_out():
    found = rows(BATTLECARD, POSITIONING, TRAINING, live=False)
    assert list(found) == ["Launch", "Stage", "Due", "Document"]
    assert found["Due"] == ["Thu 4 Feb"]


def test_the_owner_is_a_row_only_if_it_is_asked_for():
    assert "Owner" not in rows(task())
    assert list(rows(task(), owner=True))[2] == "Owner"
    assert rows(task(), owner=True)["Owner"] == ["Product marketing"]


def test_a_waiting_task_tells_what_it_still_waits_on():
    waiting = task(status=TaskStatus.WAITING, after=("positioning", "open"))
    found = rows(waiting, POSITIONING, task("open", "Open work"))
    assert found["Waits on"] == ["Positioning statement ✓", "Open work"]
    assert "Waited on" not in found


def test_a_dropped_follower_does_not_wait():
    dropped = task("b", "B", after=(BATTLECARD.key,), status=TaskStatus.DROPPED)
    assert rows(BATTLECARD, dropped, TRAINING)["Who waits"] == [
        "Sales training (Sales enablement)"
    ]
    assert rows(BATTLECARD, dropped)["Who waits"] == []


def test_of_many_lines_the_first_are_shown_and_the_rest_counted():
    points = tuple(f"Point {number}" for number in range(MANY + 3))
    found = rows(task(checklist=points))["Checklist"]
    assert found == [*(f"☐ Point {number}" for number in range(MANY)), "and 3 more"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 working day"),
        (0, "none: a day lost here is lost for the launch"),
        (-2, "2 working days short"),
    ],
)
def test_float_is_told_with_what_it_means(days, said):
    assert rows(task(float_days=days))["Float"] == [said]


def test_a_task_without_float_or_document_has_no_row_for_it():
    found = rows(task(float_days=None, document=None))
    assert not {"Float", "Document", "Link"} & set(found)


def test_only_the_link_of_a_task_is_a_link():
    link = "https://x.example/a"
    made = task_rows(about(task(link=link)), live=True)
    assert [(row.label, row.value) for row in made if row.link] == [("Link", [link])]


def test_the_small_line_names_the_past_steps_in_their_order():
    day = timedelta(days=1)
    full = task(
        status=TaskStatus.DONE,
        ready_at=NOW,
        begun_at=NOW + day,
        submitted_at=NOW + 2 * day,
        done_at=NOW + 3 * day,
        due=date(2027, 2, 8),
    )
    assert history_note(about(full)) == (
        "Ready Mon 1 Feb · begun Tue 2 Feb · handed in Wed 3 Feb · done Thu 4 Feb"
    )


def test_before_the_first_step_there_is_no_small_line():
    assert history_note(about(task(ready_at=None))) is None
    dropped = task(ready_at=None, status=TaskStatus.DROPPED)
    assert history_note(about(dropped)) == "Dropped"
