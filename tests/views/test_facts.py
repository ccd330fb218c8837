from __future__ import annotations

from dataclasses import fields

from launch_kits.documents import TaskFacts
from launch_kits.inputs.audience import Audience
from launch_kits.plan.rollout import Rollout
from launch_kits.verbs import done
from launch_kits.views.facts import facts_of_rollout, read_facts, read_view
from launch_kits.views.launch import read_launch
from tests.launches import KEYS, NOW, PMM, SLUG, at, brief_with


def test_facts_of_a_rollout_are_its_dates(falcon, tmp_path):
    brief = brief_with()
    rollout = Rollout(
        brief,
        begin_on=brief.begin_on,
        release_on=brief.released_on,
        launch_on=brief.launch_on,
    )
    found = facts_of_rollout(rollout, today=NOW.date())
    assert tuple(task.key for task in found.tasks) == KEYS
    assert {task.status for task in found.tasks} == {None}
    assert found.reader is Audience.INTERNAL
    spans = rollout.schedule.spans
    assert [task.due for task in found.tasks] == [spans[key].due for key in KEYS]
    assert found.feasible


def test_facts_of_a_launch_are_those_of_its_view(falcon, tmp_path):
    done(falcon, SLUG, "research", by=PMM, now=at("01-12"))
    with falcon.read() as session:
        view = read_launch(session, SLUG, now=at("01-13"), documents=tmp_path)
        found = read_facts(session, SLUG, now=at("01-13"), documents=tmp_path)
    for task, facts in zip(view.tasks, found.tasks, strict=True):
        assert type(facts) is TaskFacts, "no template may take more"
        first, last = task.work_days
        expected = {part.name: getattr(task, part.name) for part in fields(TaskFacts)}
        assert expected | {"start": first, "finish": last} == {
            part.name: getattr(facts, part.name) for part in fields(TaskFacts)
        }
    assert found.tasks[1].done_on == at("01-12").date()


def test_launch_without_documents_has_none_that_are_stale(falcon, tmp_path):
    with falcon.read() as session:
        view = read_view(session, SLUG, now=NOW, documents=tmp_path)
    assert view.stale == {}
