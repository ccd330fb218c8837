from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError, Refused
from launch_kits.plan import Share, State, as_things_stand
from launch_kits.plan.reasons import Reason
from launch_kits.verbs import (
    begin,
    block,
    cancel,
    done,
    drop,
    extend,
    move,
    reassign,
    reopen,
    unblock,
)
from launch_kits.views.launch import LaunchView, read_launch
from tests.effort import seeds
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    SLUG,
    at,
    brief_with,
    kit_with,
    opened,
    task,
)


def seen(store: Store, now: datetime = NOW) -> LaunchView:
    with store.read() as session:
        return read_launch(session, SLUG, now=now, documents=Path("/documents"))


def finish(store: Store, *keys: str, now: datetime) -> None:
    for key in keys:
        drop(store, SLUG, key, by=LEAD, now=now)


def calm(store: Store) -> datetime:
    return NOW


def begun_late(store: Store) -> datetime:
    """Positioning was begun on the last day but one, and is not done."""
    begin(store, SLUG, "positioning", now=at("02-03"))
    return at("02-08")


def done_late(store: Store) -> datetime:
    done(store, SLUG, "positioning", now=at("02-04"))
    return at("02-05")


def given_more_time(store: Store) -> datetime:
    done(store, SLUG, "positioning", now=at("02-01"))
    extend(
        store, SLUG, "legal_review", until=date(2027, 2, 26), by=LEAD, now=at("02-02")
    )
    return at("02-03")


def two_delays(store: Store) -> datetime:
    done(store, SLUG, "positioning", now=at("02-04"))
    extend(store, SLUG, "training", until=date(2027, 3, 5), by=LEAD, now=at("02-04"))
    return at("02-05")


def blocked_after_a_move(store: Store) -> datetime:
    begin(store, SLUG, "positioning", now=at("01-12"))
    done(store, SLUG, "research", now=at("01-13"))
    move(store, SLUG, on=date(2027, 2, 16), now=at("01-14"))
    block(store, SLUG, "positioning", now=at("01-15"), note="No numbers")
    return at("02-12")


def long_over(store: Store) -> datetime:
    return at("03-10")


HISTORIES = [
    calm,
    begun_late,
    done_late,
    given_more_time,
    two_delays,
    blocked_after_a_move,
    long_over,
]


@pytest.mark.parametrize("history", HISTORIES)
def test_a_view_says_what_the_planner_says_of_the_records(
    falcon: Store, history: Callable[[Store], datetime]
) -> None:
    view = seen(falcon, history(falcon))
    plan = view.plan
    found = as_things_stand(
        plan.given,
        planned=plan.planned,
        due={each.key: each.due for each in view.tasks},
        due_set=plan.due_set,
        today=view.today,
    )
    assert plan.standing == replace(found, because=())
    assert (view.lands_on, view.because) == (found.lands_on, found.because)
    assert {
        each.key: (each.expected_start, each.expected_finish, each.float_days)
        for each in view.tasks
    } == {key: tuple(found.tasks[key]) for key in KEYS if key in found.tasks} | {
        key: (None, None, None) for key in KEYS if key not in found.tasks
    }


@pytest.mark.parametrize("history", HISTORIES)
def test_the_shares_add_up_to_the_working_days_from_launch_on_to_lands_on(
    falcon: Store, history: Callable[[Store], datetime]
) -> None:
    view = seen(falcon, history(falcon))
    assert view.lands_on is not None
    calendar = view.plan.given.calendar
    slip = calendar.count(view.launch_on, view.lands_on)
    assert sum(share.days for share in view.because) == slip
    assert (slip > 0) == (history is not calm)
    assert len({share.task for share in view.because}) == len(view.because)


def test_two_tasks_that_delay_a_launch_share_its_slip(falcon: Store) -> None:
    view = seen(falcon, two_delays(falcon))
    assert view.because == (Share("training", 15), Share("positioning", 3))
    assert view.lands_on == date(2027, 3, 5)


def test_granted_time_is_the_expected_finish_and_the_due_day_set_by_hand(
    falcon: Store,
) -> None:
    view = seen(falcon, given_more_time(falcon))
    legal = view.task("legal_review")
    assert legal is not None
    assert legal.expected_finish == legal.due == date(2027, 2, 26)
    assert view.plan.due_set == {"legal_review"}
    assert "legal_review" in [share.task for share in view.because]


