from __future__ import annotations

from datetime import UTC, date

from launch_kits.views.notices.moved_work import moved_work
from launch_kits.views.reader import Reader
from launch_kits.workdays.calendar import Calendar
from tests.launches import OPS, PMM

READER = Reader(date(2027, 1, 11), UTC, Calendar(), {PMM: "Pia", OPS: "Ola"})


def said(*changes: dict[str, str]) -> list[str]:
    return [*moved_work({"changes": [*changes]}, to=PMM, reader=READER)]


def test_the_readers_own_days_come_before_those_of_people_they_act_for():
    theirs = {"field": "due", "owner": OPS}
    own = {"field": "due", "owner": PMM.upper()}
    lapse = {"field": "more_time", "owner": OPS}
    assert said(theirs, own, theirs, lapse) == [
        "1 due day of yours moved",
        "2 due days of Ola moved; more time for 1 task of Ola lapses, for whom you act",
    ]


def test_a_change_of_an_older_version_is_the_readers():
    assert said({"field": "due"}, {"field": "more_time"}) == [
        "1 due day of yours moved; more time for 1 task of yours lapses"
    ]
    assert said() == ["0 due days of yours moved"]
