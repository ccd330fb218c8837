from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import Fault
from launch_kits.verbs import drop, extend, preview_move, reassign, reopen, revise
from launch_kits.verbs.plan_doubts import doubts_since, plan_doubts, running_plan
from launch_kits.verbs.reassign import reassign_role
from launch_kits.verbs.transaction import changing, reading
from tests.launches import LEAD, LEGAL, NOW, SLUG, at, brief_with, opened, task

FREEZE = [{"from": "2027-02-01", "to": "2027-02-03", "why": "freeze"}]


def away(role: str, first: str, last: str) -> dict[str, object]:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team[role]["away"] = [{"from": first, "to": last}]
    return {"team": team}


def test_an_update_names_the_due_days_that_fall_on_days_off(falcon: Store) -> None:
    found = revise(falcon, SLUG, brief_with(blackouts=FREEZE), now=NOW)
    named = {fault.message.split('"')[1] for fault in found.warnings}
    assert named == {"positioning", "legal_review"}
    assert {fault.code for fault in found.warnings} == {"due-on-day-off"}
    assert task(falcon, "positioning").due == date(2027, 2, 1)
    # they are not new to the next change
    later = revise(falcon, SLUG, brief_with(blackouts=FREEZE, summary="Fast"), now=NOW)
    assert later.warnings == ()


def test_an_update_names_an_absence_on_a_due_day(falcon: Store) -> None:
    brief = brief_with(**away("legal", "2027-02-03", "2027-02-05"))
    (fault,) = revise(falcon, SLUG, brief, now=NOW).warnings
    assert f"when its owner {LEGAL} is off" in fault.message


def test_a_new_owner_who_is_off_on_the_due_day_is_named(store: Store) -> None:
    opened(store, brief_with(**away("ops", "2027-02-03", "2027-02-05")))
    outcome = reassign(store, SLUG, "legal_review", to="ops", now=NOW)
    assert "when its owner ops@example.com is off" in outcome.warnings[0]
    back = reassign(store, SLUG, "legal_review", to="legal", now=NOW)
    assert back.warnings == ()
    role = reassign_role(store, SLUG, role="legal", to="ops", now=NOW)
    assert "legal_review" in role.warnings[0]


def test_a_task_taken_up_again_names_the_due_days_that_it_misses(
    falcon: Store,
) -> None:
    assert drop(falcon, SLUG, "legal_review", now=NOW).warnings == ()
    outcome = reopen(falcon, SLUG, "legal_review", by=LEAD, now=at("02-03"))
    assert any(
        'task "legal_review" cannot make its due day' in each
        for each in outcome.warnings
    )


def test_a_miss_that_was_there_before_is_not_named_again(falcon: Store) -> None:
    now = at("02-08")
    with reading(falcon, SLUG, now=now) as change:
        before = plan_doubts(change)
        assert any(doubt.days for doubt in before)
        assert doubts_since(change, before) == ()
        assert doubts_since(change, ()) != ()


def test_more_time_counts_as_the_expected_finish(falcon: Store) -> None:
    extend(falcon, SLUG, "legal_review", until=date(2027, 2, 12), by=LEAD, now=NOW)
    with changing(falcon, SLUG, now=NOW) as change:
        plan = running_plan(change)
        found = {doubt.subject: doubt.days for doubt in plan_doubts(change, plan)}
    assert plan.forecast["legal_review"].finish == date(2027, 2, 12)
    assert found["training"] > 0


@pytest.mark.parametrize(
    ("on", "codes"), [("02-20", {"anchor-off-day"}), ("02-16", set())]
)
def test_a_move_names_the_doubts_of_its_new_days(
    falcon: Store, on: str, codes: set[str]
) -> None:
    found = preview_move(falcon, SLUG, on=at(on).date(), now=NOW)
    assert {fault.code for fault in found.warnings} == codes
    assert all(isinstance(fault, Fault) for fault in found.warnings)


def test_a_move_that_does_not_hold_names_the_tasks(falcon: Store) -> None:
    found = preview_move(falcon, SLUG, on=at("01-14").date(), now=NOW)
    assert {fault.code for fault in found.warnings} == {"due-cannot-be-made"}
    assert found.lands_on is not None
    assert found.lands_on > found.launch_on
