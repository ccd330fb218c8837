from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from launch_kits.database.queries import tasks_of
from launch_kits.database.records import Launch, Task
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.plan import PlannedDates, Resources, level
from launch_kits.plan.calendars import Calendars
from launch_kits.plan.rollout import Rollout
from launch_kits.verbs import (
    NewTask,
    Outcome,
    add,
    answer_extension,
    begin,
    block,
    delegate,
    done,
    drop,
    edit,
    extend,
    move,
    open_launch,
    reassign,
    reassign_role,
    reopen,
    revise,
    unblock,
)
from launch_kits.verbs.edit_fields import TaskEdit
from launch_kits.verbs.planned_dates import levelled_plan, write_planned
from launch_kits.verbs.transaction import changing, reading
from launch_kits.views.running_load import read_running_load
from launch_kits.views.task_graph import TaskGraph
from launch_kits.worker.step import sweep_due
from tests.effort import seeds
from tests.launches import (
    KEYS,
    LEAD,
    NOW,
    OPS,
    PMM,
    SLUG,
    at,
    brief_with,
    kit_with,
    launch,
    opened,
    task,
)

OTHER = "kestrel-3"
ASKING = ("waiting", "ready", "doing")
Days = set[date]


def planned(store: Store, slug: str = SLUG) -> dict[str, PlannedDates]:
    with store.read() as session:
        return {
            each.key: PlannedDates(each.planned_start, each.planned_finish)
            for each in tasks_of(session, slug)
        }


def not_begun(each: Task) -> bool:
    status = each.status_before if each.status == "blocked" else each.status
    return status in ("waiting", "ready") and not each.begun_at


def days_of(each: Task, kept: Launch, now: datetime) -> Days:
    """The days on which a task asks for its share, one by one."""
    brief = Brief.kept(kept.brief)
    calendar = Calendars(brief).of(each.owner)
    first, last = each.planned_start, each.planned_finish
    if each.status == "doing":
        assert each.begun_at
        first = each.begun_at.astimezone(brief.zone()).date()
        last = max(last, now.astimezone(brief.zone()).date())
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return {day for day in days if calendar.is_workday(day)}


def levelled_now(
    store: Store, slug: str, others: list[str], now: datetime
) -> dict[str, PlannedDates]:
    """The planned dates that levelling gives, from what is stored."""
    load: dict[str, dict[date, Fraction]] = {}
    with store.read() as session:
        for other in others:
            kept = session.get_one(Launch, other)
            for each in tasks_of(session, other):
                if kept.status == "running" and each.status in ASKING and each.days:
                    own = load.setdefault(each.owner.lower(), {})
                    for day in days_of(each, kept, now):
                        own[day] = own.get(day, Fraction(0)) + Fraction(str(each.share))
        kept = session.get_one(Launch, slug)
        brief = Brief.kept(kept.brief)
        graph = TaskGraph.read(session, slug)
    calendars = Calendars(brief)
    today = now.astimezone(brief.zone()).date()
    given = graph.plan_input(kept, calendars, today=today)
    rows = {each.key: each for each in graph.tasks.values()}
    work = [
        replace(each, until=None if each.done_on else rows[each.key].extended_until)
        for each in given.work
    ]
    found = level(
        replace(given, work=work),
        due={key: each.due for key, each in rows.items()},
        demand={
            key: {each.owner.lower(): Fraction(str(each.share))}
            for key, each in rows.items()
            if each.days and each.status != "blocked"
        },
        resources=Resources({}, load),
    )
    return {key: found.planned[key] for key, each in rows.items() if not_begun(each)}


def stored(store: Store, keys: Any, slug: str = SLUG) -> dict[str, PlannedDates]:
    found = planned(store, slug)
    return {key: found[key] for key in keys}


def test_a_start_writes_the_levelled_dates(store: Store) -> None:
    opened(store, level=True)
    load = Rollout.of(brief_with(), today=NOW.date()).load
    assert planned(store) == dict(load.levelling.planned)
    assert planned(store) != dict(load.planned(levelled=False))
    there = task(store, "research")
    assert there.baseline_start == there.start == date(2027, 1, 11)
    assert there.planned_start == date(2027, 1, 20)


