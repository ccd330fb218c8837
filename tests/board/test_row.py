from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from launch_kits.board.row import row
from launch_kits.views.launch import LaunchView
from tests.launches import LEAD, NOW, PMM

View = Callable[[datetime], LaunchView]


def test_row_states_a_task_in_one_line(view: View) -> None:
    task = view(NOW).task("battlecard:kite")
    assert task is not None
    assert row(task, launch="running") == {
        "Deliverable": "Battlecard: Kite",
        "State": "Waiting",
        "Due": task.due.isoformat(),
        "Float": task.float_days,
        "Owner": PMM,
        "Document": "",
    }
    finished = replace(task, float_days=None, link="https://example.com/card")
    assert (
        row(finished, launch="running")["Float"],
        row(finished, launch="running")["Document"],
    ) == (
        "",
        "https://example.com/card",
    )


def test_row_is_short_enough_for_a_screen(view: View) -> None:
    task = view(NOW).task("battlecard:kite")
    assert task is not None
    long = replace(
        task,
        title="Market analysis: problems, our strengths, maturity, competition",
        document=Path("/home/documents/falcon/battlecard-kite.md"),
    )
    shown = row(long, launch="running", lead=LEAD)
    assert shown["Deliverable"] == "Market analysis: problems, our stre…"
    assert shown["Owner"] == PMM.partition("@")[0]
    assert row(long, launch="running", lead="a@example.org")["Owner"] == PMM
    assert shown["Document"] == "battlecard-kite.md"
    stale = row(long, launch="running", lead=LEAD, stale=["claims"])
    assert stale["Document"] == "outdated: battlecard-…"
    assert sum(len(str(each)) for each in stale.values()) < 95
