"""The effect that every verb tells is the difference of the whole truth before and after it."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.plan import Resources
from launch_kits.verbs import (
    NewTask,
    Outcome,
    add,
    approve,
    delegate,
    done,
    drop,
    edit,
    extend,
    move,
    preview_delegation,
    preview_edit,
    preview_move,
    preview_revision,
    reassign,
    reopen,
    revise,
)
from launch_kits.verbs.edit_fields import TaskEdit
from launch_kits.verbs.plan_doubts import plan_doubts
from launch_kits.verbs.transaction import reading
from launch_kits.views.levelled import read_levelled, shortage
from tests.effort import seeds
from tests.launches import (
    KEYS,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    brief_with,
    kit_with,
    notices,
    opened,
)
from tests.views.test_running_plan import seen

ONE_KIND = pytest.mark.parametrize("kind", ["sqlite"])


def doubts(store: Store, now: datetime) -> set[tuple[str, str]]:
    with reading(store, SLUG, now=now) as change:
        return {(each.fault.code, each.fault.message) for each in plan_doubts(change)}


def told_now(store: Store, known: set[str]) -> set[str]:
    """The people with a notice that was not there before, and was not taken back."""
    return {
        each.to
        for each in notices(store)
        if each.key not in known and not each.to.startswith("#")
        if each.status == NoticeStatus.PENDING
    }


def outcome_step(chance: random.Random, key: str, now: datetime) -> Any:
    """A verb that is done at once, with a random task."""
    until = now.date() + timedelta(chance.randrange(1, 40))
    person = chance.choice((PMM, OPS, LEAD, SALES, LEGAL))
    new = NewTask(f"Extra {chance.random()}", days=chance.randrange(4), before=(key,))
    steps: list[Callable[[Store], Outcome]] = [
        lambda s: drop(s, SLUG, key, by=LEAD, now=now),
        lambda s: reopen(s, SLUG, key, by=LEAD, now=now),
        lambda s: reassign(s, SLUG, key, to=person, by=LEAD, now=now),
        lambda s: extend(s, SLUG, key, until=until, by=LEAD, now=now),
        lambda s: add(s, SLUG, new, now=now, accept_late=True),
    ]
    return chance.choice(steps)


@pytest.mark.parametrize("seed", seeds(2))
@ONE_KIND
def test_a_verb_tells_where_the_launch_lands_before_and_after(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    now = NOW
    told = 0
    opened(store, brief_with())
    for _ in range(10):
        now += timedelta(hours=chance.randrange(40))
        key = chance.choice(KEYS)
        if chance.random() < 0.3:
            try:
                done(store, SLUG, key, by=LEAD, now=now)
            except LaunchKitsError:
                continue
        before = seen(store, now)
        known = {each.key for each in notices(store)}
        try:
            found = outcome_step(chance, key, now)(store)
        except LaunchKitsError:
            continue
        if not found.changed:
            continue
        after, told = seen(store, now), told + 1
        assert found.effect is not None
        assert found.effect.lands_before == before.lands_on
        assert found.effect.lands_on == after.lands_on
        assert {*found.effect.told} == told_now(store, known)
        with store.read() as session:
            levelled = read_levelled(session, SLUG, now=now)
        if levelled is not None:
            assert found.effect.levelled is not None
            assert levelled.levelling == found.effect.levelled.levelling
    assert told


def a_preview(chance: random.Random, key: str, now: datetime) -> Any:
    """A verb that is shown first, as its preview and its deed."""
    on = now.date() + timedelta(chance.randrange(1, 50))
    wanted = TaskEdit(days=chance.randrange(7))
    first, second = chance.sample((PMM, LEGAL, SALES, OPS), 2)
    brief = brief_with(kit=kit_with(training={"days": chance.randrange(1, 9)}))
    people = {"person": first, "to": second, "launch": SLUG, "now": now}
    return chance.choice(
        [
            (
                lambda s: preview_move(s, SLUG, on=on, now=now),
                lambda s: move(s, SLUG, on=on, now=now, accept_late=True),
            ),
            (
                lambda s: preview_edit(s, SLUG, key, wanted, now=now),
                lambda s: edit(s, SLUG, key, wanted, now=now, accept_late=True),
            ),
            (
                lambda s: preview_delegation(s, **people).launches[0],
                lambda s: delegate(s, **people).launches[0],
            ),
            (
                lambda s: preview_revision(s, SLUG, brief, now=now),
                lambda s: revise(s, SLUG, brief, now=now, accept_late=True),
            ),
        ]
    )


@pytest.mark.parametrize("seed", seeds(2))
@ONE_KIND
def test_a_preview_tells_what_the_status_says_after_the_deed(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    now = NOW
    compared = 0
    opened(store, brief_with())
    for _ in range(7):
        now += timedelta(hours=chance.randrange(40))
        key = chance.choice(KEYS)
        with suppress(LaunchKitsError):
            extend(store, SLUG, key, until=now.date() + timedelta(9), by=LEAD, now=now)
        known = doubts(store, now)
        filed = {each.key for each in notices(store)}
        preview, deed = a_preview(chance, chance.choice(KEYS), now)
        try:
            shown = preview(store)
            found = deed(store)
        except (LaunchKitsError, IndexError):
            continue
        compared += 1
        after = seen(store, now)
        assert shown.lands_on == found.lands_on == after.lands_on
        assert shown.warnings == found.warnings
        assert getattr(shown, "told", ()) == getattr(found, "told", ())
        if hasattr(found, "told"):
            assert {*found.told} == told_now(store, filed)
        assert doubts(store, now) - known <= {
            (each.code, each.message.removeprefix(f"{SLUG}: "))
            for each in shown.warnings
        } | {each for each in doubts(store, now) if each[0].startswith("due-")}
        if shown.levelled is not None and after.status == "running":
            with store.read() as session:
                levelled = read_levelled(session, SLUG, now=now)
            assert levelled is not None
            assert levelled.levelling == shown.levelled.levelling
    assert compared


@ONE_KIND
def test_a_drop_names_the_gate_the_check_and_the_time_that_it_ends(
    store: Store,
) -> None:
    kit = kit_with()
    for stage, check in (("story", "Research is read"), ("sales", "Trained")):
        (found,) = (each for each in kit["stages"] if each["key"] == stage)
        task = "research" if stage == "story" else "training"
        found["gate"] = {
            "title": f"Gate of {stage}",
            "hard": True,
            "checks": [{"title": check, "task": task}],
        }
    opened(store, brief_with(kit=kit))
    extend(store, SLUG, "research", until=date(2027, 1, 20), now=NOW)
    first = drop(store, SLUG, "research", by=LEAD, now=NOW)
    assert any("no task leads to the check" in each for each in first.warnings)
    assert any("granted until 2027-01-20" in each for each in first.warnings)
    second = drop(store, SLUG, "positioning", by=LEAD, now=NOW)
    assert any('"Gate of story" is gone' in each for each in second.warnings)


@ONE_KIND
def test_a_granted_request_tells_where_the_launch_lands(store: Store) -> None:
    opened(store, brief_with())
    extend(store, SLUG, "training", until=date(2027, 2, 12), now=NOW)
    found = approve(store, SLUG, "training", by=LEAD, now=NOW)
    assert found.effect is not None
    assert found.effect.lands_on == seen(store).lands_on != date(2027, 2, 9)
    assert PMM not in found.effect.told
    assert SALES in found.effect.told or found.effect.told == ()


@pytest.mark.parametrize("away", [True, False])
@ONE_KIND
def test_a_delegation_tells_the_people_with_a_notice(
    store: Store, *, away: bool
) -> None:
    """The lead asks for it and takes over: the list of their new work is all they get."""
    opened(store, brief_with())
    filed = {each.key for each in notices(store)}
    until = NOW.date() + timedelta(9) if away else None
    people = {"person": PMM, "to": LEAD, "until": until, "by": LEAD, "now": NOW}
    shown = preview_delegation(store, **people)
    found = delegate(store, **people)
    assert shown.told == found.told
    assert {*found.told} == told_now(store, filed) == {LEAD}


@pytest.mark.parametrize("seed", seeds(2))
@ONE_KIND
def test_the_earliest_day_named_can_be_moved_to_and_takes_nothing_back(
    store: Store, seed: int
) -> None:
    """After any verbs: not before the landing by the facts, feasible, and no grant lapses."""
    chance = random.Random(seed)
    now = NOW
    named = 0
    kit = kit_with(research={"days": 6}, training={"days": 4})
    opened(store, brief_with(kit=kit, launch_on=date(2027, 1, 27)), accept_late=True)
    for _ in range(8):
        now += timedelta(hours=chance.randrange(30))
        key = chance.choice(KEYS)
        with suppress(LaunchKitsError):
            if chance.random() < 0.5:
                until = now.date() + timedelta(chance.randrange(1, 25))
                extend(store, SLUG, key, until=until, by=LEAD, now=now)
            else:
                outcome_step(chance, key, now)(store)
        with store.read() as session:
            levelled = read_levelled(session, SLUG, now=now)
        if levelled is None or levelled.near_launch_on is None:
            continue
        named, on = named + 1, levelled.near_launch_on
        lands_on = seen(store, now).lands_on
        assert lands_on is not None
        assert on >= lands_on
        found = preview_move(store, SLUG, on=on, now=now)
        assert (found.feasible, found.lapses) == (True, ())
        assert found.lands_on == on
        # people are the cause only of days that pass because they have no time
        everyone = {
            owner: Fraction(99) for each in levelled.demand.values() for owner in each
        }
        free = replace(levelled, resources=Resources(everyone))
        assert free.short_days == {}
        alone = free.given.launch_on if free.levelling.holds else free.near_launch_on
        assert alone is not None
        assert alone <= on
        blamed = "on which people have time for the work is" in (
            shortage(levelled) or ""
        )
        assert blamed <= (alone < on)
        early = preview_move(store, SLUG, on=now.date() + timedelta(1), now=now)
        if early.earliest_launch_on:
            again = preview_move(store, SLUG, on=early.earliest_launch_on, now=now)
            assert (again.feasible, again.lapses) == (True, ())
    assert named
