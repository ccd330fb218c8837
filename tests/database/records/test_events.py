from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from launch_kits.database.records import DayChangeRow
from launch_kits.database.store import Store
from tests.launches import LEAD, NOW, SLUG

ROW: dict[str, Any] = {
    "launch": SLUG,
    "task": "positioning",
    "day": "due",
    "at": NOW,
    "by": LEAD,
    "verb": "extend",
    "before": date(2027, 2, 1),
    "after": date(2027, 2, 3),
}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"launch": "kestrel"}, id="a change in no launch"),
        pytest.param({"day": "begin_on"}, id="a change of an unknown day"),
        pytest.param({"task": None}, id="a due day of no task"),
        pytest.param({"day": "launch_on"}, id="a launch day of a task"),
    ],
)
def test_the_database_refuses(falcon: Store, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), falcon.write() as session:
        session.connection().execute(insert(DayChangeRow), [ROW | changes])


def test_a_change_of_a_day_is_kept(falcon: Store) -> None:
    with falcon.write() as session:
        session.connection().execute(insert(DayChangeRow), [ROW])
    with falcon.read() as session:
        [row] = session.exec(select(DayChangeRow)).all()
        assert (row.task, row.after, row.why) == ("positioning", ROW["after"], None)
