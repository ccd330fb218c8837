from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun

from launch_kits import outbox, verbs
from launch_kits.board.board_text import at_risk
from launch_kits.board.client import connected
from launch_kits.board.drawing import draw
from launch_kits.database import launch_lease
from launch_kits.database.store import Store
from launch_kits.verbs import open_launch
from launch_kits.views.launch import LaunchView, read_launch
from tests.served import Served, current_brief, now


class Board:
    """A run without a flow, with the drawing of a launch."""

    def __init__(
        self, served: Served, store: Store, slug: str, client: SyncPrefectClient
    ) -> None:
        self.served = served
        self.store = store
        self.slug = slug
        self.client = client
        flow = served.api.post("/flows/", json={"name": "launch"}).json()["id"]
        self.id = served.api.post(
            "/flow_runs/", json={"flow_id": flow, "name": "from the form"}
        ).json()["id"]
        self.calls: list[str] = []
        self.events: list[dict[str, str]] = []
        client._client.event_hooks["request"] = [self._note]

    def view(self, at: datetime) -> LaunchView:
        with self.store.read() as session:
            return read_launch(
                session, self.slug, now=at, documents=self.served.settings.documents
            )

    def draw(self, *, at: datetime | None = None) -> int:
        """Draw the launch as of an instant; returns the number of changed tasks."""
        run = FlowRun.model_validate(self.served.run_of(self.id))
        self.calls.clear()
        view = self.view(at or now())
        changed = draw(self.client, run, view, name=view.product, now=at or now())
        launch_lease.mark_sent(
            self.store, self.slug, view.revision, at_risk=at_risk(view)
        )
        return changed

    def states(self) -> dict[str, tuple[str, str]]:
        return {
            key: (run["state_type"], run["state_name"])
            for key, run in self.served.board(self.id).items()
        }

    def told(self) -> list[str]:
        """The events that were emitted so far."""
        return [
            event["event"] for event in self.events if "launch-kits" in event["event"]
        ]

    def _note(self, asked: httpx.Request) -> None:
        self.calls.append(f"{asked.method} {asked.url.path}")
        if asked.url.path.endswith("/events"):
            self.events += json.loads(asked.content)


@pytest.fixture
def board(served: Served, slug: str, tmp_path: Path) -> Iterator[Board]:
    store = Store(f"sqlite:///{tmp_path / 'launch-kits.db'}")
    open_launch(store, current_brief(slug), now=now())
    with connected(served.url) as client:
        yield Board(served, store, slug, client)
    store.close()


def test_every_task_is_drawn_once_with_its_dependencies(board: Board) -> None:
    plan = {task.key: set(task.after) for task in board.view(now()).tasks}
    assert board.draw() == len(plan)
    assert board.served.arrows(board.id) == plan
    assert board.draw() == 0
    assert len(board.served.task_runs(board.id)) == len(plan)
    named = board.served.board(board.id)["battlecard:osprey"]
    assert named["name"] == "Sales readiness · Battlecard: Osprey"
    assert {"task:battlecard:osprey", "stage:sales", f"launch:{board.slug}"} == set(
        named["tags"]
    )


def test_drawing_takes_one_call_a_task_and_a_few_more(board: Board) -> None:
    drawn = board.draw()
    # a client asks for its token once, whatever it does then
    calls = [call for call in board.calls if not call.endswith("/csrf-token")]
    assert len(calls) <= drawn + 10

    def only_looks() -> bool:
        board.draw()
        return [call.split("/")[-1] for call in board.calls] == ["filter", "filter"]

    # the server's own sweep may draw in between, with another instant
    assert any(only_looks() for _ in range(3)), board.calls


def test_tasks_pass_through_the_states_of_their_work(board: Board) -> None:
    board.draw()
    assert board.states()["positioning"] == ("RUNNING", "AwaitingOwner")
    assert board.states()["training"] == ("PENDING", "Waiting")
    do = _doing(board)
    do("begin", "positioning")
    do("block", "research", note="Nobody answers")
    board.draw()
    assert board.states()["positioning"] == ("RUNNING", "InProgress")
    assert board.states()["research"] == ("CRASHED", "Blocked")
    do("done", "positioning")
    do("done", "battlecard:kite")
    do("drop", "research")
    board.draw()
    assert board.states()["positioning"] == ("COMPLETED", "Done")
    assert board.states()["battlecard:kite"] == ("SCHEDULED", "InReview")
    assert board.states()["research"] == ("CANCELLED", "Dropped")
    assert board.states()["legal_review"] == ("RUNNING", "AwaitingOwner")
    late = board.view(now()).task("legal_review")
    assert late is not None
    board.draw(at=now() + timedelta(days=(late.due - now().date()).days + 2))
    assert board.states()["legal_review"] == ("FAILED", "Overdue")
    assert board.states()["training"] == ("PENDING", "Waiting")


