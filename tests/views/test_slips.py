from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.verbs import add, approve, done, drop, extend, move, reassign, reopen
from launch_kits.verbs.add import NewTask
from launch_kits.views.slips import LaunchSlips, TaskSlip, read_slips
from tests.launches import LEAD, LEGAL, NOW, OPS, PMM, SALES, SLUG, at, opened

DUE = date(2027, 2, 8)


def slips_of(store: Store, *, now: str = "02-01") -> LaunchSlips:
    with store.read() as session:
        return read_slips(session, SLUG, now=at(now))


def slip(store: Store, key: str) -> TaskSlip:
    (found,) = [task for task in slips_of(store).tasks if task.task.key == key]
    return found


def test_a_launch_as_started_has_not_slipped(falcon: Store) -> None:
    found = slips_of(falcon)
    assert found.days == 0
    assert found.launch_on.now == found.launch_on.baseline == date(2027, 2, 9)
    assert not any(task.slip.changes for task in found.tasks)
    assert found.totals == ({}, {}, {})


def test_a_grant_up_to_the_due_day_is_not_a_slip(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=date(2027, 2, 5), now=NOW)
    assert slips_of(falcon).days == 0


def test_changes_add_up_by_verb_by_owner_now_and_by_stage(falcon: Store) -> None:
    until = date(2027, 2, 12)
    extend(falcon, SLUG, "research", until=until, now=NOW, note="No data")
    approve(falcon, SLUG, "research", now=at("01-12"), note="Fine")
    reassign(falcon, SLUG, "research", to=OPS, now=at("01-12"))
    extend(falcon, SLUG, "training", until=until, by=LEAD, now=at("01-12"))
    found = slips_of(falcon)
    assert found.totals.by_cause == {"extend": 7}
    assert found.totals.by_owner == {OPS: 4, SALES: 3}
    assert found.totals.by_stage == {"story": 4, "sales": 3}
    assert found.days == 7
    (change,) = slip(falcon, "research").slip.changes
    assert (change.by, change.verb, change.why) == (LEAD, "extend", "Fine")
    assert (change.before, change.after) == (DUE, until)


def test_a_moved_launch_has_its_days_and_those_of_its_tasks(falcon: Store) -> None:
    move(falcon, SLUG, on=date(2027, 2, 16), now=at("01-12"), note="The venue")
    found = slips_of(falcon)
    # Presidents' Day is a working day: the launch has no country
    assert found.launch_on.days(found.calendar) == 5
    assert found.release_on.days(found.calendar) == 5
    assert found.launch_on.changes[0].why == "The venue"
    assert set(found.totals.by_cause) == {"move"}


def test_dropped_and_reopened_tasks_keep_their_changes(falcon: Store) -> None:
    extend(falcon, SLUG, "research", until=date(2027, 2, 12), by=LEAD, now=NOW)
    drop(falcon, SLUG, "research", now=NOW)
    dropped = slip(falcon, "research")
    assert (dropped.task.status, len(dropped.slip.changes)) == ("dropped", 1)
    reopen(falcon, SLUG, "research", now=NOW)
    assert slip(falcon, "research").slip == dropped.slip
    assert slips_of(falcon).totals.by_owner == {PMM: 4}


def test_work_done_late_is_done_on_its_day_and_no_change(falcon: Store) -> None:
    assert not slip(falcon, "research").overdue
    with falcon.read() as session:
        late = read_slips(session, SLUG, now=at("02-10"))
    assert [task.task.key for task in late.tasks if task.overdue][:2] == [
        "positioning",
        "research",
    ]
    done(falcon, SLUG, "research", now=at("02-10"))
    found = slip(falcon, "research")
    assert (found.done_on, found.slip.changes) == (date(2027, 2, 10), ())


def test_an_added_task_says_since_when(falcon: Store) -> None:
    add(falcon, SLUG, NewTask(title="Poster", days=2), now=at("01-12"))
    found = slip(falcon, "poster")
    assert found.task.baseline_at == at("01-12")
    assert (found.task.owner, slip(falcon, "training").task.baseline_at) == (LEAD, None)


def test_two_spellings_of_an_email_are_one_owner(falcon: Store) -> None:
    until = date(2027, 2, 12)
    reassign(falcon, SLUG, "research", to="LEGAL@example.com", by=LEAD, now=NOW)
    for key in ("research", "legal_review"):
        extend(falcon, SLUG, key, until=until, by=LEAD, now=NOW)
    assert {key.lower() for key in slips_of(falcon).totals.by_owner} == {LEGAL}
    assert len(slips_of(falcon).totals.by_owner) == 1


def test_days_are_counted_in_the_calendar_of_the_launch(store: Store) -> None:
    opened(store)
    extend(store, SLUG, "research", until=date(2027, 2, 15), by=LEAD, now=NOW)
    found = slips_of(store)
    assert found.days == found.calendar.count(DUE, date(2027, 2, 15)) == 5


def test_an_unknown_launch_is_named(falcon: Store) -> None:
    with falcon.read() as session, pytest.raises(NotFound, match="falcon-2"):
        read_slips(session, "falcon-3", now=NOW)
