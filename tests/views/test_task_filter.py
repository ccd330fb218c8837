from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.verbs import begin, cancel, done
from launch_kits.views.launch import LaunchView, read_launch
from launch_kits.views.task_filter import TaskFilter, first_of_week
from tests.launches import NOW, OPS, PMM, SLUG, at, brief_with, opened, task


def view(store: Store, *, now: datetime = NOW) -> LaunchView:
    with store.read() as session:
        return read_launch(session, SLUG, now=now, documents=Path("/nowhere"))


def keys(store: Store, *, now: datetime = NOW, **wanted: Any) -> list[str]:
    found = TaskFilter(**wanted).tasks([view(store, now=now)])
    return [each.key for each in found]


def test_without_a_wish_every_open_task_is_found_by_due_day(falcon: Store) -> None:
    done(falcon, SLUG, "research", now=NOW)
    found = TaskFilter().tasks([view(falcon)])
    assert len(found) == 7
    assert [each.due for each in found] == sorted(each.due for each in found)
    cancel(falcon, SLUG, now=NOW)
    assert keys(falcon) == []


def test_tasks_are_found_by_owner_role_and_stage(falcon: Store) -> None:
    assert set(keys(falcon, owner=PMM.upper(), stages=["story"])) == {
        "positioning",
        "research",
    }
    assert keys(falcon, roles=["legal", "sales"]) == ["legal_review", "training"]
    assert keys(falcon, owner=PMM, roles=["legal"]) == []


def test_tasks_are_found_by_status_overdue_and_later(falcon: Store) -> None:
    begin(falcon, SLUG, "positioning", now=NOW)
    assert keys(falcon, states=["doing"]) == ["positioning"]
    assert keys(falcon, states=["ready", "doing"]) == ["positioning", "research"]
    late = at("02-09")
    overdue = keys(falcon, states=["overdue"], now=late)
    assert "positioning" in overdue
    assert "retro" not in overdue
    assert keys(falcon, states=["later"]) == []
    with falcon.write() as session:
        row = task(falcon, "research")
        row.handed_out_at = None
        session.merge(row)
    assert keys(falcon, states=["later"]) == ["research"]


def test_closed_tasks_are_found_if_they_are_asked_for(falcon: Store) -> None:
    done(falcon, SLUG, "research", now=NOW)
    assert keys(falcon, states=["done"]) == ["research"]


def test_tasks_are_found_by_the_week_of_their_due_day(falcon: Store) -> None:
    due = {each.key: each.due for each in view(falcon).tasks}
    monday = date(2027, 2, 1)
    wanted = {key for key, day in due.items() if 0 <= (day - monday).days < 7}
    assert wanted
    assert set(keys(falcon, week="2027-W05")) == wanted
    assert set(keys(falcon, week="this", now=at("02-03"))) == wanted
    assert set(keys(falcon, week="next", now=at("01-31"))) == wanted


def test_a_week_begins_on_the_day_that_the_country_begins_it(store: Store) -> None:
    opened(store, brief_with(holidays="IL"), accept_late=True)
    found = view(store)
    assert first_of_week(found, "2027-W05") == date(2027, 1, 31)
    assert first_of_week(found, "2027-w05") == date(2027, 1, 31)


@pytest.mark.parametrize("written", ["W05", "2027-W54", "2027-05", "last", "0000-W01"])
def test_text_that_is_not_a_week_is_refused(falcon: Store, written: str) -> None:
    with pytest.raises(Refused, match="use this, next or a value like 2027-W05"):
        keys(falcon, week=written)


def test_the_tasks_of_an_absent_person_are_found_for_the_one_who_acts(
    store: Store,
) -> None:
    team = brief_with().model_dump(mode="json", by_alias=True)["team"]
    team["pmm"] |= {"away": [{"from": "2027-01-13", "to": "2027-01-22"}]}
    opened(store, brief_with(team=team))
    during = at("01-14")
    assert keys(store, owner=OPS, now=NOW) == []
    assert set(keys(store, owner=OPS, now=during)) == {"positioning", "research"}
    assert {"positioning", "research"} <= set(keys(store, owner=PMM, now=during))
    shown = view(store, now=during).task("research")
    assert shown is not None
    assert (shown.acting, shown.in_hands_of) == (OPS, None), "they were not told of it"
