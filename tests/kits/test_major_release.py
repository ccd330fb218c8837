from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.loading import load_kit
from launch_kits.plan import moved_release
from launch_kits.plan.rollout import Rollout
from tests.kits.conftest import KITS

#: the areas of product management and marketing, and the tasks that cover them
AREAS: Mapping[str, tuple[str, ...]] = {
    "market_analysis": ("market_analysis", "competitor_ledger"),
    "market_research": ("market_size", "win_loss", "customer_quotes"),
    "product_strategy": (
        "business_case",
        "pricing_proposal",
        "portfolio",
        "build_buy_partner",
    ),
    "product_planning": (
        "positioning_statement",
        "market_requirements",
        "personas",
        "usage_scenarios",
        "milestones",
    ),
    "program_strategy": (
        "gtm_strategy",
        "marketing_plan",
        "launch_plan",
        "ramp_up_recruit",
        "success_story",
        "collateral_plan",
    ),
    "sales_readiness": (
        "sales_knowledge_base",
        "white_paper",
        "competitive_write_up",
        "battlecard",
        "sales_training",
        "seller_certification",
        "pitch_deck",
        "discovery_questions",
        "objections",
    ),
    "channel_support": (
        "partner_kit",
        "partner_presentation",
        "special_sales",
        "answer_desk",
    ),
    "launch": ("run_of_show", "publish"),
    "after": ("feedback", "goals_review", "win_loss_review", "retrospective"),
}


@pytest.fixture(scope="module")
def major() -> Kit:
    return load_kit(KITS["major_release"])


def rollout(
    brief: Brief, *, begin_on: date | None = None, launch_on: date | None = None
) -> Rollout:
    launch_on = launch_on or brief.launch_on
    calendar = brief.calendar()
    release_on = moved_release(
        calendar, release_on=brief.released_on, launch_on=brief.launch_on, to=launch_on
    )
    return Rollout(
        brief, begin_on or brief.begin_on or launch_on, release_on, launch_on
    )


def test_the_example_holds_with_days_to_spare(valkey: Brief) -> None:
    plan = rollout(valkey)
    assert plan.schedule.feasible
    assert plan.schedule.spans["kickoff"].float_days >= 5
    assert 80 <= len(plan.assignments) <= 95


def test_the_last_days_are_critical(valkey: Brief) -> None:
    critical = {
        key for key, span in rollout(valkey).schedule.spans.items() if span.critical
    }
    assert {
        "release_day",
        "launch_decision",
        "load_and_schedule",
        "rehearsal",
        "publish",
        "launch_day",
    } <= critical


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
def test_fourteen_weeks_are_enough_in_any_season(
    valkey: Brief, change: Mapping[str, object]
) -> None:
    if "team" in change:
        change = {"team": {"lead": valkey.lead}}
    brief = valkey.model_copy(update=change)
    late = {}
    for week in range(52):
        begin_on = date(2026, 11, 23) + timedelta(weeks=week, days=week % 7)
        plan = rollout(
            brief, begin_on=begin_on, launch_on=begin_on + timedelta(weeks=14)
        )
        if not plan.schedule.feasible:
            late[begin_on] = plan.schedule.late_by
    assert late == {}


def test_every_area_is_a_stage_with_its_tasks(major: Kit) -> None:
    stages = {stage.key: {task.key for task in stage.tasks} for stage in major.stages}
    assert {
        area: {*keys} - stages[area]
        for area, keys in AREAS.items()
        if {*keys} - stages[area]
    } == {}


def test_a_smaller_tier_is_less_work(valkey: Brief) -> None:
    sizes = [
        len(rollout(valkey.model_copy(update={"tier": tier})).assignments)
        for tier in (1, 2, 3)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[1] > sizes[2]


def test_planning_begins_two_months_ahead_or_more(valkey: Brief) -> None:
    plan = rollout(valkey)
    assert plan.schedule.launch_day - plan.schedule.spans["kickoff"].due >= timedelta(
        weeks=9
    )


def test_training_comes_before_partners_and_both_before_the_public(
    valkey: Brief,
) -> None:
    spans = rollout(valkey).schedule.spans
    order = [
        "sales_training",
        "internal_announcement",
        "partner_preview:cloud",
        "partner_training",
        "launch_day",
    ]
    assert [spans[key].finish for key in order] == sorted(
        spans[key].finish for key in order
    )
    assert spans["pricing_approval"].finish < spans["copy_freeze"].start
