from __future__ import annotations

from datetime import date

from launch_kits.database.queries import find_task
from launch_kits.database.store import Store
from launch_kits.verbs.digest_parts import (
    DigestContents,
    due_mark,
    is_repeated,
    landing_mark,
    planned_mark,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from tests.launches import NEW_YORK, SLUG

HOURS = Hours(Calendar(), NEW_YORK)


def test_the_marks_of_a_task_change_as_its_days_come(falcon: Store) -> None:
    with falcon.read() as session:
        task = find_task(session, SLUG, "research")  # due Monday 8 February
        days = {
            day: due_mark(task, HOURS, date(2027, 2, day))
            for day in (2, 3, 7, 8, 9, 12, 15, 22)
        }
        assert {day: mark and mark.partition(":")[0] for day, mark in days.items()} == {
            2: None,
            3: "soon",
            7: "soon",
            8: "today",
            9: "late-1",
            12: "late-1",
            15: "late-5",
            22: "late-10",
        }
        assert (
            planned_mark(task, date(2027, 1, 12))
            == "planned:falcon-2/research:2027-01-12"
        )


def test_a_launch_that_lands_later_than_the_last_digest_said_is_new() -> None:
    line = {"launch": SLUG, "lands_on": "2027-02-12"}
    found = DigestContents(SLUG, HOURS, date(2027, 2, 8), launches=[line])
    found.marks.add(landing_mark(line))
    for before, new, landed in (
        ("2027-02-05", True, "2027-02-05"),
        ("2027-02-10", False, "2027-02-10"),
        ("2027-02-12", False, None),
        ("2027-02-18", False, "2027-02-18"),
        ("never", False, "never"),
    ):
        said = frozenset([landing_mark({**line, "lands_on": before})])
        assert found.new(said) is new, before
        assert found.facts(said)["launches"][0].get("landed") == landed
    assert found.new(frozenset()) is False, "the first digest tells where it lands"
    line["lands_on"] = None
    never = DigestContents(SLUG, HOURS, date(2027, 2, 8), launches=[line])
    never.marks.add(landing_mark(line))
    assert never.new(frozenset([landing_mark({**line, "lands_on": "2027-02-10"})]))
    line["lands_on"] = "2027-02-12"
    found.marks.clear()
    earlier = landing_mark({**line, "lands_on": "2027-02-05"})
    assert found.new(frozenset([earlier])) is False, "its reader does not lead it"


def test_a_list_of_a_task_tells_that_it_is_due_soon_or_still_late() -> None:
    name = f"{SLUG}/research:2027-02-08"
    for mark, soon, late in (
        (f"soon:{name}", True, False),
        (f"today:{name}", False, False),
        (f"late-1:{name}", False, False),
        (f"late-5:{name}", False, True),
        (f"late-10:{name}", False, True),
    ):
        assert is_repeated(mark, soon=True, late=False) is soon, mark
        assert is_repeated(mark, soon=False, late=True) is late, mark
