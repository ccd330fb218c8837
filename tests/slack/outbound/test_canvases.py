from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from launch_kits import outbox
from launch_kits.database.records import LaunchCanvas, NoticeKind
from launch_kits.database.store import Store
from launch_kits.verbs import begin
from launch_kits.worker.delivery import Delivered
from tests.slack.conftest import NOW
from tests.slack.stand_in import StandIn

Send = Callable[[datetime], Delivered]
SLUG, CHANNEL = "valkey-9", "valkey-9-launch"


def row(store: Store) -> LaunchCanvas:
    with store.read() as session:
        found = session.get(LaunchCanvas, SLUG)
        assert found is not None
        return found


def touch(store: Store) -> None:
    """Give the delivery something to do."""
    with store.write() as session:
        outbox.outdate(session, launch=SLUG, kinds=[NoticeKind.HEADLINE])


def moved(store: Store) -> None:
    """Something that the page tells."""
    begin(store, SLUG, "legal_review", now=NOW)


def calls(slack: StandIn, method: str) -> int:
    return sum(each == method for each, *_ in slack.calls)


@pytest.fixture
def headline(file: Callable[..., str]) -> str:
    return file("headline", None, f"#{CHANNEL}")


def test_a_launch_gets_a_canvas_with_its_page(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    (canvas,) = slack.canvases.values()
    assert canvas.title == "Valkey 9.0"
    assert canvas.markdown.startswith("# Valkey 9.0\n")
    assert "Legal review**: Legal, due Thu 4 Feb, ready" in canvas.markdown
    assert row(store).canvas_id == canvas.id


def test_it_is_edited_only_if_the_page_changed(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    (canvas,) = slack.canvases.values()
    touch(store)
    send(NOW + timedelta(minutes=5))
    assert canvas.edits == 0
    moved(store)
    send(NOW + timedelta(minutes=10))
    assert canvas.edits == 1
    assert "due Thu 4 Feb, in progress" in canvas.markdown
    assert len(slack.canvases) == 1


def test_a_workspace_without_canvases_is_asked_again_after_a_day(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    slack.canvases_refused = "team_tier_cannot_create_channel_canvases"
    delivered = send(NOW)
    assert delivered.problems == ()
    assert "team_tier_cannot_create_channel_canvases" in str(row(store).error)
    slack.canvases_refused = ""
    moved(store)
    send(NOW + timedelta(hours=1))
    assert slack.canvases == {}
    moved_again = NOW + timedelta(days=1, hours=1)
    touch(store)
    send(moved_again)
    assert len(slack.canvases) == 1
    assert row(store).error is None


def test_the_canvas_of_others_stays_as_it_is(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    (canvas,) = slack.canvases.values()
    canvas.markdown = "Our own notes"
    with store.write() as session:
        session.delete(session.get(LaunchCanvas, SLUG))
    for days in (1, 3):
        touch(store)
        send(NOW + timedelta(days=days))
    assert canvas.markdown == "Our own notes"
    assert "has a canvas of its own" in str(row(store).error)


def test_a_canvas_that_a_person_deleted_is_not_created_again(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    slack.canvases.clear()
    moved(store)
    for days in (0, 2):
        touch(store)
        send(NOW + timedelta(days=days, minutes=5))
    assert slack.canvases == {}
    assert "canvas_not_found" in str(row(store).error)


def test_after_an_unclear_end_the_canvas_is_found(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    (canvas,) = slack.canvases.values()
    # as if the process had been killed before it could note the answer
    with store.write() as session:
        found = session.get(LaunchCanvas, SLUG)
        assert found is not None
        found.canvas_id, found.revision = None, -1
        session.add(found)
    touch(store)
    send(NOW + timedelta(minutes=5))
    assert list(slack.canvases) == [canvas.id]
    assert row(store).canvas_id == canvas.id
