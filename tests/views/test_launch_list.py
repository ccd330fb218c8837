from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlmodel import col, update

from launch_kits.database.records import SlackUser, Task
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError, NotFound
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import advance, begin, block, cancel, done, drop, end, reopen
from launch_kits.views.kept_contexts import KeptContexts
from launch_kits.views.landing import in_words
from launch_kits.views.launch_list import LaunchList, LaunchRow, read_launch_list
from launch_kits.views.launch_rows import LaunchRows
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.overview import keep_overviews
from tests.effort import seeds
from tests.full_views import full_views
from tests.launches import (
    KEYS,
    LEAD,
    NOW,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    at,
    brief_with,
    opened,
)

#: no one, people of the team in two zones, and one who is known to Slack alone
READERS = (None, LEAD, SALES.upper(), STRANGER)


def _listed(
    store: Store,
    now: datetime,
    email: str | None = None,
    *,
    ended: bool = False,
    kept: LaunchRows | None = None,
) -> LaunchList:
    contexts = KeptContexts(store, documents=Path())
    return read_launch_list(
        store,
        lambda slug: contexts.of(slug, now=now).view,
        now=now,
        email=email,
        ended=ended,
        kept=kept,
    )


def _kept(
    store: Store, now: datetime, email: str | None = None, *, ended: bool = False
) -> LaunchList:
    """The list from kept figures alone."""

    def refuse(slug: str) -> NoReturn:
        raise AssertionError(f"{slug} was planned")

    return read_launch_list(store, refuse, now=now, email=email, ended=ended)


def _shown(row: LaunchRow) -> list[Any]:
    view = row.view
    days = [row.day(each) if each else None for each in (view.launch_on, view.lands_on)]
    figures = [view.percent, view.late, view.tasks_open]
    return [view.slug, view.product, row.state, row.past, *days, *figures, row.lead]


def _from_view(context: MessageContext, email: str | None, now: datetime) -> list[Any]:
    """The same from the full view of a launch, for its reader."""
    view = context.view
    to = context.spelled(email) if email else "#launch"
    reader = context.reader(to, now=now)
    words = in_words(view, day=reader.day)
    return [
        *(view.slug, view.product),
        *(words.state, words.said if words.past else None),
        reader.day(view.launch_on),
        reader.day(view.lands_on) if view.lands_on else None,
        *(view.percent, view.late, len(view.open_tasks)),
        context.brief.lead.name,
    ]


def _busy(contexts: list[MessageContext], *, first: date) -> Iterator[str]:
    """The people with work due in a week in two of its launches, by their names."""
    week = [first + timedelta(number) for number in range(7)]
    there = [each for each in contexts if each.view.launch_on in week]
    for one, other in combinations(there, 2):
        having = [
            {task.owner.lower() for task in each.view.open_tasks if task.due in week}
            for each in (one, other)
        ]
        yield from map(one.name, having[0] & having[1])


def _must_agree(store: Store, now: datetime, kept: LaunchRows | None = None) -> None:
    """The list shows what full views give, whoever reads it, also if rows were ``kept``."""
    contexts = full_views(store, now=now)
    running = [each for each in contexts if each.view.status == "running"]
    for email in READERS:
        for ended, wanted in ((True, contexts), (False, running)):
            found = _listed(store, now, email, ended=ended, kept=kept)
            assert found == _listed(store, now, email, ended=ended)
            assert list(map(_shown, found.rows)) == [
                _from_view(each, email, now) for each in wanted
            ]
            for week in found.weeks:
                said = {
                    reason.partition(" has work due")[0]
                    for reason in week.reasons
                    if "has work due" in reason
                }
                assert said == set(_busy(running, first=week.first))


