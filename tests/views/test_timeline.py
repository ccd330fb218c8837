from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from launch_kits.documents.timeline.picture import TimelineFacts, look_of
from launch_kits.errors import NotFound
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief
from launch_kits.plan import work_to_watch
from launch_kits.plan.rollout import Rollout
from launch_kits.statuses import TaskLook
from launch_kits.verbs import begin, block, done, drop, move
from launch_kits.views.launch import read_launch
from launch_kits.views.timeline import timeline_of, timeline_of_rollout
from tests.launches import KEYS, NOW, SLUG, at, brief_with, task

TODAY = date(2027, 1, 11)
VALKEY = Path(__file__).parents[2] / "examples/valkey-9/brief.yaml"


def rollout(**changes: object) -> Rollout:
    return Rollout.of(brief_with(**changes), today=TODAY)


def looks(facts: TimelineFacts) -> dict[str, TaskLook]:
    return {task.key: look_of(facts, task) for task in facts.tasks}


def read(store, now=NOW) -> TimelineFacts:
    with store.read() as session:
        view = read_launch(session, SLUG, now=now, documents=Path())
        return timeline_of(view)


def test_a_plan_is_drawn_with_its_dates_chain_and_gates():
    planned = rollout()
    facts = timeline_of_rollout(planned, today=TODAY)
    spans = planned.schedule.spans
    assert [(t.key, t.start, t.finish, t.due) for t in facts.tasks] == [
        (key, spans[key].start, spans[key].finish, spans[key].due) for key in KEYS
    ]
    found = work_to_watch(planned.plan_input, dated=spans)
    assert found is not None
    assert facts.chain == tuple(step.task for step in found.steps)
    assert planned_chain(load_brief(VALKEY).brief) == (
        *("kickoff", "interviews:platform", "customer_quotes", "personas"),
        *("ramp_up_recruit", "ramp_up_run", "success_story", "story_permission"),
    )
    [gate] = facts.gates
    assert (gate.stage, gate.hard, gate.open_checks) == ("story", False, 1)
    assert gate.on == max(spans["positioning"].due, spans["research"].due)
    assert set(looks(facts).values()) == {TaskLook.PLANNED}


def planned_chain(brief: Brief) -> tuple[str, ...]:
    """The critical chain in the picture of a brief."""
    today = date(2026, 11, 23)
    return timeline_of_rollout(Rollout.of(brief, today=today), today=today).chain


def test_a_move_leaves_the_first_day_of_work_as_it_was(falcon):
    before = read(falcon).begin_on
    move(falcon, SLUG, on=date(2027, 3, 9), now=at("02-01"))
    assert read(falcon, at("02-01")).begin_on == before == TODAY


def test_late_in_a_plan_is_what_misses_its_due_day():
    planned = rollout(launch_on="2027-01-18")
    facts = timeline_of_rollout(planned, today=TODAY)
    spans = planned.schedule.spans
    assert facts.late == {key for key in KEYS if spans[key].float_days < 0} != set()


def test_a_launch_is_drawn_as_things_stand(falcon):
    before = read(falcon)
    assert [t.due for t in before.tasks] == [task(falcon, key).due for key in KEYS]
    done(falcon, SLUG, "positioning", now=NOW)
    begin(falcon, SLUG, "research", now=NOW)
    block(falcon, SLUG, "legal_review", note="No answer", now=NOW)
    drop(falcon, SLUG, "battlecard:kite", now=NOW)
    facts = read(falcon)
    assert looks(facts) == dict.fromkeys(KEYS, TaskLook.PLANNED) | {
        "positioning": TaskLook.DONE,
        "research": TaskLook.DOING,
        "legal_review": TaskLook.BLOCKED,
        "battlecard:kite": TaskLook.DROPPED,
    }
    assert facts.chain
    assert {"battlecard:kite"}.isdisjoint(facts.chain)
    late = read(falcon, at("03-01"))
    assert looks(late)["research"] is TaskLook.LATE
    assert late.today == date(2027, 3, 1)


def test_a_gate_lies_behind_the_late_work_of_its_stage(falcon):
    facts = read(falcon, at("03-01"))
    [gate] = facts.gates
    ends = {each.key: each.finish for each in facts.tasks if each.stage == gate.stage}
    assert gate.on == max(ends.values()) > task(falcon, "research").due


def test_the_landing_day_is_drawn_if_it_is_not_the_launch_day(falcon):
    with falcon.read() as session:
        drawn = [
            timeline_of(read_launch(session, SLUG, now=now, documents=Path()))
            for now in (NOW, at("02-08"))
        ]
    assert drawn[0].lands_on is None
    assert drawn[1].lands_on > drawn[1].launch_on


def test_a_launch_that_is_over_has_a_picture_without_a_chain(falcon):
    for key in KEYS:
        drop(falcon, SLUG, key, now=NOW)
    facts = read(falcon)
    assert (facts.chain, facts.gates) == ((), ())
    assert set(looks(facts).values()) == {TaskLook.DROPPED}


def test_an_unknown_launch_is_named(falcon):
    with falcon.read() as session, pytest.raises(NotFound, match="falcon-3"):
        read_launch(session, "falcon-3", now=NOW, documents=Path())
