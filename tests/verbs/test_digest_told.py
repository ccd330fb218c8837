from __future__ import annotations

from datetime import date

from launch_kits.database.store import Store
from launch_kits.verbs import extend, reassign
from launch_kits.verbs.digest_told import asked_lately, told_today
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.hours import Hours
from tests.launches import LEAD, NEW_YORK, OPS, PMM, SLUG, at, send_all

HOURS = Hours(Calendar(), NEW_YORK)


def test_a_question_about_more_time_is_new_for_a_working_day(falcon: Store) -> None:
    until = date(2027, 2, 19)
    extend(falcon, SLUG, "research", until=until, by=PMM, now=at("01-15"))
    with falcon.read() as session:
        found = {
            day: asked_lately(session, LEAD, HOURS, now=at(day, 9))
            for day in ("01-15", "01-18", "01-19")
        }
    assert found == {
        "01-15": {(SLUG, "research")},
        "01-18": {(SLUG, "research")},
        "01-19": set(),
    }


def test_a_task_is_told_on_the_day_of_its_message(falcon: Store) -> None:
    send_all(falcon)
    reassign(falcon, SLUG, "research", to=OPS, now=at("02-02"))
    with falcon.read() as session:
        assert told_today(session, OPS, HOURS, now=at("02-02")) == {(SLUG, "research")}
        assert told_today(session, OPS, HOURS, now=at("02-03", 9)) == set()
