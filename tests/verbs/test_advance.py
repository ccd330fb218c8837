from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.verbs import advance, approve, cancel, done, drop, extend, move, reopen
from launch_kits.verbs.advance import due_launches
from launch_kits.worker.step import sweep_due
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    dump,
    events,
    kit_with,
    launch,
    notices,
    opened,
    pending,
    status,
    statuses,
    task,
    verbs,
)

SINGAPORE = ZoneInfo("Asia/Singapore")
CARDS = ("battlecard:osprey", "battlecard:kite")


def finish(store: Store, *keys: str, now: datetime) -> None:
    for key in keys:
        done(store, SLUG, key, now=now)
        if key in CARDS:
            approve(store, SLUG, key, now=now)


def swept(store: Store, *, now: datetime) -> list[str]:
    """The keys of the tasks that a sweep opens, and `overdue` before those it tells."""
    before = len(events(store))
    sweep_due(store, now=now)
    return [f"{event.verb} {event.task}" for event in events(store)[before:]]


def test_with_nothing_due_a_sweep_changes_nothing(falcon: Store) -> None:
    before = dump(falcon)
    assert sweep_due(falcon, now=at("01-11", 23)) == []
    assert not advance(falcon, SLUG, now=at("01-11", 23))
    assert dump(falcon) == before


def test_an_unknown_launch_cannot_be_advanced(falcon: Store) -> None:
    with pytest.raises(NotFound):
        advance(falcon, "kestrel", now=NOW)


def test_finished_work_opens_what_waits_for_all_of_it(falcon: Store) -> None:
    finish(falcon, "positioning", now=at("01-12"))
    assert {key for key, found in statuses(falcon).items() if found == "ready"} == {
        "research",
        *CARDS,
        "legal_review",
    }
    finish(falcon, *CARDS, now=at("01-12"))
    assert status(falcon, "training") == "waiting"


def test_work_finished_early_opens_its_successors_the_same_day(falcon: Store) -> None:
    assert task(falcon, "legal_review").start == date(2027, 1, 14)
    finish(falcon, "positioning", now=at("01-11"))
    assert task(falcon, "legal_review").ready_at == at("01-11")


def test_only_a_launch_s_own_first_day_lets_its_work_begin(store: Store) -> None:
    opened(store, brief_with(begin_on="2027-01-18"))
    assert swept(store, now=at("01-17", 23, 59)) == []
    assert swept(store, now=at("01-18", 0)) == ["ready positioning", "ready research"]


def test_not_before_holds_a_task_whose_predecessors_are_done(falcon: Store) -> None:
    drop(falcon, SLUG, "training", now=NOW)
    finish(falcon, "positioning", "legal_review", *CARDS, now=NOW)
    assert status(falcon, "go_live") == "waiting"
    assert swept(falcon, now=at("02-08", 23, 59)) == []
    assert swept(falcon, now=at("02-09", 0)) == ["ready go_live", "overdue research"]


@pytest.mark.parametrize(
    ("finished", "opens"),
    [
        ("01-13", "01-18"),
        ("01-15", "01-20"),
        ("01-16", "01-20"),
        ("01-17", "01-20"),
        ("01-18", "01-21"),
    ],
    ids=["midweek", "on Friday", "on Saturday", "on Sunday", "on Monday"],
)
def test_a_lag_leaves_whole_working_days_free(
    falcon: Store, finished: str, opens: str
) -> None:
    finish(falcon, "positioning", *CARDS, now=NOW)
    finish(falcon, "legal_review", now=at(finished))
    assert status(falcon, "training") == "waiting"
    assert swept(falcon, now=at(opens, 0) - timedelta(seconds=1)) == []
    assert swept(falcon, now=at(opens, 0)) == ["ready training"]


def test_a_milestone_may_lie_on_the_last_day_of_a_lag(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(training={"days": 0})))
    finish(store, "positioning", *CARDS, "legal_review", now=at("01-13"))
    assert swept(store, now=at("01-14", 23)) == []
    assert swept(store, now=at("01-15", 0)) == ["ready training"]


def test_a_holiday_does_not_count_towards_a_lag(store: Store) -> None:
    opened(store, brief_with(blackouts=[{"from": "2027-01-14", "to": "2027-01-14"}]))
    finish(store, "positioning", *CARDS, "legal_review", now=at("01-13"))
    assert swept(store, now=at("01-18", 23)) == []
    assert swept(store, now=at("01-19", 0)) == ["ready training"]


