from __future__ import annotations

from datetime import date

from launch_kits.database.records import EventVerb
from launch_kits.database.store import Store
from launch_kits.verbs import delegate, extend
from launch_kits.verbs.day_changes import set_due
from launch_kits.verbs.plan_again import date_again, due_within, plan_again
from launch_kits.verbs.transaction import changing
from tests.launches import LEAD, LEGAL, NOW, SLUG, at, brief_with, opened, task


def test_the_tasks_before_move_earlier_and_those_behind_stay(falcon: Store) -> None:
    with changing(falcon, SLUG, now=NOW) as change:
        training = change.task("training")
        training.days = 6
        plan = plan_again(change, training)
        moved = date_again(
            change, training, plan, by=LEAD, verb=EventVerb.EDIT, why=None
        )
    assert {each.task.key for each in moved} == {
        "battlecard:osprey",
        "battlecard:kite",
        "legal_review",
        "positioning",
    }
    assert all(each.task.due < each.before for each in moved)
    assert task(falcon, "go_live").due == date(2027, 2, 9)


def test_a_task_leaves_those_behind_it_their_stored_due_days(falcon: Store) -> None:
    with changing(falcon, SLUG, now=NOW) as change:
        training = change.task("training")
        set_due(
            change,
            training,
            date(2027, 2, 2),
            by=LEAD,
            verb=EventVerb.EDIT,
            why=None,
            planned=True,
        )
        plan = plan_again(change, change.task("legal_review"))
        assert plan.span(training).due == date(2027, 2, 2)
        assert plan.span(change.task("legal_review")).due == date(2027, 1, 27)


def test_more_time_of_a_task_before_it_is_not_taken_back(
    falcon: Store,
) -> None:
    extend(falcon, SLUG, "legal_review", until=date(2027, 2, 5), by=LEAD, now=NOW)
    for days in (1, 4):
        with changing(falcon, SLUG, now=NOW) as change:
            training = change.task("training")
            training.days = days
            plan = plan_again(change, training)
            date_again(change, training, plan, by=LEAD, verb=EventVerb.EDIT, why=None)
        assert task(falcon, "legal_review").due == date(2027, 2, 5)
    assert task(falcon, "legal_review").extended_until == date(2027, 2, 5)


def test_no_new_due_day_is_before_today(falcon: Store) -> None:
    with changing(falcon, SLUG, now=at("02-03")) as change:
        positioning = change.task("positioning")
        span = plan_again(change, positioning).span(positioning)
        assert span.due < change.today
        # it was due on 1 February, and stays so
        assert due_within(change, positioning, span) == date(2027, 2, 1)
        legal = change.task("legal_review")
        early = span._replace(due=date(2027, 1, 4))
        assert due_within(change, legal, early) == date(2027, 2, 3)


def test_an_absence_that_moves_a_due_day_is_said(store: Store) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["legal"]["away"] = [{"from": "2027-02-02", "to": "2027-02-03"}]
    opened(store, brief_with(team=team))
    with changing(store, SLUG, now=NOW) as change:
        legal = change.task("legal_review")
        plan = plan_again(change, legal)
        off = plan.days_off(legal)
        assert plan.days_off(change.task("training")) is None
    assert off is not None
    assert "2027-02-01 (Monday), not 2027-02-03 (Wednesday)" in off.message


def test_an_absence_behind_the_work_before_it_moves_no_due_day(
    falcon: Store,
) -> None:
    # both wait for positioning, and no day is left to legal review
    delegate(falcon, person=LEGAL, to=LEAD, until=date(2027, 2, 12), now=NOW)
    with changing(falcon, SLUG, now=NOW) as change:
        battlecard = change.task("battlecard:kite")
        plan = plan_again(change, battlecard)
        positioning = change.task("positioning")
        assert plan.span(positioning).due < positioning.due
        moved = date_again(
            change, battlecard, plan, by=LEAD, verb=EventVerb.EDIT, why=None
        )
    assert moved == ()
