from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from launch_kits.database.records import Decision, GateCheck, Waiver
from launch_kits.database.store import Store
from tests.launches import LEAD, NOW, SLUG

AT_GATE = {"launch": SLUG, "stage": "story", "check_key": "told", "by": LEAD, "at": NOW}
GOOD = {
    GateCheck: AT_GATE,
    Waiver: {**AT_GATE, "note": "Legal agreed", "until": NOW.date()},
    Decision: {"launch": SLUG, "go": True, "by": LEAD, "at": NOW},
}


def write(store: Store, *rows: SQLModel) -> None:
    with store.write() as session:
        session.add_all(rows)


@pytest.mark.parametrize("table", GOOD)
def test_a_row_comes_back_as_it_was_written(falcon: Store, table) -> None:
    write(falcon, table(**GOOD[table]))
    with falcon.read() as session:
        found = session.exec(select(table)).one()
    assert {name: getattr(found, name) for name in GOOD[table]} == GOOD[table]


@pytest.mark.parametrize("table", [GateCheck, Waiver])
def test_checks_have_a_key(falcon: Store, table) -> None:
    with pytest.raises(IntegrityError, match="has_a_key"):
        write(falcon, table(**GOOD[table] | {"check_key": ""}))


def test_a_check_is_made_once_and_waived_any_number_of_times(falcon: Store) -> None:
    write(falcon, GateCheck(**GOOD[GateCheck]))
    with pytest.raises(IntegrityError):
        write(falcon, GateCheck(**GOOD[GateCheck]))
    write(falcon, Waiver(**GOOD[Waiver]), Waiver(**GOOD[Waiver]))
