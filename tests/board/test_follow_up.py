from __future__ import annotations

import pytest

from launch_kits.board import redraw, wake
from launch_kits.board.follow_up import ELSEWHERE, FollowUp, follow_up, sweep_once
from launch_kits.errors import DocumentError
from launch_kits.settings import Settings
from launch_kits.verbs import done, note
from launch_kits.worker import step
from launch_kits.worker.delivery import Delivered
from tests.launches import NOW, SLUG, at, brief_with, notices, opened


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})


def test_without_a_server_notices_are_delivered_here(falcon, settings):
    lines: list[str] = []
    found = follow_up(falcon, SLUG, settings=settings, now=NOW, write=lines.append)
    assert found == FollowUp()
    assert lines
    assert {notice.status for notice in notices(falcon)} == {"sent"}


def test_document_that_fails_is_a_warning(falcon, settings, monkeypatch):
    def fail(*_: object, **__: object) -> Delivered:
        raise DocumentError("battlecard.md.j2: no such filter")

    monkeypatch.setattr(step, "run", fail)
    found = follow_up(falcon, SLUG, settings=settings, now=NOW)
    assert found == FollowUp(warnings=("battlecard.md.j2: no such filter",))


def test_delivery_by_another_process_is_a_note(falcon, settings, monkeypatch):
    given = Delivered(elsewhere=True, problems=("no such channel",))
    monkeypatch.setattr(step, "run", lambda *_, **__: given)
    found = follow_up(falcon, SLUG, settings=settings, now=NOW)
    assert found == FollowUp((ELSEWHERE,), ("no such channel",))


@pytest.fixture
def served(tmp_path) -> Settings:
    home = str(tmp_path)
    url = "http://127.0.0.1:1/api"
    return Settings.read({"LAUNCH_KITS_HOME": home, "PREFECT_API_URL": url})


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The requests to Prefect."""
    asked: list[str] = []
    monkeypatch.setattr(wake, "wake", lambda *_, **__: asked.append("wake"))
    monkeypatch.setattr(redraw, "draw_now", lambda *_, **__: asked.append("draw"))
    return asked


def test_with_a_server_the_run_is_woken_to_deliver_and_the_board_drawn(
    falcon, served, asked
):
    assert follow_up(falcon, SLUG, settings=served, now=NOW) == FollowUp()
    assert asked == ["wake", "draw"]
    assert {notice.status for notice in notices(falcon)} == {"pending"}


def test_a_change_that_only_the_board_shows_wakes_no_run(
    falcon, served, settings, asked
):
    follow_up(falcon, SLUG, settings=settings, now=NOW, write=lambda _: None)
    note(falcon, SLUG, "research", now=NOW, note="so far so good")
    follow_up(falcon, SLUG, settings=served, now=NOW)
    assert asked == ["draw"]


def test_a_run_that_cannot_be_woken_is_left_to_the_sweep(
    falcon, served, asked, monkeypatch
):
    monkeypatch.setattr(wake, "wake", lambda *_, **__: "Prefect is away")
    found = follow_up(falcon, SLUG, settings=served, now=NOW)
    assert found == FollowUp(notes=("Prefect is away",))
    assert asked == []


def test_sweep_counts_notices_and_launches(falcon, settings):
    lines: list[str] = []
    said, found = sweep_once(falcon, settings=settings, now=NOW, write=lines.append)
    sent = len(notices(falcon, status="sent"))
    assert said.startswith(f"swept: {sent} notices sent, ")
    assert found == FollowUp()


def test_a_document_or_launch_that_fails_holds_no_other_work_of_the_sweep_up(
    falcon, settings, monkeypatch
):
    """A fault of any kind in one piece of work; the rest of the sweep is done."""
    done(falcon, SLUG, "positioning", now=NOW)
    other = opened(falcon, brief_with(launch="heron-3", product="Heron 3"))
    assert other is not None
    write = step.write_document

    def broken(facts, task, *args, **others):
        if task.key == "battlecard:kite":
            raise DocumentError("battlecard.md.j2: no such field")
        return write(facts, task, *args, **others)

    advance = step.advance

    def unreadable(store, slug, **others):
        if slug == "heron-3":
            raise KeyError("of a later version")
        return advance(store, slug, **others)

    monkeypatch.setattr(step, "write_document", broken)
    monkeypatch.setattr(step, "advance", unreadable)
    for day in ("01-12", "01-13"):
        lines: list[str] = []
        _, found = sweep_once(
            falcon, settings=settings, now=at(day), write=lines.append
        )
    told = [each for each in found.warnings if "cannot be written" in each]
    assert told == [
        f"{SLUG} has a document that cannot be written: battlecard.md.j2: no such field"
    ]
    assert any(each.startswith("heron-3 could not be adv") for each in found.warnings)
    assert step.documents_owed(falcon, SLUG) == ["battlecard:kite"]
    news = [each.facts["event"] for each in notices(falcon, "news")]
    assert news.count("not written") == 1
    assert not notices(falcon, status="pending")
