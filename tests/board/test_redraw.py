from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from launch_kits.board import redraw as drawing
from launch_kits.board.redraw import draw_now
from launch_kits.database import launch_lease
from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.errors import PrefectError
from launch_kits.settings import Settings
from launch_kits.verbs import note
from tests.launches import NOW, SLUG

RUN = SimpleNamespace(id=UUID(int=1))


@pytest.fixture
def drawn(falcon: Store, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Give the launch a run; returns what is drawn in it."""
    with falcon.write() as session:
        launch = session.get(Launch, SLUG)
        launch.flow_run_id = str(RUN.id)
        session.add(launch)
    found: list[dict[str, Any]] = []

    @contextmanager
    def connected(*_: object, **__: object) -> Iterator[None]:
        yield

    def draw(_client: object, _run: object, view: Any, *, name: str, **_: Any) -> None:
        found.append({"name": name, "revision": view.revision})

    monkeypatch.setattr(drawing, "connected", connected)
    monkeypatch.setattr(drawing.runs, "read", lambda *_: [RUN])
    monkeypatch.setattr(drawing, "draw", draw)
    monkeypatch.setattr(drawing, "refresh", lambda *_, **__: False)
    return found


def shown(store: Store, tmp_path: object, *, patience: float = 60) -> str | None:
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})
    return draw_now(store, SLUG, settings=settings, now=NOW, patience=patience)


def launch_of(store: Store) -> Launch:
    with store.read() as session:
        return session.get(Launch, SLUG)


def test_a_change_is_drawn_once_and_noted(falcon: Store, drawn, tmp_path) -> None:
    assert shown(falcon, tmp_path) is None
    assert shown(falcon, tmp_path) is None
    launch = launch_of(falcon)
    assert drawn == [{"name": "Falcon 2", "revision": launch.revision}]
    assert launch.drawn == launch.events_sent == launch.revision
    assert launch.step_by is None, "the lease is given up"


def test_a_change_during_the_drawing_is_drawn_too(
    falcon: Store, drawn, tmp_path, monkeypatch
) -> None:
    first = drawing.draw

    def draw_and_change(*given: Any, **more: Any) -> None:
        first(*given, **more)
        if len(drawn) == 1:
            note(falcon, SLUG, "research", now=NOW, note="meanwhile")

    monkeypatch.setattr(drawing, "draw", draw_and_change)
    assert shown(falcon, tmp_path) is None
    assert len(drawn) == 2
    assert launch_of(falcon).drawn == launch_of(falcon).revision


def test_a_launch_that_a_step_holds_is_left_to_it(
    falcon: Store, drawn, tmp_path
) -> None:
    assert launch_lease.take_lease(falcon, SLUG, by="a step", now=NOW)
    said = shown(falcon, tmp_path, patience=0)
    assert said == f"the run of {SLUG} is still running; the next sweep draws it"
    assert drawn == []
    assert launch_of(falcon).step_by == "a step"


def test_a_launch_without_a_run_is_left_to_the_sweep(
    falcon: Store, drawn, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(drawing.runs, "read", lambda *_: [])
    said = shown(falcon, tmp_path)
    assert said == f"{SLUG} has no run in Prefect yet; the next sweep creates it"


def test_a_prefect_that_is_away_is_said_and_the_lease_given_up(
    falcon: Store, drawn, tmp_path, monkeypatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise PrefectError("Prefect cannot be reached")

    monkeypatch.setattr(drawing, "draw", away)
    assert shown(falcon, tmp_path) == (
        "the board cannot be drawn (Prefect cannot be reached); the next sweep does it"
    )
    assert launch_of(falcon).step_by is None
    assert launch_of(falcon).drawn < launch_of(falcon).revision
