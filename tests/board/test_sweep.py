from __future__ import annotations

from datetime import datetime, timedelta

from launch_kits.board.repair import Remedy
from launch_kits.board.sweep import IDLE, SweepReport, launches_owing_documents
from launch_kits.database.records import Task
from launch_kits.database.store import Store
from tests.launches import NOW, SLUG


def test_a_report_names_repairs_problems_and_undelivered_notices() -> None:
    assert str(SweepReport()) == IDLE == "swept: nothing to do"
    assert SweepReport(undelivered="1 notice could not be sent").idle
    assert not SweepReport(sent=1).idle
    report = SweepReport(
        sent=2,
        mended={"a": Remedy.DRAW},
        problems=["x is dead"],
        undelivered="1 notice could not be sent",
    )
    assert (
        str(report)
        == "swept: 2 notices sent, 1 drawn, x is dead, 1 notice could not be sent"
    )


def test_a_document_that_fails_is_tried_again_after_1_2_4_and_8_sweeps(
    falcon: Store,
) -> None:
    with falcon.write() as session:
        task = session.get(Task, 1)
        assert task is not None
        task.document_owed_at = NOW
        session.add(task)

    def tried(at: datetime) -> bool:
        return SLUG in launches_owing_documents(falcon, now=at, every=300)

    sweeps = [
        sweep for sweep in range(70) if tried(NOW + timedelta(seconds=300 * sweep + 7))
    ]
    assert sweeps == [0, 1, 2, 4, 8, 16, 32, 64]