def test_a_start_without_levelling_writes_the_earliest_dates(store: Store) -> None:
    result = open_launch(store, brief_with(), now=NOW, level=False)
    assert result.levelled is None
    load = Rollout.of(brief_with(), today=NOW.date()).load
    assert planned(store) == dict(load.planned(levelled=False))


def small(slug: str, **changes: Any) -> Brief:
    """One task of three days, of the product marketer."""
    return brief_with(launch=slug, kit=kit_with(only=["positioning"]), **changes)


def busy(store: Store, *slugs: str) -> list[date]:
    """The days on which tasks of some launches ask for something."""
    with store.read() as session:
        return sorted(
            day
            for slug in slugs
            for each in tasks_of(session, slug)
            for day in days_of(each, session.get_one(Launch, slug), NOW)
        )


def test_two_launches_that_share_an_owner_are_planned_on_other_days(
    store: Store,
) -> None:
    open_launch(store, small(SLUG), now=NOW)
    team = brief_with().model_dump(mode="json")["team"]
    team["pmm"]["email"] = PMM.upper()
    open_launch(store, small(OTHER, team=team), now=NOW)
    assert task(store, "positioning", slug=OTHER).owner == PMM.upper()
    assert busy(store, SLUG, OTHER) == [
        date(2027, 1, day) for day in (11, 12, 13, 14, 15, 18)
    ]


def test_the_smallest_capacity_that_a_launch_states_counts(store: Store) -> None:
    def with_capacity(**capacity: float) -> dict[str, Any]:
        team = brief_with().model_dump(mode="json")["team"]
        return {**team, "pmm": {**team["pmm"], **capacity}}

    open_launch(store, small(SLUG, team=with_capacity(capacity=2)), now=NOW)
    open_launch(store, small(OTHER), now=NOW)
    # 2 is the only one stated
    assert planned(store, OTHER) == planned(store, SLUG)
    open_launch(store, small("merlin", team=with_capacity(capacity=0.5)), now=NOW)
    # six days, for two that have two thirds of a day each ask for all there is before
    assert planned(store, "merlin")["positioning"] == (
        date(2027, 1, 14),
        date(2027, 1, 21),
    )


def test_tasks_in_review_or_blocked_or_of_ended_launches_take_no_time(
    store: Store,
) -> None:
    open_launch(store, small(SLUG), now=NOW)
    first = planned(store)["positioning"]
    block(store, SLUG, "positioning", now=NOW, note="No numbers")
    open_launch(store, small(OTHER), now=NOW)
    assert planned(store, OTHER)["positioning"] == first
    done(store, OTHER, "positioning", now=NOW)
    assert launch(store, OTHER).status == "done"
    open_launch(store, small("merlin"), now=NOW)
    assert planned(store, "merlin")["positioning"] == first


def test_days_on_which_others_ask_for_too_much_already_are_left_free(
    store: Store,
) -> None:
    for slug in (SLUG, OTHER):
        open_launch(store, small(slug), now=NOW, level=False)
    open_launch(store, small("merlin"), now=NOW)
    assert planned(store, "merlin")["positioning"] == (
        date(2027, 1, 14),
        date(2027, 1, 18),
    )


def moved(store: Store) -> None:
    move(store, SLUG, on=date(2027, 2, 23), now=at("01-13"))


def added(store: Store) -> None:
    new = NewTask(title="Poster", role="pmm", days=2)
    add(store, SLUG, new, now=at("01-13"))


def granted(store: Store) -> None:
    until = date(2027, 2, 24)
    extend(store, SLUG, "positioning", until=until, by=LEAD, now=at("01-13"))


def answered(store: Store) -> None:
    until = date(2027, 2, 26)
    extend(store, SLUG, "training", until=until, now=at("01-13"))
    answer_extension(
        store, SLUG, "training", until=until, granted=True, now=at("01-13")
    )


