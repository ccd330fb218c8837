from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from launch_kits.board import drawing
from tests.launches import NOW, SLUG


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


class Board:
    """A run in Prefect that keeps the calls of `draw`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run: Any = SimpleNamespace(
            id=uuid4(), name="from the form", tags=["mine"], labels={}
        )
        self.drawn: dict[str, Any] = {}
        self.events: list[str] = []
        self.labels: list[dict[str, str]] = []
        monkeypatch.setattr(drawing.graph, "read", lambda *_: self.drawn)
        monkeypatch.setattr(drawing.graph, "create", self._create)
        monkeypatch.setattr(drawing.graph, "send", self._send)
        monkeypatch.setattr(drawing.artifacts, "publish", lambda *_, **__: None)
        monkeypatch.setattr(
            drawing.events,
            "launch_event",
            lambda *given, **_: self.events.append(given[3]),
        )
        monkeypatch.setattr(
            drawing.events,
            "task_event",
            lambda *given, **_: self.events.append(given[3].after.name),
        )

    def _create(self, _client: object, _run: object, change: Any, **_: object) -> None:
        self.drawn[change.task.key] = SimpleNamespace(
            id=change.run_id,
            state_name=change.after.name,
            state_type=change.after.type,
        )

    def _send(self, _client: object, change: Any) -> None:
        self.drawn[change.task.key].state_name = change.after.name
        self.drawn[change.task.key].state_type = change.after.type

    def update_flow_run(self, _run: object, *, name: str, tags: list[str]) -> None:
        self.events.append(f"named {name}")

    def update_flow_run_labels(self, _run: object, labels: dict[str, str]) -> None:
        self.labels.append(labels)
        self.run.labels.update(labels)


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    return Board(monkeypatch)


def test_draw_creates_every_task_once_and_names_the_run(board: Board, view) -> None:
    shown = view(NOW)
    assert drawing.draw(board, board.run, shown, name="Falcon 2", now=NOW) == len(
        shown.tasks
    )
    assert board.events[0] == "opened"
    assert board.run.name == shown.product
    assert board.run.tags == ["mine", f"launch:{SLUG}", f"tier:{shown.tier}"]
    assert board.labels == [{drawing.DRAWN_ON: shown.today.isoformat()}]
    board.events.clear()
    assert drawing.draw(board, board.run, shown, name="Falcon 2", now=NOW) == 0
    assert board.events == []
    assert len(board.labels) == 1


def test_draw_changes_only_tasks_whose_state_has_changed(board: Board, view) -> None:
    drawing.draw(board, board.run, view(NOW), name="Falcon 2", now=NOW)
    board.events.clear()
    late = later(60)
    changed = drawing.draw(board, board.run, view(late), name="Falcon 2", now=late)
    states = {key: run.state_name for key, run in board.drawn.items()}
    assert changed == sum(state == "Overdue" for state in states.values()) > 0
    assert board.events.count("Overdue") == changed
    assert drawing.AT_RISK in board.run.tags
    assert drawing.AT_RISK in board.events


def test_a_rebuilt_prefect_is_sent_no_turn_of_the_launch_again(
    board: Board, view
) -> None:
    late = later(60)
    shown = view(late)
    told = replace(shown, events_sent=shown.revision, risk_sent=True)
    drawing.draw(board, board.run, told, name="Falcon 2", now=late)
    assert set(board.drawn) == {task.key for task in shown.tasks}
    assert drawing.AT_RISK in board.run.tags
    assert not {"opened", drawing.AT_RISK} & set(board.events)