def test_a_lag_that_a_dropped_task_leaves_counts_from_what_it_waited_for(
    falcon: Store,
) -> None:
    for key in (*CARDS, "legal_review"):
        drop(falcon, SLUG, key, now=NOW)
    finish(falcon, "positioning", now=at("01-13"))
    assert swept(falcon, now=at("01-17")) == []
    assert swept(falcon, now=at("01-18", 0)) == ["ready training"]


def test_a_dropped_chain_holds_no_one(falcon: Store) -> None:
    for key in ("positioning", *CARDS, "legal_review"):
        drop(falcon, SLUG, key, now=NOW)
    assert status(falcon, "training") == "ready"


def test_a_milestone_needs_to_be_done_like_any_task(falcon: Store) -> None:
    drop(falcon, SLUG, "training", now=NOW)
    finish(falcon, "positioning", "legal_review", *CARDS, "research", now=NOW)
    sweep_due(falcon, now=at("02-09"))
    assert (status(falcon, "go_live"), status(falcon, "retro")) == ("ready", "waiting")
    sweep_due(falcon, now=at("02-12"))
    assert (status(falcon, "go_live"), status(falcon, "retro")) == ("ready", "waiting")
    finish(falcon, "go_live", now=at("02-12"))
    assert status(falcon, "retro") == "ready"


def test_a_sweep_tells_the_owner_of_what_it_opened(store: Store) -> None:
    opened(store, brief_with(begin_on="2027-01-18"))
    sweep_due(store, now=at("01-18", 0))
    told = notices(store, "task", key="research")
    assert [(notice.to, notice.send_after) for notice in told] == [
        (PMM, at("01-18", 9))
    ]


# Overdue


def test_a_passed_due_day_is_told_once(falcon: Store) -> None:
    finish(falcon, "positioning", now=NOW)
    due = task(falcon, "research").due
    assert due == date(2027, 2, 8)
    assert "overdue research" not in swept(falcon, now=at("02-08", 23, 59))
    assert "overdue research" in swept(falcon, now=at("02-09", 0))
    assert swept(falcon, now=at("02-09", 1)) == []
    (event,) = events(falcon, verb="overdue", key="research")
    assert (event.by, event.data["due"]) == ("launch-kits", "2027-02-08")


def test_a_due_day_ends_where_its_owner_lives(falcon: Store) -> None:
    assert (task(falcon, "training").owner, task(falcon, "training").due) == (
        SALES,
        date(2027, 2, 9),
    )
    evening = datetime(2027, 2, 9, 23, 59, tzinfo=SINGAPORE)
    assert "overdue training" not in swept(falcon, now=evening)
    assert "overdue training" in swept(falcon, now=evening + timedelta(minutes=1))


def test_what_was_done_in_time_is_never_overdue(falcon: Store) -> None:
    finish(falcon, "research", now=at("02-08", 23))
    assert "overdue research" not in swept(falcon, now=at("02-10"))


def test_every_verb_tells_what_is_overdue_by_then(falcon: Store) -> None:
    done(falcon, SLUG, "research", now=at("02-10"))
    assert verbs(falcon, "research") == ["ready", "done"]
    assert verbs(falcon, "positioning") == ["ready", "overdue"]


def test_a_waiting_task_can_be_overdue(falcon: Store) -> None:
    assert "overdue training" in swept(falcon, now=at("02-10"))
    assert status(falcon, "training") == "waiting"


def test_a_new_due_day_can_pass_again(falcon: Store) -> None:
    sweep_due(falcon, now=at("02-09", 0))
    extend(falcon, SLUG, "research", until=date(2027, 2, 11), by=LEAD, now=at("02-09"))
    assert "overdue research" not in swept(falcon, now=at("02-11", 23))
    assert "overdue research" in swept(falcon, now=at("02-12", 0))
    assert [
        event.data["due"] for event in events(falcon, verb="overdue", key="research")
    ] == [
        "2027-02-08",
        "2027-02-11",
    ]


def test_a_reopened_task_is_not_told_again_for_the_same_day(falcon: Store) -> None:
    sweep_due(falcon, now=at("02-09", 0))
    finish(falcon, "research", now=at("02-09"))
    reopen(falcon, SLUG, "research", now=at("02-10"))
    sweep_due(falcon, now=at("02-11"))
    assert len(events(falcon, verb="overdue", key="research")) == 1


# Ending


def all_done(store: Store, *, now: datetime) -> None:
    finish(
        store,
        "positioning",
        "research",
        *CARDS,
        "legal_review",
        "training",
        "go_live",
        "retro",
        now=now,
    )


