from __future__ import annotations

from launch_kits.room.asked import Shown
from launch_kits.room.page import act, page


def test_a_page_reads_and_an_act_changes():
    shown = page("/x", tab="X", position=2)(lambda _: Shown("x.html"))
    assert (shown.path, shown.changes, shown.tab, shown.position) == (
        "/x",
        False,
        "X",
        2,
    )
    done = act("/x")(lambda _: Shown("x.html"))
    assert (done.changes, done.tab) == (True, None)