def reassigned(store: Store) -> None:
    reassign(store, SLUG, "research", to=OPS, now=at("01-13"))


def role_reassigned(store: Store) -> None:
    reassign_role(store, SLUG, role="pmm", to=OPS, now=at("01-13"))


def dropped(store: Store) -> None:
    drop(store, SLUG, "positioning", by=LEAD, now=at("01-13"))


def reopened(store: Store) -> None:
    drop(store, SLUG, "positioning", by=LEAD, now=NOW)
    reopen(store, SLUG, "positioning", by=LEAD, now=at("01-13"))


def updated(store: Store) -> None:
    brief = brief_with(team=with_days_off())
    revise(store, SLUG, brief, now=at("01-13"), accept_late=True)


def with_days_off() -> dict[str, Any]:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    away = [{"from": "2027-01-14", "to": "2027-01-15"}]
    return {**team, "pmm": {**team["pmm"], "away": away}}


@pytest.mark.parametrize(
    "verb",
    [
        moved,
        added,
        granted,
        answered,
        reassigned,
        role_reassigned,
        dropped,
        reopened,
        updated,
    ],
)
def test_a_verb_writes_what_levelling_gives_from_today(
    falcon: Store, verb: Callable[[Store], None]
) -> None:
    open_launch(falcon, brief_with(launch=OTHER), now=NOW)
    before = planned(falcon)
    others = planned(falcon, OTHER)
    verb(falcon)
    found = levelled_now(falcon, SLUG, [OTHER], at("01-13"))
    assert stored(falcon, found) == found
    assert planned(falcon) != before
    assert planned(falcon, OTHER) == others


def test_work_that_is_begun_keeps_its_planned_dates(falcon: Store) -> None:
    begin(falcon, SLUG, "positioning", now=at("01-13"))
    done(falcon, SLUG, "research", now=at("01-13"))
    before = planned(falcon)
    moved(falcon)
    after = planned(falcon)
    assert [after[key] for key in ("positioning", "research")] == [
        before[key] for key in ("positioning", "research")
    ]
    assert after["training"] != before["training"]


def test_a_sweep_and_the_other_verbs_leave_planned_dates_alone(falcon: Store) -> None:
    before = planned(falcon)
    begin(falcon, SLUG, "research", now=at("01-12"))
    block(falcon, SLUG, "positioning", now=at("01-13"), note="No numbers")
    unblock(falcon, SLUG, "positioning", now=at("01-14"))
    sweep_due(falcon, now=at("02-01"))
    assert planned(falcon) == before


def moves(store: Store, slug: str, on: date, now: datetime) -> bool:
    found = move(store, slug, on=on, now=now, accept_late=True)
    return bool(found.shifts) or found.launch_on != found.launch_before


def edits(store: Store, slug: str, key: str, days: int, now: datetime) -> bool:
    wanted = TaskEdit(days=days)
    return bool(edit(store, slug, key, wanted, now=now, accept_late=True).changes)


def delegates(store: Store, slug: str, people: list[str], now: datetime) -> bool:
    person, to = people
    until = now.date() + timedelta(5)
    found = delegate(store, person=person, to=to, until=until, launch=slug, now=now)
    return bool(found.launches)


def revises(store: Store, slug: str, days: int, now: datetime) -> bool:
    brief = brief_with(launch=slug, kit=kit_with(research={"days": days}))
    return not revise(store, slug, brief, now=now, accept_late=True).empty