def test_each_event_is_emitted_once(board: Board) -> None:
    board.draw()
    assert board.told() == ["launch-kits.launch.opened"]
    do = _doing(board)
    do("begin", "positioning")
    do("block", "positioning", note="Nobody answers")
    board.draw()
    do("unblock", "positioning")
    board.draw()
    do("done", "positioning")
    board.draw()
    board.draw()
    told = board.told()
    assert told.count("launch-kits.task.blocked") == 1
    assert "launch-kits.task.begun" not in told, (
        "it was begun and blocked between two drawings"
    )
    assert told.count("launch-kits.task.done") == 1
    assert told.count("launch-kits.task.ready") == 3


def test_an_undelivered_notice_emits_one_event_and_is_on_the_page(
    board: Board,
) -> None:
    board.draw()
    with board.store.write() as session:
        (notice,) = outbox.claim(
            session, by="a", now=now(), limit=1, launch=board.slug, any_hour=True
        )
        outbox.fail(
            session,
            notice.key,
            by="a",
            error="Slack refuses chat.postMessage: is_archived",
        )
    verbs.note(
        board.store, board.slug, "research", now=now(), note="the board is behind"
    )
    board.draw()
    board.draw()
    assert board.told().count("launch-kits.notice.dead") == 1
    assert "Not delivered" in str(board.served.artifacts(board.slug)["summary"]["data"])


def test_a_launch_at_risk_is_tagged_until_it_is_on_track_again(
    board: Board,
) -> None:
    board.draw()
    late = now() + timedelta(days=125)
    board.draw(at=late)
    board.draw(at=late)
    assert "at-risk" in board.served.run_of(board.id)["tags"]
    board.draw()
    assert "at-risk" not in board.served.run_of(board.id)["tags"]
    told = [event for event in board.told() if "launch-kits.launch" in event]
    assert told == [
        "launch-kits.launch.opened",
        "launch-kits.launch.at-risk",
        "launch-kits.launch.on-track",
    ]


def test_a_run_from_the_form_is_named_and_tagged(board: Board) -> None:
    board.draw()
    run = board.served.run_of(board.id)
    assert run["name"] == f"Product {board.slug}"
    assert {f"launch:{board.slug}", "tier:1"} == set(run["tags"])


def test_artifacts_keep_their_keys_and_change_in_place(board: Board) -> None:
    board.draw()
    before = board.served.artifacts(board.slug)
    assert {key: each["type"] for key, each in before.items()} == {
        "summary": "markdown",
        "timeline": "image",
        "tasks": "table",
        "readiness": "progress",
    }
    _doing(board)("done", "positioning")
    board.draw()
    after = board.served.artifacts(board.slug)
    assert {key: each["latest_id"] for key, each in after.items()} == {
        key: each["latest_id"] for key, each in before.items()
    }
    assert (before["readiness"]["data"], after["readiness"]["data"]) == (0, 12.5)
    assert after["readiness"]["description"].startswith(
        f"Product {board.slug}: 1 of 8 tasks done · as of "
    )
    assert '"State": "Done"' in after["tasks"]["data"]


def test_a_cancelled_launch_leaves_nothing_open_on_the_board(board: Board) -> None:
    board.draw()
    verbs.cancel(board.store, board.slug, now=now())
    board.draw()
    assert set(board.states().values()) == {("CANCELLED", "Dropped")}
    assert board.told() == ["launch-kits.launch.opened", "launch-kits.launch.cancelled"]


def test_another_run_of_the_launch_gets_a_new_board(board: Board) -> None:
    board.draw()
    other = Board(board.served, board.store, board.slug, board.client)
    assert other.draw() == 8
    assert UUID(other.id) != UUID(board.id)
    assert other.served.arrows(other.id) == board.served.arrows(board.id)
    assert other.told() == [], "no event is sent again"


def _doing(board: Board) -> Callable[..., None]:
    def do(verb: str, key: str, **more: str) -> None:
        assert getattr(verbs, verb)(
            board.store, board.slug, key, now=now(), **more
        ).changed

    return do
