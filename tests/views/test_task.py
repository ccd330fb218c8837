from __future__ import annotations

from dataclasses import fields

import pytest

from launch_kits.database.records import TaskStatus
from launch_kits.inputs.audience import Audience
from launch_kits.plan.task_facts import TaskFacts
from launch_kits.verbs import approve, begin, done
from launch_kits.views.launch import read_launch
from launch_kits.views.task import TaskView, items_of
from launch_kits.views.timeline import timeline_of
from tests.launches import NOW, SLUG, at, brief_with
from tests.slack.views import task


@pytest.mark.parametrize("status", TaskStatus)
def test_task_is_open_unless_it_is_done_or_dropped(status):
    closed = status in (TaskStatus.DONE, TaskStatus.DROPPED)
    assert task(status=status).open is not closed


def test_begun_work_lies_on_its_expected_days_and_other_work_on_its_planned_ones(
    falcon, tmp_path
):
    """The task is planned for 14 and 15 January; begun on the 12th it ends on the 13th."""

    def days(now):
        with falcon.read() as session:
            view = read_launch(session, SLUG, now=now, documents=tmp_path)
        found = view.task("legal_review")
        assert found is not None
        return [day.day for day in found.work_days]

    done(falcon, SLUG, "positioning", now=at("01-12"))
    assert days(at("01-12")) == [14, 15]
    begin(falcon, SLUG, "legal_review", now=at("01-12"))
    assert days(at("01-12")) == [12, 13]
    assert days(at("01-19")) == [12, 19]


def test_done_work_lies_on_the_days_from_its_begin_to_its_end(falcon, tmp_path):
    """Without a begin it takes as long as planned, but begins no earlier than it could."""
    begin(falcon, SLUG, "research", now=at("01-12"))
    for key, day in {"research": "01-20", "positioning": "01-21"}.items():
        done(falcon, SLUG, key, now=at(day))
    done(falcon, SLUG, "battlecard:kite", now=at("01-22"))
    approve(falcon, SLUG, "battlecard:kite", now=at("01-22"))
    with falcon.read() as session:
        view = read_launch(session, SLUG, now=at("01-25"), documents=tmp_path)
        drawn = {task.key: task for task in timeline_of(view).tasks}

    def days(key):
        found = view.task(key)
        assert found is not None
        assert found.work_days == (drawn[key].start, drawn[key].finish)
        return [day.day for day in found.work_days]

    found = [days(key) for key in ("research", "positioning", "battlecard:kite")]
    assert found == [[12, 20], [19, 21], [21, 22]]


def test_view_adds_fields_to_the_facts_and_repeats_none():
    own = TaskView.__annotations__.keys() & TaskFacts.__annotations__.keys()
    assert own == {"status"}, "a launch's task always has a status"
    assert len(fields(TaskView)) == len(
        TaskFacts.__annotations__.keys() | TaskView.__annotations__.keys()
    )


def test_items_are_found_by_their_fan_out_and_key():
    found = items_of(brief_with())
    assert {key: item.name for key, item in found.items()} == {
        ("competitors", "osprey"): "Osprey",
        ("competitors", "kite"): "Kite",
    }


def test_view_has_the_item_of_its_fan_out(falcon, tmp_path):
    with falcon.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=tmp_path)
    card = view.task("battlecard:kite")
    other = view.task("research")
    assert card is not None
    assert card.item is not None
    assert (card.item.name, card.audience) == ("Kite", Audience.INTERNAL)
    assert other is not None
    assert other.item is None
