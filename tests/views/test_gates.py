from __future__ import annotations

from launch_kits.database.queries import find_launch, tasks_of
from launch_kits.database.records import Decision
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import check, decide, done, drop, waive
from launch_kits.views.gates import (
    decides_at,
    deciding_task,
    decisions_by_task,
    last_decision,
    read_gates,
)
from tests.launches import LEAD, NOW, SLUG, at, brief_with, kit_with, opened


def gates(store):
    with store.read() as session:
        launch = find_launch(session, SLUG)
        brief = Brief.kept(launch.brief)
        return read_gates(session, launch, brief, tasks_of(session, SLUG))


def test_gate_has_the_checks_of_its_kit(falcon):
    (gate,) = gates(falcon)
    assert (gate.stage, gate.owner, gate.before_launch) == ("story", LEAD, True)
    (only,) = gate.checks
    assert (only.number, only.title) == (1, "Everybody tells it")
    assert (only.checked_by, only.waived_by) == (None, None)


def test_check_names_the_person_and_the_day(falcon):
    check(falcon, SLUG, "story", 1, by=LEAD, link=None, note=None, now=at("01-12"))
    only = gates(falcon)[0].checks[0]
    assert (only.checked_by, only.checked_on) == (LEAD, at("01-12").date())


def test_waiver_has_its_last_day_and_reason(falcon):
    until = at("01-15").date()
    waive(falcon, SLUG, "story", 1, until=until, note="Later", by=LEAD, now=NOW)
    only = gates(falcon)[0].checks[0]
    assert (only.waived_by, only.waived_until, only.waived_why) == (
        LEAD,
        until,
        "Later",
    )


def test_stage_whose_tasks_were_all_dropped_has_no_gate(falcon):
    for key in ("positioning", "research"):
        drop(falcon, SLUG, key, by=LEAD, now=NOW)
    assert gates(falcon) == ()


def test_last_decision_is_the_newest(falcon):
    with falcon.read() as session:
        assert last_decision(session, SLUG) is None
    for hour, go in ((10, False), (11, True)):
        decide(falcon, SLUG, go=go, by=LEAD, note=None, now=at("01-12", hour))
    with falcon.read() as session:
        found = last_decision(session, SLUG)
    assert found is not None
    assert found.go


def test_the_first_open_decision_is_the_next_one(falcon):
    with falcon.write() as session:
        brief = Brief.kept(find_launch(session, SLUG).brief)
        tasks = tasks_of(session, SLUG)
        assert deciding_task(tasks) is None
        assert decides_at(brief, None) is None
        for task in tasks:
            if task.key in ("research", "training", "go_live"):
                task.decides = "launch"
                session.add(task)
        (first,) = [task for task in tasks if task.key == "research"]
        assert deciding_task(tasks) is first
        assert decides_at(brief, first) == 0
        first.status = "dropped"
        second = deciding_task(tasks)
        assert second is not None
        assert (second.key, decides_at(brief, second)) == ("training", 1)
        session.rollback()


def test_the_last_decision_on_each_task_is_kept_apart(falcon):
    with falcon.write() as session:
        for task, go in ((None, True), ("go_live", True), ("go_live", False)):
            row = Decision(launch=SLUG, go=go, by=LEAD, at=NOW, task=task)
            session.add(row)
            session.flush()
    with falcon.read() as session:
        found = decisions_by_task(session, SLUG)
    assert {key: each.go for key, each in found.items()} == {
        None: True,
        "go_live": False,
    }


def test_the_open_work_of_a_gate_is_that_of_its_stage(store):
    """Milestones are points in time, and a go or no-go is what the gate is for."""
    kit = kit_with(research={"days": 0})
    opened(store, brief_with(kit=kit))
    (gate,) = gates(store)
    assert gate.open_work == ("Positioning",)
    done(store, SLUG, "positioning", now=NOW)
    assert gates(store)[0].open_work == ()
