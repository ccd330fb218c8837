from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import col, select, update

from launch_kits.database.records import KeptTasks, OverviewRow, Task
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import (
    RunningLaunches,
    advance,
    begin,
    block,
    done,
    drop,
    end,
    move,
    reopen,
)
from launch_kits.views import overview as module
from launch_kits.views.kept_tasks import ListedLaunch
from launch_kits.views.launch import list_launches
from launch_kits.views.overview import (
    Overview,
    keep_overviews,
    list_overviews,
    list_tasks,
)
from launch_kits.worker.step import sweep_due
from tests.launches import KEYS, LEAD, NOW, SLUG, at, brief_with, opened

DOCUMENTS = Path("documents")


def listed(store: Store, now: datetime, *, ended: bool = False) -> list[Overview]:
    with store.read() as session:
        return list_overviews(session, now=now, ended=ended)


def computed(store: Store, now: datetime) -> list[Overview]:
    """The figures of the views, computed now."""
    with store.read() as session:
        views = list_launches(session, now=now, documents=Path(), ended=True)
        return [
            Overview(
                slug=view.slug,
                product=view.product,
                status=view.status,
                launch_on=view.launch_on,
                readiness=view.readiness,
                late=view.late,
                state=view.state,
                lands_on=view.lands_on,
                tasks_open=len(view.open_tasks),
            )
            for view in views
        ]


def tasks_listed(store: Store, now: datetime) -> list[ListedLaunch]:
    with store.read() as session:
        return list_tasks(session, now=now, documents=DOCUMENTS)


def tasks_computed(store: Store, now: datetime) -> list[ListedLaunch]:
    """The tasks of the views, computed now."""
    with store.read() as session:
        views = list_launches(session, now=now, documents=DOCUMENTS)
        return [
            ListedLaunch(
                slug=view.slug,
                status=view.status,
                today=view.today,
                country=view.country,
                tasks=tuple(replace(task, item=None) for task in view.tasks),
            )
            for view in views
        ]


def test_kept_figures_are_those_computed_after_any_history(falcon: Store) -> None:
    brief = brief_with(launch="kestrel", holidays="US")
    away = [{"from": "2027-01-13", "to": "2027-01-15"}]
    pmm = {
        **brief.team["pmm"].model_dump(by_alias=True),
        "timezone": "Asia/Tokyo",
        "away": away,
        "backup": "lead",
    }
    given = brief.model_dump(mode="json", by_alias=True)
    opened(
        falcon,
        type(brief).model_validate({**given, "team": {**given["team"], "pmm": pmm}}),
    )
    chance = random.Random(7)
    now = NOW
    verbs = (begin, done, drop, reopen, block)
    for _ in range(16):
        slug = chance.choice([SLUG, "kestrel"])
        now += timedelta(hours=chance.choice([0, 1, 5, 13, 40]))
        verb = chance.choice(verbs)
        try:
            verb(falcon, slug, chance.choice(KEYS), by=LEAD, note="n", now=now)
        except LaunchKitsError:
            advance(falcon, slug, now=now)
        if chance.random() < 0.5:
            launches = RunningLaunches(now)
            sweep_due(falcon, now=now, launches=launches)
            keep_overviews(falcon, now=now, view=launches.view)
        for hours in (0, 9):
            later = now + timedelta(hours=hours)
            assert listed(falcon, later, ended=True) == computed(falcon, later)
            assert tasks_listed(falcon, later) == tasks_computed(falcon, later)


def test_kept_tasks_know_their_documents_and_who_acts(falcon: Store) -> None:
    absent = {"from": "2027-01-11", "to": "2027-01-12"}
    given = brief_with(launch="kestrel").model_dump(mode="json", by_alias=True)
    given["team"]["pmm"] |= {"away": [absent], "backup": "lead"}
    opened(falcon, Brief.model_validate(given))
    with falcon.write() as session:
        of_launch = update(Task).where(col(Task.launch) == "kestrel")
        session.exec(of_launch.values(document="kestrel/positioning.md"))
    keep_overviews(falcon, now=NOW)
    for days in (0, 1, 2, 3):
        later = NOW + timedelta(days)
        assert tasks_listed(falcon, later) == tasks_computed(falcon, later)
    kestrel = next(each for each in tasks_listed(falcon, NOW) if each.slug == "kestrel")
    assert LEAD in {task.acting for task in kestrel.tasks}
    assert kestrel.tasks[0].document == DOCUMENTS / "kestrel" / "positioning.md"


def test_the_tasks_of_many_launches_are_kept_a_few_at_a_time(
    falcon: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 1)
    for name in ("kestrel", "merlin"):
        opened(falcon, brief_with(launch=name))
    keep_overviews(falcon, now=NOW)
    with falcon.read() as session:
        kept = sorted(session.exec(select(KeptTasks.launch)))
    assert kept == [SLUG, "kestrel", "merlin"]


def test_kept_figures_are_read_in_one_query(falcon: Store, monkeypatch) -> None:
    opened(falcon, brief_with(launch="kestrel"))
    keep_overviews(falcon, now=NOW)
    asked: list[str] = []
    with falcon.read() as session:
        connection = session.connection()
        event.listen(
            connection,
            "before_cursor_execute",
            lambda _c, _u, statement, *_: asked.append(statement),
        )
        assert len(list_overviews(session, now=NOW + timedelta(minutes=9))) == 2
        assert len(asked) == 1
        later = NOW + timedelta(minutes=9)
        assert len(list_tasks(session, now=later, documents=DOCUMENTS)) == 2
    assert len(asked) == 2


def test_figures_of_an_earlier_version_or_instant_are_computed(falcon: Store) -> None:
    keep_overviews(falcon, now=NOW)
    right = listed(falcon, NOW)
    with falcon.write() as session:
        session.exec(update(OverviewRow).values(late=7))
    assert listed(falcon, NOW)[0].late == 7, "it is the kept figure"
    assert listed(falcon, NOW - timedelta(hours=1)) == right
    with falcon.write() as session:
        session.exec(update(OverviewRow).values(version="0.0.1"))
    assert listed(falcon, NOW) == right
    keep_overviews(falcon, now=NOW)
    with falcon.read() as session:
        assert session.exec(select(OverviewRow.late)).one() == 0


def test_ended_launches_are_listed_on_request_alone(falcon: Store) -> None:
    end(falcon, SLUG, now=at("01-12"), note="Sold")
    assert listed(falcon, at("01-13")) == []
    (ended,) = listed(falcon, at("01-13"), ended=True)
    assert (ended.status, ended.percent) == ("done", 100)


def test_a_move_changes_the_figures(falcon: Store) -> None:
    keep_overviews(falcon, now=NOW)
    move(falcon, SLUG, on=datetime(2027, 2, 16).date(), now=NOW)
    assert listed(falcon, NOW) == computed(falcon, NOW)
