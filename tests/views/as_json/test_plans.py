from __future__ import annotations

from dataclasses import replace

from launch_kits.lint.planned import Planned
from launch_kits.plan import why
from launch_kits.plan.rollout import Rollout
from launch_kits.views.as_json import chains_json, plan_json
from tests.launches import KEYS, at, brief_with

TODAY = at("01-11").date()


def test_plan_has_its_tasks_in_the_kit_s_order():
    planned = Planned(Rollout.of(brief_with(), today=TODAY), (), ())
    found = plan_json(planned, earliest_launch_on=None)
    tasks = found["tasks"]
    assert isinstance(tasks, list)
    assert tuple(each["key"] for each in tasks) == KEYS
    assert (found["feasible"], found["earliest_launch_on"]) == (True, None)
    later = plan_json(planned, earliest_launch_on=at("02-15").date())
    assert later["earliest_launch_on"] == "2027-02-15"


def test_chain_ends_with_the_limit_that_it_must_keep():
    rollout = Rollout.of(brief_with(), today=TODAY)
    tight = replace(rollout, launch_on=at("01-22").date())
    chain = why(tight.plan_input, dated=tight.schedule.spans)
    found = chains_json(chain, None)["why"]
    assert [each["task"] for each in found] == [
        "positioning",
        "legal_review",
        "training",
    ]
    *before, limit = (each["limit"] for each in found)
    assert before == [None, None]
    assert limit == {
        "task": "go_live",
        "anchor": "launch",
        "due": "T-0",
        "on": "2027-01-22",
    }


def test_chain_is_empty_if_no_work_is_open():
    assert chains_json(None, None) == {"why": [], "watch": []}
