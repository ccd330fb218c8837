from __future__ import annotations

from datetime import date

from sqlmodel import SQLModel

from launch_kits.database.records import GateCheck
from launch_kits.verbs.row_images import (
    LEFT_OUT,
    TRACKED,
    RowImages,
    put_back,
    read_stored,
    stored,
)
from tests.launches import LEAD, NOW, SLUG, opened, task


def test_each_table_of_a_launch_is_put_back_or_left_out_for_a_reason():
    of_launches = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        if "launch" in table.c or table.name in ("launch", "link", "extension")
    }
    assert of_launches == {*TRACKED, *LEFT_OUT}


def test_changed_rows_survive_being_stored_and_come_back(store):
    opened(store)
    with store.write() as session:
        before = RowImages.of(session, SLUG)
    with store.write() as session:
        row = task(store, "positioning")
        row.due = date(2027, 1, 20)
        row.begun_at = NOW
        row.checklist = ["One"]
        session.add(row)
        session.add(GateCheck(launch=SLUG, stage="s", check_key="c", by=LEAD, at=NOW))
        found = [*before.changes(RowImages.of(session, SLUG))]
        assert {each.table for each in found} == {"task", "gate_check"}
        assert read_stored(stored(found)) == found
        assert put_back(session, SLUG, found) is None
        assert [*before.changes(RowImages.of(session, SLUG))] == []


def test_a_row_that_was_changed_again_is_named_and_nothing_is_written(store):
    opened(store)
    with store.write() as session:
        before = RowImages.of(session, SLUG)
        row = session.merge(task(store, "positioning"))
        row.title = "Once"
        found = [*before.changes(RowImages.of(session, SLUG))]
        row.title = "Twice"
        assert put_back(session, SLUG, found) == found[0]
        session.refresh(row)
        assert row.title == "Twice"
