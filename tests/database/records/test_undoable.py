from __future__ import annotations

from sqlmodel import delete, select

from launch_kits.database.records import Launch, Undoable
from tests.launches import NOW, PMM, SLUG, opened


def test_an_act_keeps_its_rows_and_goes_with_its_launch(store):
    opened(store)
    kept = Undoable(
        launch=SLUG,
        event=7,
        events=[6, 7],
        days=[],
        by=PMM,
        at=NOW,
        rows={"task": [[[1], {"due": {"$day": "2027-01-11"}}, None]]},
        filed=["a"],
        withdrawn=[],
        living=["b"],
    )
    with store.write() as session:
        session.add(kept)
    with store.read() as session:
        (found,) = session.exec(select(Undoable)).all()
    assert found.rows["task"][0][1] == {"due": {"$day": "2027-01-11"}}
    with store.write() as session:
        session.exec(delete(Launch))
    with store.read() as session:
        assert session.exec(select(Undoable)).all() == []
