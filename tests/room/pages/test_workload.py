from __future__ import annotations

from launch_kits.plan.workload import exact
from launch_kits.room.pages.workload import amount
from launch_kits.verbs import drop
from tests.launches import KEYS, LEAD, NOW, SLUG


def test_people_are_listed_with_their_work_by_week(visit):
    page = visit.text("/workload")
    for text in ("Pia", "Sam", "11 Jan", "Positioning", "Battlecard: Kite"):
        assert text in page
    assert "asked for more than they have" in page


def test_nothing_is_asked_of_anyone_without_open_work(visit):
    for key in KEYS:
        drop(visit.store, SLUG, key, by=LEAD, now=NOW)
    assert "No work of a running launch is open." in visit.text("/workload")


def test_days_have_a_decimal_at_most():
    assert [amount(exact(days)) for days in (2, 2.5, 0.05)] == ["2", "2.5", "0"]
