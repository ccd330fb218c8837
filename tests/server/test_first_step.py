from __future__ import annotations

import pytest

from launch_kits.board import runs
from launch_kits.board.follow_up import FollowUp
from launch_kits.errors import NotPickedUp, PrefectError
from launch_kits.server import embedded
from launch_kits.server.first_step import first_step, record_run, records_run
from launch_kits.settings import Settings
from tests.launches import NOW, SLUG, notices

#: an address at which nothing listens
NOWHERE = "http://127.0.0.1:1/api"


def settings_of(tmp_path, **env: str) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path), **env})


@pytest.fixture(autouse=True)
def _no_server(monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)


def test_without_a_server_the_owners_are_told_here(falcon, tmp_path):
    lines: list[str] = []
    found = first_step(
        falcon, SLUG, settings=settings_of(tmp_path), now=NOW, write=lines.append
    )
    assert found == (None, FollowUp())
    assert lines
    assert {notice.status for notice in notices(falcon)} == {"sent"}


def test_with_a_server_a_launch_gets_its_run(falcon, tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "start_run", lambda _, slug, **__: f"page of {slug}")
    settings = settings_of(tmp_path, PREFECT_API_URL=NOWHERE)
    found = first_step(falcon, SLUG, settings=settings, now=NOW)
    assert found == (f"page of {SLUG}", FollowUp())
    assert {notice.status for notice in notices(falcon)} == {"pending"}


def test_a_server_that_is_away_leaves_a_note_and_the_owners_are_told(falcon, tmp_path):
    settings = settings_of(tmp_path, PREFECT_API_URL=NOWHERE)
    lines: list[str] = []
    page, found = first_step(
        falcon, SLUG, settings=settings, now=NOW, write=lines.append
    )
    assert page is None
    assert "cannot be reached" in found.notes[0]
    assert found.notes[0].endswith("created by the next sweep that reaches a server")
    assert lines
    assert {notice.status for notice in notices(falcon)} == {"sent"}


def test_a_run_that_waits_for_its_process_does_the_step_itself(
    falcon, tmp_path, monkeypatch
):
    def nobody(*_: object, **__: object) -> str:
        raise NotPickedUp("no process has started its run")

    monkeypatch.setattr(runs, "start_run", nobody)
    settings = settings_of(tmp_path, PREFECT_API_URL=NOWHERE)
    page, found = first_step(falcon, SLUG, settings=settings, now=NOW)
    assert (page, found.notes) == (None, ("no process has started its run",))
    assert {notice.status for notice in notices(falcon)} == {"pending"}


def test_a_start_records_its_run_only_without_a_server(tmp_path):
    assert records_run(settings_of(tmp_path, LAUNCH_KITS_EMBEDDED_WITHIN="20"))
    assert not records_run(settings_of(tmp_path, LAUNCH_KITS_EMBEDDED_WITHIN="0"))
    assert not records_run(settings_of(tmp_path, PREFECT_API_URL=NOWHERE))


def test_a_run_that_cannot_be_recorded_leaves_its_problem(tmp_path, monkeypatch):
    settings = settings_of(tmp_path)
    monkeypatch.setattr(embedded, "run_embedded", lambda *_, **__: None)
    assert record_run(SLUG, settings=settings, at=NOW) is None

    def refused(*_, **__):
        raise PrefectError("Prefect took longer than 20 s")

    monkeypatch.setattr(embedded, "run_embedded", refused)
    assert (
        record_run(SLUG, settings=settings, at=NOW) == "Prefect took longer than 20 s"
    )
