from __future__ import annotations

import re
from datetime import timedelta

from launch_kits.plan.workload import exact
from launch_kits.room.pages import workload
from launch_kits.room.pages.workload import amount
from launch_kits.verbs import drop
from tests.launches import (
    KEYS,
    LEAD,
    NOW,
    PMM,
    SALES,
    SLUG,
    brief_with,
    opened,
)


def test_people_are_listed_with_their_work_by_week(visit):
    page = visit.text("/workload")
    for text in ("Pia", "Sam", "11 Jan", "Choose a person"):
        assert text in page
    assert "Positioning" not in page
    assert "asked for more than they have" in page


def test_the_tasks_of_one_person_are_named(visit, monkeypatch):
    page = visit.text(f"/workload?person={PMM.upper()}")
    assert "Work of Pia" in page
    said = "Week of 11 Jan, 9 of 5 days: Positioning, Research, Battlecard: Osprey"
    assert said.replace(" ", "") in page.replace(" ", "")
    visit.sign_in(SALES)
    assert "Work of Sam" in visit.text("/workload")
    assert "Work of Pia" in visit.text(f"/workload?person={PMM}")
    monkeypatch.setattr(workload, "MOST", 1)
    assert "and 3 more" in visit.text(f"/workload?person={PMM}")


def test_work_of_earlier_weeks_is_told_apart(visit):
    assert "Not begun" not in visit.text("/workload")
    visit.now = NOW + timedelta(21)
    page = visit.text("/workload")
    assert "the weeks do not count it" in page
    assert re.search(r"Pia [\d.]+ in \d+ tasks", page)


def test_a_task_names_its_launch_if_there_are_several(visit):
    opened(visit.store, brief_with(launch="heron-3", product="Heron 3"))
    page = visit.text(f"/workload?person={PMM}")
    assert "(Heron 3)" in page
    assert "(Falcon 2)" in page


def test_nothing_is_asked_of_anyone_without_open_work(visit):
    for key in KEYS:
        drop(visit.store, SLUG, key, by=LEAD, now=NOW)
    assert "No work of a running launch is open." in visit.text("/workload")


def test_days_have_a_decimal_at_most():
    assert [amount(exact(days)) for days in (2, 2.5, 0.05)] == ["2", "2.5", "0"]
