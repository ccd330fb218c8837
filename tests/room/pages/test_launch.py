from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from launch_kits.database.queries import tasks_of
from launch_kits.verbs import done
from tests.launches import KEYS, NOW, PMM, SLUG, brief_with, opened

PAGE = f"/launches/{SLUG}"


def test_the_page_shows_how_the_launch_goes(visit):
    page = visit.text(PAGE)
    for heading in (
        "Timeline",
        "Late",
        "Next",
        "Asked of",
        "Why this day",
        "Tasks",
    ):
        assert heading in page
    assert "Nothing is overdue." in page
    visit.now = NOW + timedelta(days=60)
    late = visit.text(PAGE)
    assert "overdue" in late
    assert "more, which wait for others, in the table" in late
    assert "as things stand: lands on" in late.lower()


def test_the_table_says_what_the_picture_shows(visit):
    answer = visit.get(f"{PAGE}/timeline.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "script" not in answer.headers["content-security-policy"]
    drawn = {
        each.get("data-task")
        for each in ET.fromstring(answer.text).iter()
        if each.get("data-task")
    }
    assert drawn == set(KEYS)
    page = visit.get(PAGE).text
    assert all(f'/tasks/{key}"' in page for key in KEYS)


def test_filters_are_in_the_address(visit):
    done(visit.store, SLUG, "positioning", by=PMM, now=NOW)
    table = visit.text(f"{PAGE}?person={PMM}&stage=story").partition("Spare days")[2]
    assert "Positioning" in table
    assert "Research" in table
    assert "Training" not in table
    table = visit.text(f"{PAGE}?state=done").partition("Spare days")[2]
    assert "Positioning" in table
    assert "Research" not in table
    assert "No task fits the filters." in visit.text(f"{PAGE}?stage=nope")


def test_the_chain_names_why_the_day_is_as_it_is(visit):
    chain = visit.text(PAGE).partition("Why this day")[2].partition("Tasks")[0]
    assert "waits for the task above" in chain
    assert "The limit is" in chain or "must be done before" in chain


def test_the_next_work_is_named_although_it_is_planned_for_later(visit):
    slug = "heron-3"
    opened(visit.store, brief_with(launch=slug, launch_on=date(2027, 6, 15)))
    with visit.store.write() as session:
        for task in tasks_of(session, slug):
            task.planned_start += timedelta(7)
            task.planned_finish += timedelta(7)
            task.handed_out_at = None
    page = visit.text(f"/launches/{slug}")
    next_work = page.partition(" Next ")[2].partition(" Asked of ")[0]
    assert "All open tasks" not in next_work
    assert "Research Pia, planned from Mon 18 Jan, due" in next_work