def _brief(number: int, chance: random.Random) -> Brief:
    given = brief_with().model_dump(mode="json", by_alias=True)
    day = date(2027, 2, 9) + timedelta(chance.choice([0, 1, 2, 8]))
    off = {"from": day.isoformat(), "to": (day + timedelta(1)).isoformat()}
    given |= {
        "launch": f"heron-{number}",
        "product": f"Heron {number}",
        "timezone": chance.choice(["Asia/Tokyo", "Europe/Berlin", "America/New_York"]),
        "market": chance.choice(["b2b", "b2c", "both"]),
        "company": chance.choice(["startup", "enterprise"]),
        "launch_on": day.isoformat(),
        "blackouts": chance.choice([[], [off]]),
    }
    away = [{"from": "2027-01-13", "to": "2027-01-15"}]
    given["team"]["pmm"] |= {"away": chance.choice([[], away])}
    return Brief.model_validate(given)


@pytest.mark.parametrize("seed", seeds(1))
def test_the_list_shows_what_full_views_give(falcon: Store, seed: int) -> None:
    chance = random.Random(seed)
    now = NOW
    kept = LaunchRows()
    for number in range(3):
        opened(falcon, _brief(number, chance), accept_late=True)
    with falcon.write() as session:
        told = {"name": "Sora", "zone": "Pacific/Auckland", "read_at": NOW}
        session.add(SlackUser(id="U7", email=STRANGER, **told))
        outside = update(Task).where(col(Task.owner) == PMM, col(Task.key) != "retro")
        session.exec(outside.values(owner=STRANGER))
    slugs = [SLUG, *(f"heron-{number}" for number in range(3))]
    for _ in range(12):
        slug, now = chance.choice(slugs), now + timedelta(hours=chance.choice([1, 40]))
        verb = chance.choice([begin, done, done, drop, drop, reopen, block])
        try:
            verb(falcon, slug, chance.choice(KEYS), by=LEAD, note="n", now=now)
        except LaunchKitsError:
            advance(falcon, slug, now=now)
        if chance.random() < 0.5:
            keep_overviews(falcon, now=now)
        for hours in (0, 9):
            _must_agree(falcon, now + timedelta(hours=hours), kept)
    cancel(falcon, slugs[0], by=LEAD, now=now)
    end(falcon, slugs[1], by=LEAD, note="Sold", now=now)
    _must_agree(falcon, now, kept)
    keep_overviews(falcon, now=now)
    _must_agree(falcon, now + timedelta(days=30), kept)


def test_it_shows_how_a_launch_went(falcon: Store) -> None:
    for key in KEYS[:-2]:
        drop(falcon, SLUG, key, note="not needed", now=at("02-08"))
    done(falcon, SLUG, "go_live", now=at("02-11"))
    for now in (at("02-11", 20), at("02-18")):
        _must_agree(falcon, now)
        (row,) = _listed(falcon, now).rows
        assert row.past == "launched on Thu 11 Feb, 2 working days late"
    done(falcon, SLUG, "retro", now=at("02-18"))
    _must_agree(falcon, at("02-19"))
    (row,) = _listed(falcon, at("02-19"), ended=True).rows
    assert row.past == (
        "done on Thu 18 Feb; launched on Thu 11 Feb, 2 working days late"
    )


def test_no_launch_is_planned_whose_figures_were_kept(falcon: Store) -> None:
    opened(falcon, brief_with(launch="heron-3", product="Heron 3"))
    cancel(falcon, SLUG, by=LEAD, now=NOW)
    keep_overviews(falcon, now=NOW)
    later = NOW + timedelta(minutes=20)
    assert len(_kept(falcon, later, SALES).rows) == 1
    assert len(_kept(falcon, later, ended=True).rows) == 2
    keep_overviews(falcon, now=NOW + timedelta(400))
    with pytest.raises(AssertionError, match="heron-3 was planned"):
        _kept(falcon, NOW)
    assert _listed(falcon, NOW).rows == _listed(falcon, later).rows


def test_a_launch_that_was_deleted_meanwhile_is_left_out(falcon: Store) -> None:
    def gone(slug: str) -> NoReturn:
        raise NotFound(slug)

    assert read_launch_list(falcon, gone, now=NOW, email=None).rows == []
