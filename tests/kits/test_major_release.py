from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from launch_kits.brief import Brief
from launch_kits.claims import Audience
from launch_kits.kit import Kit
from launch_kits.library import load_brief, load_kit
from launch_kits.plan import moved_release
from launch_kits.rollout import Rollout

ROOT = Path(__file__).parents[2]
KIT = ROOT / "launch_kits/kits/major_release.yaml"


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit(KIT)


@pytest.fixture(scope="module")
def brief() -> Brief:
    return load_brief(ROOT / "examples/valkey-9/brief.yaml").brief


def rollout(brief: Brief, *, begin_on: date | None = None, launch_on: date | None = None) -> Rollout:
    launch_on = launch_on or brief.launch_on
    calendar = brief.calendar()
    release_on = moved_release(calendar, release_on=brief.released_on, launch_on=brief.launch_on, to=launch_on)
    return Rollout(brief, begin_on or brief.begin_on or launch_on, release_on, launch_on)


def test_the_example_holds_with_days_to_spare(brief: Brief) -> None:
    plan = rollout(brief)
    assert plan.schedule.feasible
    assert plan.schedule.spans["kickoff"].float_days >= 5
    assert 55 <= len(plan.assignments) <= 70


def test_the_last_days_are_critical(brief: Brief) -> None:
    critical = {key for key, span in rollout(brief).schedule.spans.items() if span.critical}
    assert {"release_day", "launch_decision", "load_and_schedule", "rehearsal", "publish", "launch_day"} <= critical


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"release_on": None},
        {"holidays": None, "blackouts": ()},
        {"holidays": "DE"},
        {"holidays": "SA"},
        {"company": "startup"},
        {"market": "both"},
        {"tier": 2},
        {"tier": 3},
        {"personas": (), "partners": ()},
        {"team": None},
    ],
    ids=str,
)
def test_fourteen_weeks_are_enough_in_any_season(brief: Brief, change: dict[str, object]) -> None:
    if "team" in change:
        change = {"team": {"lead": brief.lead}}
    brief = brief.model_copy(update=change)
    late = {}
    for week in range(52):
        begin_on = date(2026, 11, 23) + timedelta(weeks=week, days=week % 7)
        plan = rollout(brief, begin_on=begin_on, launch_on=begin_on + timedelta(weeks=14))
        if not plan.schedule.feasible:
            late[begin_on] = plan.schedule.late_by
    assert late == {}


def test_the_due_days_that_are_written_stand_in_the_order_of_the_work(brief: Brief) -> None:
    plan = rollout(brief)
    days = {"release": plan.schedule.release_day, "launch": plan.schedule.launch_day}
    written = {w.key: w.due.resolve(plan.calendars.launch, days[w.anchor]) for w in plan.work if w.due}
    before = {work.key: [link.key for link in work.after] for work in plan.work}

    def earlier(key: str) -> set[str]:
        return {found for task in before[key] for found in ({task} | earlier(task))}

    wrong = [(one, other) for other in written for one in earlier(other) if written.get(one, date.min) > written[other]]
    assert wrong == []


def test_what_comes_after_the_launch_has_a_due_day(kit: Kit) -> None:
    after = next(stage for stage in kit.stages if stage.key == "after")
    assert all(task.due and task.due.startswith("T+") for task in after.tasks)


def test_every_template_is_used_once_for_its_readers(kit: Kit) -> None:
    used = [(task.document, task.audience, task.each) for _, task in kit.tasks() if task.document]
    assert sorted(used) == [
        ("battlecard.md.j2", Audience.INTERNAL, "competitors"),
        ("launch_plan.md.j2", Audience.INTERNAL, None),
        ("messaging_house.md.j2", Audience.INTERNAL, None),
        ("one_pager.md.j2", Audience.CUSTOMER, None),
        ("partner_brief.md.j2", Audience.PARTNER, "partners"),
        ("positioning_statement.md.j2", Audience.INTERNAL, None),
        ("sales_faq.md.j2", Audience.INTERNAL, None),
    ]
    assert all((ROOT / "templates" / str(name)).is_file() for name, _, _ in used)


def test_every_stage_ends_with_a_gate_and_hard_ones_ask_for_evidence(kit: Kit) -> None:
    for stage in kit.stages:
        assert stage.gate
        assert stage.gate.checks
        if stage.gate.hard:
            assert any(check.evidence == "required" for check in stage.gate.checks), stage.key


def test_training_comes_before_partners_and_both_before_the_public(brief: Brief) -> None:
    spans = rollout(brief).schedule.spans
    order = ["sales_training", "internal_announcement", "partner_preview:cloud", "partner_training", "launch_day"]
    assert [spans[key].finish for key in order] == sorted(spans[key].finish for key in order)
    assert spans["pricing_approval"].finish < spans["copy_freeze"].start


def test_nobody_signs_their_own_work(kit: Kit) -> None:
    assert [task.key for _, task in kit.tasks() if task.review == task.role] == []
