from __future__ import annotations

import pytest

from launch_kits.plan.calendars import Calendars
from launch_kits.verbs import drop
from launch_kits.views.task_graph import TaskGraph, is_overdue
from tests.launches import LEAD, NEW_YORK, NOW, SLUG, at, brief_with, launch, task


def graph(store) -> TaskGraph:
    with store.read() as session:
        return TaskGraph.read(session, SLUG)


def neighbours(found: TaskGraph, key: str) -> tuple[list[tuple[str, int]], list[str]]:
    chosen = next(each for each in found.tasks.values() if each.key == key)
    return [(each.key, lag) for each, lag in found.predecessors(chosen)], [
        each.key for each in found.successors(chosen)
    ]


def test_neighbours_are_those_of_the_kit_with_their_lags(falcon):
    found = graph(falcon)
    assert neighbours(found, "training") == (
        [("battlecard:osprey", 0), ("battlecard:kite", 0), ("legal_review", 2)],
        ["go_live"],
    )


def test_dropped_task_is_replaced_by_its_predecessors(falcon):
    drop(falcon, SLUG, "legal_review", by=LEAD, now=NOW)
    before, _ = neighbours(graph(falcon), "training")
    assert set(before) == {
        ("battlecard:osprey", 0),
        ("battlecard:kite", 0),
        ("positioning", 2),
    }


def test_plan_input_leaves_dropped_tasks_out(falcon):
    drop(falcon, SLUG, "legal_review", by=LEAD, now=NOW)
    calendars = Calendars(brief_with())
    found = graph(falcon).plan_input(launch(falcon), calendars)
    assert "legal_review" not in {work.key for work in found.work}
    assert (found.begin_on, found.launch_on) == (
        launch(falcon).begin_on,
        launch(falcon).launch_on,
    )


@pytest.mark.parametrize(("today", "begins"), [("01-04", "01-11"), ("01-20", "01-20")])
def test_plan_input_of_a_day_begins_no_earlier_than_that_day(falcon, today, begins):
    found = graph(falcon).plan_input(
        launch(falcon), Calendars(brief_with()), today=at(today).date()
    )
    assert found.begin_on == at(begins).date()


def test_task_is_overdue_from_the_end_of_its_due_day(falcon):
    chosen = task(falcon, "research")
    due = f"{chosen.due:%m-%d}"
    assert not is_overdue(chosen, NEW_YORK, now=at(due, 23, 59))
    assert is_overdue(
        chosen, NEW_YORK, now=at(due, 23, 59).replace(hour=0, day=chosen.due.day + 1)
    )
