"""One day of a person is booked once: by `load`, and by the levelling of every launch."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from launch_kits.database.queries import tasks_of
from launch_kits.database.records import Launch, Task
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.plan.calendars import Calendars
from launch_kits.verbs import (
    NewTask,
    add,
    begin,
    block,
    done,
    extend,
    move,
    open_launch,
    reassign,
    reopen,
    unblock,
)
from launch_kits.views.running_load import read_running_load
from tests.effort import seeds
from tests.launches import KEYS, LEAD, NOW, PMM, SLUG, at, brief_with, kit_with, task

OTHER = "kestrel-3"
Days = dict[str, dict[date, list[str]]]


def small(slug: str) -> Brief:
    """One task of three days, of the product marketer."""
    return brief_with(launch=slug, kit=kit_with(only=["positioning"]))


def start(store: Store, slug: str, now: datetime) -> tuple[date, date]:
    """The planned days of the one task of a launch that starts now."""
    open_launch(store, small(slug), now=now)
    found = task(store, "positioning", slug=slug)
    return found.planned_start, found.planned_finish


def test_more_time_granted_books_the_days_in_load_and_for_other_launches(
    store: Store,
) -> None:
    open_launch(store, small(SLUG), now=NOW)
    begin(store, SLUG, "positioning", now=NOW)
    until = date(2027, 1, 20)
    extend(store, SLUG, "positioning", until=until, by=LEAD, now=at("01-13"))
    with store.read() as session:
        (load,) = read_running_load(session, now=at("01-14")).workloads()
    assert [float(week.asked) for week in load.weeks] == [5, 3]
    first, last = start(store, OTHER, at("01-14"))
    assert (first, last) == (date(2027, 1, 21), date(2027, 1, 25))


def test_work_begun_early_stays_booked_up_to_its_planned_finish(store: Store) -> None:
    """For the levelling of its own launch as for others, as `load` has it."""
    open_launch(
        store, brief_with(kit=kit_with(only=["positioning", "research"])), now=NOW
    )
    begun = task(store, "research")
    assert (begun.planned_start, begun.planned_finish) == (
        date(2027, 1, 14),
        date(2027, 1, 15),
    )
    begin(store, SLUG, "research", now=NOW)
    new = NewTask(title="Poster", role="pmm", days=1)
    add(store, SLUG, new, now=NOW)
    # positioning, which has no other days in a row before
    assert task(store, "positioning").planned_start == date(2027, 1, 18)
    assert task(store, "poster").planned_start == date(2027, 1, 21)


def days_of(each: Task, kept: Launch, now: datetime) -> set[date]:
    """The days on which a task asks for its share, one by one."""
    brief = Brief.kept(kept.brief)
    calendar = Calendars(brief).of(each.owner)
    first, last = each.planned_start, each.planned_finish
    if each.status == "doing":
        assert each.begun_at
        first = each.begun_at.astimezone(brief.zone()).date()
        today = now.astimezone(brief.zone()).date()
        last = max(last, today, each.extended_until or today)
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return {day for day in days if calendar.is_workday(day)}


def booked(store: Store, now: datetime) -> Days:
    """By owner and day the tasks that ask for the whole day."""
    found: Days = defaultdict(lambda: defaultdict(list))
    with store.read() as session:
        for slug in (SLUG, OTHER):
            kept = session.get_one(Launch, slug)
            for each in tasks_of(session, slug):
                asks = each.status in ("waiting", "ready", "doing") and each.days
                if kept.status == "running" and asks:
                    for day in days_of(each, kept, now):
                        found[each.owner][day].append(f"{slug}/{each.key}")
    return found


def random_step(chance: random.Random, slug: str, now: datetime) -> Any:
    """Whether a verb plans its launch again, and the verb."""
    key = chance.choice(KEYS)
    on = date(2027, 2, 9) + timedelta(chance.randrange(28))
    until = now.date() + timedelta(chance.randrange(1, 20))
    new = NewTask(title=f"Extra {chance.random()}", role="pmm", days=2)
    to = chance.choice((PMM, LEAD, "sales", "legal"))
    steps: list[tuple[bool, Callable[[Store], Any]]] = [
        (True, lambda s: move(s, slug, on=on, now=now, accept_late=True)),
        (True, lambda s: add(s, slug, new, now=now, accept_late=True)),
        (False, lambda s: extend(s, slug, key, until=until, by=LEAD, now=now)),
        (False, lambda s: reassign(s, slug, key, to=to, now=now)),
        (False, lambda s: begin(s, slug, key, now=now)),
        (False, lambda s: begin(s, slug, key, now=now)),
        (False, lambda s: done(s, slug, key, by=LEAD, now=now)),
        (False, lambda s: block(s, slug, key, by=LEAD, now=now, note="Stuck")),
        (False, lambda s: unblock(s, slug, key, by=LEAD, now=now)),
        (False, lambda s: reopen(s, slug, key, by=LEAD, now=now)),
    ]
    return chance.choice(steps)


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("seed", seeds(2))
def test_work_planned_again_lies_on_days_that_no_other_work_has(
    store: Store, seed: int
) -> None:
    """After random verbs in two launches; `load` counts the same days."""
    chance = random.Random(seed)
    for slug in (SLUG, OTHER):
        open_launch(store, brief_with(launch=slug), now=NOW, accept_late=True)
    now = NOW
    seen = 0
    for _ in range(25):
        now += timedelta(hours=chance.randrange(20))
        slug = chance.choice((SLUG, OTHER))
        plans, verb = random_step(chance, slug, now)
        try:
            verb(store)
        except LaunchKitsError:
            continue
        days = booked(store, now)
        with store.read() as session:
            work = read_running_load(session, now=now).work
            kept = {each.key: each for each in tasks_of(session, slug)}
        counted: Days = defaultdict(lambda: defaultdict(list))
        for one in work:
            for day in one.days:
                counted[one.owner][day].append(one.task)
        assert counted == days
        if not plans:
            continue
        for each in kept.values():
            if each.days and each.begun_at is None and each.status in AHEAD:
                name = f"{slug}/{each.key}"
                mine = [on for on, tasks in days[each.owner].items() if name in tasks]
                assert all(days[each.owner][day] == [name] for day in mine)
                seen += 1
    assert seen


AHEAD = ("waiting", "ready")
