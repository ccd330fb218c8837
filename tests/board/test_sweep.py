from __future__ import annotations

from launch_kits.board.repair import Remedy
from launch_kits.board.sweep import Swept


def test_a_sweep_says_what_it_did_and_what_is_still_undelivered() -> None:
    assert str(Swept()) == "swept: nothing to do"
    swept = Swept(sent=2, mended={"a": Remedy.DRAW}, problems=["x is dead"], undelivered="1 notice could not be sent")
    assert str(swept) == "swept: 2 notices sent, 1 drawn, x is dead, 1 notice could not be sent"
