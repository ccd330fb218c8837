from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from launch_kits.verbs import begin, cancel, reassign
from launch_kits.views import launch_rows
from launch_kits.views.kept_contexts import KeptContexts
from launch_kits.views.launch import LaunchView
from launch_kits.views.launch_rows import LaunchRows
from launch_kits.views.overview import keep_overviews
from tests.launches import LEAD, NOW, PMM, SLUG, STRANGER, brief_with, opened


class Reading:
    """Reads the rows, and notes which launches were planned for it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.contexts = KeptContexts(store, documents=Path())
        self.planned: list[str] = []

    def __call__(self, rows: LaunchRows, now: datetime, *, ended: bool = False):
        def view_of_launch(slug: str) -> LaunchView:
            self.planned.append(slug)
            return self.contexts.of(slug, now=now).view

        return rows.read(self.store, view_of_launch, now=now, ended=ended)


@pytest.fixture
def reading(falcon: Store) -> Reading:
    return Reading(falcon)


def test_a_launch_is_planned_once_a_change_and_a_day(falcon, reading):
    rows = LaunchRows()
    first = reading(rows, NOW)
    assert reading(rows, NOW + timedelta(minutes=40)) == first
    assert reading.planned == [SLUG]
    begin(falcon, SLUG, "positioning", by=PMM, now=NOW + timedelta(minutes=41))
    for days in (0, 0, 1, 1):
        later = NOW + timedelta(days, minutes=42)
        assert reading(rows, later) == reading(LaunchRows(), later)
    ours = len(reading.planned) - 4
    assert ours == 3, "first, after the change, and on the next day"


def test_rows_that_still_hold_are_not_read_again(falcon, reading, monkeypatch):
    keep_overviews(falcon, now=NOW)
    rows = LaunchRows()
    first, _ = reading(rows, NOW)
    monkeypatch.setattr(launch_rows, "read_figures", None)
    again, _ = reading(rows, NOW + timedelta(minutes=5))
    assert again[0] is first[0]
    assert reading.planned == []


def test_threads_may_share_the_rows(falcon, reading):
    """A row of this reading stays, although another one forgets it meanwhile."""
    rows = LaunchRows()
    opened(falcon, brief_with(launch="heron-3", product="Heron 3"))

    def view_of_launch(slug: str) -> LaunchView:
        rows.kept = {}
        return reading.contexts.of(slug, now=NOW).view

    reading(rows, NOW)
    begin(falcon, SLUG, "positioning", by=PMM, now=NOW)
    found, _ = rows.read(falcon, view_of_launch, now=NOW, ended=False)
    assert {view.slug for view, _ in found} == {SLUG, "heron-3"}


def test_a_launch_that_is_gone_leaves_its_row_behind(falcon, reading):
    rows = LaunchRows()
    reading(rows, NOW)
    with falcon.write() as session:
        session.exec(text("DELETE FROM launch"))
    assert reading(rows, NOW) == ([], 0)
    assert rows.kept == {}


def test_the_version_counts_launches_that_are_not_shown(falcon, reading):
    opened(falcon, brief_with(launch="heron-3", product="Heron 3"))
    rows = LaunchRows()
    _, before = reading(rows, NOW)
    cancel(falcon, SLUG, by=LEAD, now=NOW)
    found, after = reading(rows, NOW)
    assert [view.slug for view, _ in found] == ["heron-3"]
    assert after > before
    assert after == reading.contexts.version()


def test_crowded_weeks_follow_the_rows_and_the_names_of_people(falcon, reading):
    opened(falcon, brief_with(launch="heron-3", product="Heron 3"))
    for slug in (SLUG, "heron-3"):
        reassign(falcon, slug, "go_live", to=STRANGER, by=LEAD, now=NOW)
    rows = LaunchRows()

    def said() -> str:
        found, _ = reading(rows, NOW)
        with falcon.read() as session:
            weeks = rows.crowded(session, found, ended=False)
            assert rows.crowded(session, found, ended=False) is weeks
        return " ".join(reason for week in weeks for reason in week.reasons)

    assert f"{STRANGER} has work due" in said()
    with falcon.write() as session:
        session.add(SlackUser(id="U7", email=STRANGER, name="Sora", read_at=NOW))
    assert "Sora has work due" in said()
    cancel(falcon, "heron-3", by=LEAD, now=NOW)
    assert said() == ""


@pytest.mark.parametrize(
    "asked",
    [
        "slug, revision, status FROM launch ORDER BY opened_at DESC, slug",
        "slug, revision FROM launch",
        "revision FROM launch",
        "slug FROM launch WHERE status = 'running' LIMIT 1",
    ],
)
def test_no_brief_is_read_for_what_every_open_page_asks(falcon, asked):
    if not falcon.url.startswith("sqlite"):
        pytest.skip("the plan of a query is read in SQLite's words")
    with falcon.read() as session:
        plan = session.exec(text(f"EXPLAIN QUERY PLAN SELECT {asked}")).all()
    assert "COVERING INDEX" in str(plan[0])
