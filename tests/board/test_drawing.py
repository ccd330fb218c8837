from __future__ import annotations

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
        monkeypatch.setattr(drawing.artifacts, "publish", lambda *_: None)
        monkeypatch.setattr(
            drawing.events,
            "launch_event",
            lambda *given, **_: self.events.append(given[2]),
        )
        monkeypatch.setattr(
            drawing.events,
            "task_event",
            lambda *given, **_: self.events.append(given[2].after.name),
        )

    def _create(self, _client: object, _run: object, change: Any, **_: object) -> None:
        self.drawn[change.task.key] = SimpleNamespace(
            id=change.run_id, state_name=change.after.name
        )

    def _send(self, _client: object, change: Any) -> None:
        self.drawn[change.task.key].state_name = change.after.name

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
    assert drawing.draw(board, board.run, shown, now=NOW) == len(shown.tasks)
    assert board.events[0] == "opened"
    assert board.run.name == shown.product
    assert board.run.tags == ["mine", f"launch:{SLUG}", f"tier:{shown.tier}"]
    assert board.labels == [{drawing.DRAWN_ON: shown.today.isoformat()}]
    board.events.clear()
    assert drawing.draw(board, board.run, shown, now=NOW) == 0
    assert board.events == []
    assert len(board.labels) == 1


def test_draw_changes_only_tasks_whose_state_has_changed(board: Board, view) -> None:
    drawing.draw(board, board.run, view(NOW), now=NOW)
    board.events.clear()
    late = later(60)
    changed = drawing.draw(board, board.run, view(late), now=late)
    states = {key: run.state_name for key, run in board.drawn.items()}
    assert changed == sum(state == "Overdue" for state in states.values()) > 0
    assert board.events.count("Overdue") == changed
    assert drawing.AT_RISK in board.run.tags
    assert drawing.AT_RISK in board.events