def test_granted_time_ends_with_the_task(falcon: Store) -> None:
    given_more_time(falcon)
    done(falcon, SLUG, "legal_review", by=LEGAL, now=at("02-03"))
    (legal,) = [
        w for w in seen(falcon, at("02-04")).plan.given.work if w.key == "legal_review"
    ]
    assert (legal.until, legal.done_on) == (None, date(2027, 2, 3))


def test_the_plan_in_force_knows_only_the_facts_before_it(falcon: Store) -> None:
    begin(falcon, SLUG, "positioning", now=at("01-12"))
    done(falcon, SLUG, "research", now=at("01-13"))
    before = {work.key: work for work in seen(falcon, at("01-13")).plan.planned}
    assert before["positioning"].begun_on is before["research"].done_on is None
    move(falcon, SLUG, on=date(2027, 2, 16), now=at("01-14"))
    done(falcon, SLUG, "positioning", now=at("01-18"))
    plan = seen(falcon, at("01-18")).plan
    then = {work.key: work for work in plan.planned}
    assert then["research"].done_on == date(2027, 1, 13)
    assert then["positioning"].begun_on == date(2027, 1, 12)
    assert then["positioning"].done_on is None
    assert plan.given.begin_on == date(2027, 1, 14)
    assert [work.key for work in plan.planned] == [work.key for work in plan.given.work]


def test_work_in_review_when_the_plan_was_made_is_in_review_in_it(
    falcon: Store,
) -> None:
    done(falcon, SLUG, "positioning", now=at("01-12"))
    done(falcon, SLUG, "battlecard:kite", now=at("01-13"))
    move(falcon, SLUG, on=date(2027, 2, 16), now=at("01-14"))
    (card,) = [
        w for w in seen(falcon, at("01-15")).plan.planned if w.key == "battlecard:kite"
    ]
    assert card.in_review


@pytest.mark.parametrize(
    ("history", "state"),
    [
        (calm, State.ON_TRACK),
        (done_late, State.AT_RISK),
        (two_delays, State.AT_RISK),
        (long_over, State.LATE),
    ],
)
def test_a_running_launch_has_the_state_of_its_facts(
    falcon: Store, history: Callable[[Store], datetime], state: State
) -> None:
    assert seen(falcon, history(falcon)).state is state


def test_after_the_launch_only_overdue_tasks_are_a_risk(falcon: Store) -> None:
    finish(falcon, *KEYS[:-1], now=NOW)
    retro = task(falcon, "retro").due
    assert seen(falcon, at(f"{retro:%m-%d}")).state is State.ON_TRACK
    after = seen(falcon, at("03-10"))
    assert (after.state, after.lands_on) == (State.AT_RISK, after.launch_on)


def test_a_launch_that_ended_has_the_state_of_its_end(falcon: Store) -> None:
    finish(falcon, *KEYS, now=NOW)
    over = seen(falcon, at("03-10"))
    assert (over.state, over.lands_on, over.because) == (State.DONE, over.launch_on, ())
    assert over.plan.can_begin == ()
    reopen(falcon, SLUG, "retro", now=at("03-10"))
    assert seen(falcon, at("03-10")).state is State.AT_RISK


def test_a_cancelled_launch_lands_nowhere(falcon: Store) -> None:
    cancel(falcon, SLUG, now=NOW)
    view = seen(falcon, at("03-10"))
    assert (view.state, view.lands_on, view.because) == (State.CANCELLED, None, ())
    assert view.plan.can_begin == ()


def begin_is_accepted(store: Store, key: str, now: datetime) -> bool:
    try:
        return begin(store, SLUG, key, now=now).changed
    except Refused:
        return False


@pytest.mark.parametrize("closed", range(len(KEYS) + 1))
def test_can_begin_names_the_tasks_that_begin_accepts(
    falcon: Store, closed: int
) -> None:
    for key in KEYS[:closed]:
        drop(falcon, SLUG, key, now=NOW)
    named = seen(falcon).plan.can_begin
    assert set(named) == {key for key in KEYS if begin_is_accepted(falcon, key, NOW)}
    assert seen(falcon).plan.can_begin == ()


def test_blocked_work_cannot_begin(falcon: Store) -> None:
    block(falcon, SLUG, "research", now=NOW, note="No access")
    assert seen(falcon).plan.can_begin == ("positioning",)
    unblock(falcon, SLUG, "research", now=NOW)
    assert seen(falcon).plan.can_begin == ("positioning", "research")


