from __future__ import annotations

from launch_kits.verbs import cancel
from tests.launches import LEAD, NOW, SLUG, brief_with, opened


def test_the_list_shows_state_and_landing(visit):
    page = visit.text("/launches")
    assert "Falcon 2" in page
    assert "on track" in page
    assert "on its day" in page
    assert visit.get("/").headers["location"] == "/launches"


def test_launches_that_are_over_are_shown_on_request(visit):
    cancel(visit.store, SLUG, by=LEAD, now=NOW)
    assert "No launch is running" in visit.text("/launches")
    assert "cancelled" in visit.text("/launches?all=1")


def test_launches_of_one_week_are_named(visit):
    opened(visit.store, brief_with(launch="heron-3", product="Heron 3"))
    page = visit.text("/launches")
    assert "Launches of the same week" in page
    assert "Heron 3 address b2b" in page