def test_a_launch_ends_with_its_last_task(falcon: Store) -> None:
    all_done(falcon, now=at("01-20"))
    assert (launch(falcon).status, launch(falcon).ended_at) == ("done", at("01-20"))
    assert verbs(falcon)[-1] == "finished"
    assert pending(falcon, "news") == ["#falcon-2-launch"]
    assert pending(falcon, "task") == []
    assert {task(falcon, key).look_at for key in statuses(falcon)} == {None}


def test_a_launch_ends_with_its_last_drop(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(only=["positioning", "research"])))
    finish(store, "research", now=NOW)
    drop(store, SLUG, "positioning", now=NOW)
    assert launch(store).status == "done"


def test_an_ended_launch_is_not_advanced(falcon: Store) -> None:
    all_done(falcon, now=at("01-20"))
    before = dump(falcon, without="digest_due")
    assert not advance(falcon, SLUG, now=at("03-01"))
    sweep_due(falcon, now=at("03-01"))
    assert dump(falcon, without="digest_due") == before


# The launches of a sweep


def looked_at(store: Store, *, now: datetime) -> list[str]:
    with store.read() as session:
        return due_launches(session, now=now)


def test_a_sweep_looks_only_at_launches_with_something_due(falcon: Store) -> None:
    opened(falcon, brief_with(launch="kestrel", begin_on="2027-01-13"))
    assert looked_at(falcon, now=at("01-11", 23)) == []
    assert sorted(looked_at(falcon, now=at("01-12", 0))) == [SLUG, "kestrel"]
    sweep_due(falcon, now=at("01-12", 0))
    assert looked_at(falcon, now=at("01-12", 8, 59)) == []
    # research is planned to be finished
    assert looked_at(falcon, now=at("01-12", 9)) == [SLUG]
    sweep_due(falcon, now=at("01-12", 9))
    assert looked_at(falcon, now=at("01-12", 23)) == []
    assert sorted(looked_at(falcon, now=at("03-01"))) == [SLUG, "kestrel"]
    cancel(falcon, "kestrel", now=at("01-12"))
    assert looked_at(falcon, now=at("03-01")) == [SLUG]


def test_after_a_sweep_there_is_nothing_left_to_look_at(falcon: Store) -> None:
    opened(falcon, brief_with(launch="kestrel", begin_on="2027-01-13"))
    moment = NOW
    while moment < at("02-20"):
        sweep_due(falcon, now=moment)
        assert looked_at(falcon, now=moment) == []
        moment += timedelta(hours=30)


def test_the_next_look_is_when_a_date_lets_a_task_open_or_a_person_is_reminded(
    falcon: Store,
) -> None:
    assert task(falcon, "research").look_at == at("01-12", 9)
    sweep_due(falcon, now=at("01-12", 9))
    assert task(falcon, "research").look_at == at("02-03", 9)
    assert task(falcon, "training").look_at == datetime(
        2027, 2, 10, 0, tzinfo=SINGAPORE
    )
    finish(falcon, "positioning", *CARDS, "legal_review", now=at("01-13"))
    assert task(falcon, "training").look_at == at("01-18", 0)
    finish(falcon, "training", now=at("01-13"))
    assert task(falcon, "training").look_at is None
    assert task(falcon, "go_live").look_at == at("02-09", 0)


def test_a_move_changes_when_to_look(falcon: Store) -> None:
    sweep_due(falcon, now=at("01-12", 9))
    move(falcon, SLUG, on=date(2027, 2, 16), now=at("01-12", 9))
    # the move spreads the work of its owner
    assert task(falcon, "research").planned_finish == date(2027, 1, 22)
    assert task(falcon, "research").look_at == at("01-22", 9)
    sweep_due(falcon, now=at("01-22", 9))
    assert task(falcon, "research").look_at == at("02-10", 9)


def test_a_day_that_begins_late_is_waited_for(store: Store) -> None:
    # On 5 September 2027 clocks in Santiago jump from midnight to one.
    zone = ZoneInfo("America/Santiago")
    opened(
        store,
        brief_with(
            timezone="America/Santiago", begin_on="2027-09-05", launch_on="2027-10-12"
        ),
        now=at("2027-09-02"),
    )
    assert swept(store, now=datetime(2027, 9, 4, 23, 59, 59, tzinfo=zone)) == []
    assert "ready research" in swept(store, now=datetime(2027, 9, 5, 1, tzinfo=zone))
