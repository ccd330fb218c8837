from __future__ import annotations

from launch_kits.board.repair import Remedy
from launch_kits.board.sweep import SweepReport


def test_a_sweep_says_what_it_did_and_what_is_still_undelivered() -> None:
    assert str(SweepReport()) == "swept: nothing to do"
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
