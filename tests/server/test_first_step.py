from __future__ import annotations

import pytest

from launch_kits.board import runs
from launch_kits.board.follow_up import FollowUp
from launch_kits.server import embedded
from launch_kits.server.first_step import first_step
from launch_kits.settings import Settings
from launch_kits.verbs import StartResult
from tests.launches import NOW, SLUG, notices


def settings_of(tmp_path, **env: str) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path), **env})


@pytest.fixture(autouse=True)
def _no_server(monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)


def started(*, new: bool) -> StartResult:
    return StartResult(SLUG, new=new, status="running")


def test_new_launch_without_a_server_runs_its_flow_once(falcon, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        embedded, "run_embedded", lambda *of, **more: asked.append((of, more)) or ["x"]
    )
    settings = settings_of(tmp_path)
    found = first_step(falcon, started(new=True), settings=settings, at=NOW, now=NOW)
    assert found == (None, FollowUp(warnings=("x",)))
    assert asked == [((falcon, SLUG), {"settings": settings, "at": NOW})]


def test_launch_that_existed_gets_its_owed_notices(falcon, tmp_path):
    lines: list[str] = []
    found = first_step(
        falcon,
        started(new=False),
        settings=settings_of(tmp_path),
        at=None,
        now=NOW,
        write=lines.append,
    )
    assert found == (None, FollowUp())
    assert lines
    assert {notice.status for notice in notices(falcon)} == {"sent"}


@pytest.mark.parametrize("new", [True, False])
def test_with_a_server_a_launch_gets_its_run(falcon, tmp_path, monkeypatch, new):
    monkeypatch.setattr(runs, "start_run", lambda _, slug, **__: f"page of {slug}")
    settings = settings_of(tmp_path, PREFECT_API_URL="http://127.0.0.1:1/api")
    found = first_step(falcon, started(new=new), settings=settings, at=None, now=NOW)
    assert found == (f"page of {SLUG}", FollowUp())
    assert {notice.status for notice in notices(falcon)} == {"pending"}
