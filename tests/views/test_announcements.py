"""The announcements of a running launch are those that `check` finds in the same days."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import Loaded
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.notice import notices_in_plan, told_in_plan
from launch_kits.lint.subject import LintSubject
from launch_kits.plan.rollout import Rollout
from launch_kits.verbs import (
    NewTask,
    add,
    approve,
    delegate,
    done,
    drop,
    edit,
    extend,
    move,
    preview_edit,
    preview_move,
    reassign,
    reopen,
)
from launch_kits.verbs.edit_fields import TaskEdit
from launch_kits.verbs.plan_doubts import plan_doubts
from launch_kits.verbs.transaction import reading
from launch_kits.views.running_plan import RunningPlan, read_plan
from launch_kits.workdays.offsets import Offset
from tests.effort import seeds
from tests.launches import (
    KEYS,
    LEAD,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    kit_with,
    opened,
)

#: training gives notice of two weeks, and legal review tells partners before customers
PARTS: dict[str, dict[str, Any]] = {
    "training": {"due": "T-14d", "notice_period": "14d"},
    "legal_review": {"title": "Partners are told", "audience": "partner"},
    "positioning": {"title": "Notice of new prices", "due": "T-15"},
    "research": {"title": "Press release", "audience": "customer", "due": "T-3w"},
}


def brief(**parts: dict[str, Any]) -> Brief:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["ops"]["away"] = [{"from": "2027-01-18", "to": "2027-02-05"}]
    return brief_with(kit=kit_with(**{**PARTS, **parts}), team=team)


def plan_of(store: Store, now: Any) -> RunningPlan:
    with reading(store, SLUG, now=now) as change:
        return read_plan(
            change.launch,
            graph=change.graph,
            calendars=change.calendars,
            today=change.today,
        )


def found(store: Store, now: Any = NOW) -> set[tuple[str, str]]:
    """Code and task of the findings that `status` shows."""
    return {
        (each.fault.code, each.subject) for each in plan_of(store, now).announcements
    }


def checked(kept: Brief, days: dict[str, date]) -> set[tuple[str, str]]:
    """What `check` says of a brief whose tasks announce on given days."""
    rollout = Rollout.of(kept, today=NOW.date())
    spans = {
        key: span._replace(due=days[key])
        for key, span in rollout.schedule.spans.items()
        if key in days
    }
    vars(rollout)["schedule"] = replace(rollout.schedule, spans=spans)
    vars(rollout)["assignments"] = [
        each for each in rollout.assignments if each.key in days
    ]
    subject = LintSubject(
        Loaded(kept, (), {"brief": Yaml("-", {})}), rollout, NOW.date()
    )
    faults = [*notices_in_plan(subject), *told_in_plan(subject)]
    return {(fault.code, fault.message.split('"')[1]) for fault in faults}


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_start_shows_what_check_says(store: Store) -> None:
    kept = brief()
    opened(store, kept, accept_late=True)
    spans = Rollout.of(kept, today=NOW.date()).schedule.spans
    expected = checked(kept, {key: span.due for key, span in spans.items()})
    assert ("told-out-of-order", "research") in expected
    assert found(store) == expected


def extended(store: Store) -> object:
    extend(store, SLUG, "training", until=date(2027, 1, 29), now=NOW)
    return approve(store, SLUG, "training", by=LEAD, now=NOW)


def edited(store: Store) -> object:
    wanted = TaskEdit(due=Offset(-3))
    preview = preview_edit(store, SLUG, "training", wanted, now=NOW)
    assert "notice-too-short" in {each.code for each in preview.warnings}
    return edit(store, SLUG, "training", wanted, now=NOW)


def moved(store: Store) -> object:
    on = date(2027, 1, 28)
    preview = preview_move(store, SLUG, on=on, now=NOW)
    assert "notice-too-short" in {each.code for each in preview.warnings}
    return move(store, SLUG, on=on, accept_late=True, now=NOW)


def given_to_one_who_is_away(store: Store) -> object:
    return reassign(store, SLUG, "training", to=OPS, now=NOW)


def given_less_time(store: Store) -> object:
    new = NewTask("Long work", key="long_work", days=12, before=("training",))
    return add(store, SLUG, new, now=NOW, accept_late=True)


def dropped(store: Store) -> object:
    return drop(store, SLUG, "training", by=LEAD, now=NOW)


@pytest.mark.parametrize(
    "verb",
    [
        extended,
        edited,
        moved,
        given_to_one_who_is_away,
        given_less_time,
        dropped,
    ],
)
@pytest.mark.parametrize("kind", ["sqlite"])
def test_every_verb_and_the_status_after_it_name_a_notice_that_it_breaks(
    store: Store, verb: Callable[[Store], Any]
) -> None:
    parts = {"battlecard": {"days": 1}, "legal_review": {"days": 1}}
    opened(store, brief(**parts), accept_late=True)
    assert ("notice-too-short", "training") not in found(store)
    outcome = verb(store)
    told = [str(each) for each in outcome.warnings]
    told.append(getattr(outcome, "message", ""))
    assert any("gives notice of 14 days" in each for each in told), told
    assert ("notice-too-short", "training") in found(store)


def random_verb(store: Store, chance: random.Random, now: Any) -> None:
    key = chance.choice(KEYS)
    day = now.date() + timedelta(chance.randrange(1, 30))
    person = chance.choice([PMM, OPS, SALES])
    verbs: list[Callable[[], object]] = [
        lambda: extend(store, SLUG, key, until=day, by=LEAD, now=now),
        lambda: edit(store, SLUG, key, TaskEdit(due=day), accept_late=True, now=now),
        lambda: drop(store, SLUG, key, by=LEAD, now=now),
        lambda: reopen(store, SLUG, key, by=LEAD, now=now),
        lambda: done(store, SLUG, key, by=LEAD, now=now),
        lambda: reassign(store, SLUG, key, to=person, by=LEAD, now=now),
        lambda: move(store, SLUG, on=day, accept_late=True, now=now),
        lambda: delegate(store, person=PMM, to=SALES, until=day, now=now),
    ]
    chance.choice(verbs)()


@pytest.mark.parametrize("seed", seeds(2))
@pytest.mark.parametrize("kind", ["sqlite"])
def test_after_random_verbs_the_status_shows_what_check_says_of_its_days(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    now = NOW
    opened(store, brief(), accept_late=True)
    for _ in range(8):
        now += timedelta(hours=chance.randrange(40))
        try:
            random_verb(store, chance, now)
        except LaunchKitsError:
            continue
        plan = plan_of(store, now)
        if plan.brief is None or now.date() > plan.given.anchors.launch:
            break
        days = {
            work.key: work.done_on
            or max(plan.due[work.key], plan.forecast[work.key].finish)
            for work in plan.given.work
        }
        kept = plan.brief.model_copy(update={"launch_on": plan.given.launch_on})
        both_done = {work.key for work in plan.given.work if work.done_on}
        expected = {
            each
            for each in checked(kept, days)
            if each[0] != "told-out-of-order" or each[1] not in both_done
        }
        dropped = {"training"} & {*plan.dropped}
        expected |= {("notice-too-short", key) for key in dropped}
        shown = {
            each
            for each in found(store, now)
            if each[0] != "told-out-of-order" or each[1] not in both_done
        }
        assert shown == expected
        with reading(store, SLUG, now=now) as change:
            assert {*plan.announcements} <= {*plan_doubts(change)}


@pytest.mark.parametrize("kind", ["sqlite"])
def test_an_anchor_day_that_is_over_is_not_checked(store: Store) -> None:
    opened(store, brief(), accept_late=True)
    drop(store, SLUG, "training", by=LEAD, now=NOW)
    assert found(store, at("02-09"))
    assert found(store, at("02-10")) == set()
