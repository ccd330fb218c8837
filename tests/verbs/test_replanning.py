"""Planning again: planned days that can be kept, and nothing else changes."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from launch_kits.database.queries import find_launch, tasks_of
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError, NotYours, Refused
from launch_kits.verbs import cancel, done, extend, replan
from launch_kits.verbs.planned_dates import planned_days
from launch_kits.verbs.replanning import moved_by_replan
from launch_kits.verbs.transaction import reading
from launch_kits.views.launch import LaunchView, read_launch
from launch_kits.views.passed_plans import passed_plans
from tests.effort import seeds
from tests.launches import KEYS, LEAD, NOW, PMM, SLUG, brief_with, events, opened
from tests.verbs.verbs import VERBS

STEPS = 12
WORK = ("begin", "done", "submit", "approve", "block", "unblock")


def seen(store: Store, now: datetime) -> LaunchView:
    with store.read() as session:
        return read_launch(session, SLUG, now=now, documents=Path())


def kept_by_replan(store: Store) -> list[object]:
    """All that planning again leaves alone."""
    with store.read() as session:
        launch = find_launch(session, SLUG)
        return [
            (launch.launch_on, launch.release_on, launch.planned_at),
            *((each.due, each.extended_until) for each in tasks_of(session, SLUG)),
        ]


def lived(store: Store, seed: int) -> datetime:
    """Let random things happen to a launch; return the instant at which they are over."""
    chance = random.Random(seed)
    now = NOW
    opened(store, brief_with(), level=True)
    for _ in range(STEPS):
        now += timedelta(hours=chance.choice([6, 20, 50]))
        key = chance.choice(KEYS)
        verb = chance.choice([*WORK, "extend"])
        with suppress(LaunchKitsError):
            if verb == "extend":
                until = now.date() + timedelta(chance.randrange(1, 9))
                extend(store, SLUG, key, until=until, by=LEAD, now=now)
            else:
                VERBS[verb](store, SLUG, key, by=None, now=now)
    return now


@pytest.mark.parametrize("seed", seeds(4))
@pytest.mark.parametrize("kind", ["sqlite"])
def test_planned_days_can_be_kept_and_all_else_stays(store: Store, seed: int) -> None:
    now = lived(store, seed)
    before = kept_by_replan(store)
    short = seen(store, now).plan.short_days
    with reading(store, SLUG, now=now) as change:
        foreseen = moved_by_replan(change)
        planned = dict(planned_days(change))
    found = replan(store, SLUG, now=now)
    view = seen(store, now)
    assert passed_plans(view) == {}
    assert kept_by_replan(store) == before
    assert sum(view.plan.short_days.values()) <= sum(short.values())
    assert found.changed == bool(foreseen)
    if found.effect is not None:
        assert found.effect.replanned == foreseen
        assert found.effect.lands_before == found.effect.lands_on
        assert found.effect.told == ()
    with reading(store, SLUG, now=now) as change:
        moved = [
            key
            for key, each in planned_days(change).items()
            if key in planned and planned[key] != each
        ]
    assert len(moved) == sum(foreseen.values())
    assert not replan(store, SLUG, now=now).changed


def test_some_histories_leave_planned_days_that_cannot_be_kept(store: Store) -> None:
    later = NOW + timedelta(days=9)
    opened(store, brief_with(), level=True)
    assert passed_plans(seen(store, NOW)) == {}
    assert passed_plans(seen(store, later))
    found = replan(store, SLUG, note="Pia was ill", now=later)
    assert found.changed
    (event,) = events(store, verb="move")
    assert (event.by, event.note) == (LEAD, "Pia was ill")


def test_only_the_lead_plans_a_running_launch_again(falcon: Store) -> None:
    with pytest.raises(NotYours):
        replan(falcon, SLUG, by=PMM, now=NOW)
    cancel(falcon, SLUG, now=NOW)
    with pytest.raises(Refused):
        replan(falcon, SLUG, now=NOW)


def test_work_that_ended_early_is_followed_by_its_successors_once_it_is_planned_again(
    store: Store,
) -> None:
    opened(store, brief_with(), level=True)
    done(store, SLUG, "positioning", now=NOW)
    first = {task.key: task.planned_start for task in seen(store, NOW).open_tasks}
    replan(store, SLUG, now=NOW)
    again = {task.key: task.planned_start for task in seen(store, NOW).open_tasks}
    earlier = [key for key, day in again.items() if day < first[key]]
    assert earlier
    assert min(again.values()) >= date(2027, 1, 11)
