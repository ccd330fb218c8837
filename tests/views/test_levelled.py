"""Whether people have time for the open work of a launch, in words."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.plan import State
from launch_kits.verbs import begin, cancel, extend, open_launch, reassign
from launch_kits.verbs.planned_dates import levelled_plan
from launch_kits.verbs.transaction import reading
from launch_kits.views.landing import in_words, state_shown
from launch_kits.views.launch import read_launch
from launch_kits.views.levelled import (
    days_after_due,
    people_short,
    read_levelled,
    short_as_planned,
    shortage,
)
from launch_kits.views.notices.headline import headline
from launch_kits.views.notices.week import week
from launch_kits.views.outlook import outlook_of
from launch_kits.views.reader import Reader
from launch_kits.views.slips import read_slips
from launch_kits.workdays.in_words import day
from tests.effort import seeds
from tests.launches import KEYS, LEAD, NOW, PMM, SALES, SLUG, at, brief_with, kit_with

LAUNCH = date(2027, 1, 21)


def test_the_people_with_most_days_after_due_days_are_named_first() -> None:
    short = {"a@example.com": 1, "b@example.com": 3, "c@example.com": 1}
    assert days_after_due(short) == (
        "3 days of b@example.com, 1 day of a@example.com, 1 day of c@example.com"
    )
    assert days_after_due(short, most=2).endswith(
        "1 day of a@example.com, 1 day of 1 more person"
    )


def test_people_who_are_short_make_the_launch_hold_later(store: Store) -> None:
    """The facts alone say that it lands on its day: they ignore capacity."""
    open_launch(store, brief_with(launch_on=LAUNCH), now=NOW)
    with store.read() as session:
        plan = read_levelled(session, SLUG, now=NOW)
        view = read_launch(session, SLUG, now=NOW, documents=Path())
        assert plan
        assert people_short(plan, view) == (
            "people are short of time: work is planned after its due days: 1 day of Pia; "
            "the earliest launch day on which people have time for the work is Fri 22 Jan 2027"
        )
    assert (view.state, state_shown(view)) == (State.ON_TRACK, State.SHORT_OF_PEOPLE)
    assert in_words(view, day=day).state == "short of people"


@pytest.mark.parametrize("seed", seeds(3))
@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_planned_dates_name_the_same_people_and_days_as_levelling(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    parts = {
        key: {"days": chance.randrange(1, 5), "share": chance.choice((0.25, 0.5, 1))}
        for key in ("positioning", "research", "battlecard", "training")
    }
    on = date(2027, 2, chance.randrange(1, 4))
    brief = brief_with(launch_on=on, kit=kit_with(**parts))
    open_launch(store, brief, now=NOW, accept_late=True)
    with store.read() as session:
        plan = read_levelled(session, SLUG, now=NOW)
        view = read_launch(session, SLUG, now=NOW, documents=Path())
    assert plan
    names = {task.owner: task.owner_name for task in view.tasks}
    late = any((task.float_days or 0) < 0 for task in view.open_tasks)
    said = short_as_planned(view)
    if not late:
        days = {names[who]: days for who, days in plan.levelling.short_days.items()}
        assert (said or "").rpartition(": ")[2] == days_after_due(days, most=3)


@pytest.mark.parametrize("seed", seeds(2))
@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_verb_names_the_people_and_days_that_all_messages_name(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    now = NOW
    short = 0
    open_launch(store, brief_with(launch_on=LAUNCH), now=now, accept_late=True)
    for _ in range(6):
        now += timedelta(hours=chance.randrange(20))
        key = chance.choice(KEYS)
        person = chance.choice((LEAD, PMM, SALES))
        until = now.date() + timedelta(chance.randrange(2, 12))
        try:
            if chance.random() < 0.6:
                found = reassign(store, SLUG, key, to=person, by=LEAD, now=now)
            else:
                found = extend(store, SLUG, key, until=until, by=LEAD, now=now)
        except LaunchKitsError:
            continue
        if found.effect is None or found.effect.levelled is None:
            continue
        with store.read() as session:
            levelled = read_levelled(session, SLUG, now=now)
            view = read_launch(session, SLUG, now=now, documents=Path())
            assert levelled
            status = people_short(levelled, view) or ""
        told = short_as_planned(view)
        verb = shortage(found.effect.levelled) or ""
        short += told is not None
        for said in (status, verb):
            figure = said.partition(";")[0]
            assert (told or "") == (figure if "after its due days" in figure else "")
        if view.state is State.ON_TRACK:
            shown = State.SHORT_OF_PEOPLE if told else State.ON_TRACK
            assert state_shown(view) is shown
    assert short


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_headline_the_week_and_the_plan_say_that_people_are_short(
    store: Store,
) -> None:
    brief = brief_with(launch_on=LAUNCH)
    open_launch(store, brief, now=NOW)
    with store.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=Path())
        outlook = outlook_of(view, read_slips(session, SLUG, now=NOW), brief=brief)
    said = short_as_planned(view)
    assert said == (
        "people are short of time: work is planned after its due days: 1 day of Pia"
    )
    assert outlook
    assert outlook.short == said
    reader = Reader(NOW.date(), brief.zone(), brief.calendar(), {})
    rows = {row.label: row.value for row in headline(view, reader=reader).rows}
    sentence = f"{said[0].upper()}{said[1:]}"
    assert rows["People"] == [sentence]
    told = week(view, reader=reader, to=LEAD).paragraphs
    assert sentence in "".join(told)


def test_a_launch_that_holds_or_has_ended_is_not_short_of_people(falcon: Store) -> None:
    with falcon.read() as session:
        plan = read_levelled(session, SLUG, now=NOW)
        view = read_launch(session, SLUG, now=NOW, documents=Path())
        assert plan
        assert people_short(plan, view) is None
    cancel(falcon, SLUG, now=NOW)
    with falcon.read() as session:
        assert read_levelled(session, SLUG, now=at("01-12")) is None


def test_a_shortage_names_people_days_and_the_day_that_holds(store: Store) -> None:
    brief = brief_with(launch_on="2027-01-21")
    levelled = open_launch(store, brief, now=NOW).levelled
    assert levelled
    assert shortage(levelled) == (
        "people are short of time: work is planned after its due days: 1 day of Pia; "
        "the earliest launch day on which people have time for the work is Fri 22 Jan 2027; "
        "give tasks to others or leave some out"
    )


def test_shares_above_the_capacity_are_a_shortage_of_people(store: Store) -> None:
    """Without levelling the plan is on time: only the longer days of its work are late."""
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["pmm"]["capacity"] = 0.5
    kit = kit_with(only=["positioning"])
    brief = brief_with(kit=kit, launch_on="2027-01-15", team=team)
    levelled = open_launch(store, brief, now=NOW).levelled
    assert levelled
    assert levelled.above_capacity == {"pmm@example.com"}
    assert levelled.levelling.least_lateness == 0
    assert "days of Pia" in (shortage(levelled) or "")


def test_a_plan_that_holds_has_no_shortage(falcon: Store) -> None:
    with reading(falcon, SLUG, now=NOW) as change:
        assert shortage(levelled_plan(change)) is None


def test_a_plan_that_is_late_for_other_reasons_has_no_shortage(store: Store) -> None:
    kit = kit_with(only=["positioning", "legal_review"])
    brief = brief_with(kit=kit, launch_on="2027-01-13")
    levelled = open_launch(store, brief, now=NOW, accept_late=True).levelled
    assert levelled
    assert not levelled.levelling.holds
    assert shortage(levelled) is None


def test_begun_work_that_asks_for_too_much_is_said_with_people_and_days(
    falcon: Store,
) -> None:
    begin(falcon, SLUG, "positioning", now=NOW)
    begin(falcon, SLUG, "research", now=NOW)
    with reading(falcon, SLUG, now=NOW) as change:
        assert shortage(levelled_plan(change)) == (
            "people are short of time: work that is begun asks for too much of Pia on 2 days "
            "from Mon 11 Jan 2027 on; give tasks to others or leave some out"
        )


def test_begun_work_on_days_of_another_launch_is_said_as_what_it_is(
    store: Store,
) -> None:
    """The other launch was planned before the work was granted more time."""
    for slug in (SLUG, "kestrel-3"):
        kit = kit_with(only=["positioning"])
        open_launch(store, brief_with(launch=slug, kit=kit), now=NOW)
    begin(store, SLUG, "positioning", now=NOW)
    until = date(2027, 1, 15)
    found = extend(store, SLUG, "positioning", until=until, by=LEAD, now=NOW)
    assert found.effect
    assert found.effect.levelled
    said = (
        "people are short of time: with the work of other launches, work that is begun asks for "
        "too much of Pia on 2 days from Thu 14 Jan 2027 on"
    )
    remedy = "plan the other launches again, or give tasks to others"
    assert shortage(found.effect.levelled) == f"{said}; {remedy}"
    with store.read() as session:
        plan = read_levelled(session, SLUG, now=NOW)
        view = read_launch(session, SLUG, now=NOW, documents=Path())
    assert plan
    assert people_short(plan, view) == said
    # no work is planned after its due day: every surface says the same
    assert in_words(view, day=day).state == "on track"