def random_step(chance: random.Random, slug: str, now: datetime) -> Any:
    """A verb that writes planned dates or not, with its task and options."""
    key = chance.choice(KEYS)
    on = date(2027, 2, 9) + timedelta(chance.randrange(28))
    until = now.date() + timedelta(chance.randrange(1, 40))
    people = (PMM, OPS, LEAD, "sales", "legal")
    new = NewTask(
        title=f"Extra {chance.random()}",
        role=chance.choice(("pmm", "sales")),
        days=chance.randrange(4),
        after=(key,),
    )
    steps: list[tuple[bool, Callable[[Store], Any]]] = [
        (True, lambda s: moves(s, slug, on, now)),
        (True, lambda s: add(s, slug, new, now=now, accept_late=True)),
        (True, lambda s: reassign(s, slug, key, to=chance.choice(people), now=now)),
        (True, lambda s: extend(s, slug, key, until=until, by=LEAD, now=now)),
        (False, lambda s: begin(s, slug, key, now=now)),
        (False, lambda s: done(s, slug, key, by=LEAD, now=now)),
        (False, lambda s: block(s, slug, key, by=LEAD, now=now, note="Stuck")),
        (False, lambda s: unblock(s, slug, key, by=LEAD, now=now)),
        (True, lambda s: drop(s, slug, key, by=LEAD, now=now)),
        (True, lambda s: reopen(s, slug, key, by=LEAD, now=now)),
        (True, lambda s: edits(s, slug, key, chance.randrange(9), now)),
        (True, lambda s: delegates(s, slug, chance.sample(people[:3], 2), now)),
        (True, lambda s: revises(s, slug, chance.randrange(1, 5), now)),
    ]
    return chance.choice(steps)


@pytest.mark.parametrize(
    ("kind", "seed"),
    [("sqlite", seed) for seed in seeds(3)]
    # the dates are the same, and two histories send all statements
    + [("postgresql", seed) for seed in seeds(1)],
)
def test_after_random_verbs_the_dates_are_those_of_levelling(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    opened(store, level=True)
    days = chance.choice((1, 2, 4))
    kit = kit_with(positioning={"days": 5}, battlecard={"days": days})
    open_launch(store, brief_with(launch=OTHER, kit=kit), now=NOW, accept_late=True)
    now = NOW
    wrote = 0
    for _ in range(12):
        now += timedelta(hours=chance.randrange(30))
        slug, other = chance.sample((SLUG, OTHER), 2)
        before = planned(store, slug), planned(store, other)
        writes, verb = random_step(chance, slug, now)
        try:
            outcome = verb(store)
        except LaunchKitsError:
            outcome = None
        changed = outcome.changed if isinstance(outcome, Outcome) else bool(outcome)
        assert planned(store, other) == before[1]
        if writes and changed:
            wrote += 1
            found = levelled_now(store, slug, [other], now)
            assert stored(store, found, slug) == found
        else:
            assert planned(store, slug) == before[0]
    assert wrote


@pytest.mark.parametrize("seed", seeds(2))
def test_launches_started_one_after_the_other_never_ask_for_too_much(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    team = brief_with().model_dump(mode="json")["team"]
    for person in team.values():
        if chance.random() < 0.5:
            person["capacity"] = chance.choice((0.5, 0.75, 2))
    for slug in (SLUG, OTHER, "merlin"):
        parts = {
            key: {
                "share": chance.choice((0.1, 0.25, 0.6, 1)),
                "days": chance.randrange(1, 6),
            }
            for key in ("positioning", "research", "battlecard", "training")
        }
        brief = brief_with(launch=slug, kit=kit_with(**parts), team=team)
        open_launch(store, brief, now=NOW, accept_late=True)
        with store.read() as session:
            loads = read_running_load(session, now=NOW).workloads()
        assert {one.owner: one.over_days for one in loads} == {
            one.owner: 0 for one in loads
        }
        assert sum(one.asked for one in loads) > 0


def test_a_preview_writes_nothing(falcon: Store) -> None:
    before = planned(falcon)
    with reading(falcon, SLUG, now=at("01-20")) as change:
        plan = levelled_plan(change)
        assert plan.levelling.planned["positioning"].start == date(2027, 1, 20)
    assert planned(falcon) == before


def test_writing_takes_a_plan_that_is_there_already(falcon: Store) -> None:
    with changing(falcon, SLUG, now=at("01-20")) as change:
        plan = levelled_plan(change)
        assert write_planned(change, plan) is plan
    assert planned(falcon) == dict(plan.levelling.planned)
