from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import Fault, Refused
from launch_kits.verbs.due_offsets import NamedDue, named_due, workday_offset
from launch_kits.verbs.transaction import reading
from launch_kits.workdays.offsets import Offset
from tests.launches import NOW, SLUG, brief_with, opened

FRIDAY = date(2027, 2, 5)
SATURDAY = date(2027, 2, 6)


def named(store: Store, due: date | Offset, anchor: str = "launch") -> NamedDue:
    with reading(store, SLUG, now=NOW) as change:
        return named_due(change, anchor, due)


def test_a_day_is_counted_from_the_anchor_of_its_task(store: Store) -> None:
    opened(store, brief_with(release_on="2027-02-02"))
    assert str(named(store, FRIDAY).offset) == "T-2"
    assert str(named(store, FRIDAY, "release").offset) == "T+3"


def test_an_offset_is_kept_as_it_was_named(falcon: Store) -> None:
    found = named(falcon, Offset.parse("T-3d"))
    assert (str(found.offset), found.named, found.meant) == ("T-3d", SATURDAY, FRIDAY)
    assert named(falcon, Offset.parse("T-2")).named == FRIDAY


def test_a_day_before_today_is_refused(falcon: Store) -> None:
    for due in (date(2027, 1, 10), Offset.parse("T-22"), Offset.parse("T-5w")):
        with pytest.raises(Refused, match="past"):
            named(falcon, due)


def test_another_day_than_was_named_is_said(falcon: Store) -> None:
    found = named(falcon, SATURDAY)
    assert [each.code for each in found.doubts("a", FRIDAY, off=None)] == [
        "due-on-day-off"
    ]
    codes = [each.code for each in found.doubts("a", date(2027, 2, 1), off=None)]
    assert codes == ["due-on-day-off", "due-held"]
    off = Fault("-", None, "due-on-day-off", "their owner is off")
    assert found.doubts("a", date(2027, 2, 1), off=off)[1:] == (off,)


def test_a_workday_is_kept_in_calendar_days(falcon: Store) -> None:
    with reading(falcon, SLUG, now=NOW) as change:
        assert workday_offset(change, "launch", "2027-02-06") == "T-3d"
        assert workday_offset(change, "launch", "T-1w") == "T-1w"
        for wrong in ("T-2", "Sunday", ""):
            with pytest.raises(Refused):
                workday_offset(change, "launch", wrong)