def test_why_leads_through_the_open_work_by_its_facts(falcon: Store) -> None:
    view = seen(falcon, begun_late(falcon))
    found = view.plan.why()
    assert found is not None
    assert [step.task for step in found.steps][-1] == "training"
    for step in found.steps:
        dated = view.task(step.task)
        assert dated is not None
        assert (step.start, step.finish, step.float_days) == (
            dated.expected_start,
            dated.expected_finish,
            dated.float_days,
        )
    assert found.steps[0].reason in ("begun_on", "today")


def test_why_names_a_due_day_that_was_set_by_hand_as_the_limit(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=date(2027, 2, 26), by=LEAD, now=NOW)
    finish(falcon, *(key for key in KEYS if key != "research"), now=NOW)
    found = seen(falcon).plan.why()
    assert found is not None
    assert (found.limit.task, found.limit.on) == ("research", date(2027, 2, 26))


def test_nothing_drives_a_launch_without_open_work(falcon: Store) -> None:
    finish(falcon, *KEYS, now=NOW)
    assert seen(falcon).plan.why() is None


def test_work_handed_to_another_keeps_its_days(falcon: Store) -> None:
    before = seen(falcon).task("research")
    reassign(falcon, SLUG, "research", to=OPS, now=NOW)
    after = seen(falcon).task("research")
    assert before is not None
    assert after is not None
    assert before.expected_finish == after.expected_finish


def test_the_last_start_is_that_of_the_due_day_in_force(falcon: Store) -> None:
    """Neither begun work nor a milestone has one."""
    extend(falcon, SLUG, "training", until=date(2027, 2, 12), by=LEAD, now=NOW)
    begin(falcon, SLUG, "positioning", now=NOW)
    with falcon.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=Path())
    tasks = {task.key: task for task in view.tasks}
    assert tasks["training"].last_start == date(2027, 2, 11)
    assert tasks["positioning"].last_start is None
    assert tasks["go_live"].last_start is None
    for each in view.open_tasks:
        # more time that was granted is no work, so that it leaves some float before
        if each.key != "training" and each.last_start and each.expected_start:
            late = each.expected_start > each.last_start
            assert late == ((each.float_days or 0) < 0), each.key
            assert each.starts_last == (each.float_days == 0), each.key


def random_verb(store: Store, chance: random.Random, now: datetime) -> None:
    key = chance.choice(KEYS)
    day = now.date() + timedelta(chance.randrange(1, 40))
    verbs: list[Callable[[], object]] = [
        lambda: begin(store, SLUG, key, by=LEAD, now=now),
        lambda: done(store, SLUG, key, by=LEAD, now=now),
        lambda: block(store, SLUG, key, by=LEAD, now=now, note="Stuck"),
        lambda: extend(store, SLUG, key, until=day, by=LEAD, now=now),
        lambda: drop(store, SLUG, key, by=LEAD, now=now),
        lambda: reassign(store, SLUG, key, to=OPS, by=LEAD, now=now),
        lambda: move(store, SLUG, on=day, accept_late=True, now=now),
    ]
    chance.choice(verbs)()


@pytest.mark.parametrize("seed", seeds(4))
@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_work_of_least_float_is_in_the_chain_that_drives_the_date(
    store: Store, seed: int
) -> None:
    """Compared with the float of every task, after random verbs."""
    chance = random.Random(seed)
    now = NOW
    # the retrospective begins on a fixed day, and of seven days it is late
    days = chance.choice((1, 7))
    opened(store, brief_with(kit=kit_with(retro={"days": days})), accept_late=True)
    for _ in range(10):
        now += timedelta(hours=chance.randrange(50))
        with suppress(LaunchKitsError):
            random_verb(store, chance, now)
        plan = seen(store, now).plan
        work = {
            each.key: plan.forecast[each.key].float_days
            for each in plan.given.work
            if each.days and not each.done_on
        }
        found = plan.why()
        watched = plan.work_to_watch()
        assert (found is None) == (not work)
        if found is None:
            continue
        floats = {step.task: step.float_days for step in found.steps}
        assert min(floats.values()) == min(work.values())
        assert floats.items() <= work.items()
        last = found.steps[-1].task
        assert work[last] == min(work.values())
        shown = (watched or found).steps
        if min(work.values()) < 0:
            assert min(step.float_days for step in shown) == min(work.values())
        if watched is not None:
            fixed = {step.task for step in found.steps}
            assert found.steps[0].reason is Reason.NOT_BEFORE
            assert not fixed & {step.task for step in watched.steps[-1:]}
