from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from launch_kits import verbs
from launch_kits.board.address import api_auth
from launch_kits.board.client import connected
from launch_kits.board.repair import Remedy
from launch_kits.board.runs import resume, start_run
from launch_kits.board.sweep import sweep
from launch_kits.board.wake import wake
from launch_kits.database import launch_lease
from launch_kits.database.queries import find_launch
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings
from tests.launches import events, notices, statuses
from tests.launches import verbs as told
from tests.served import PATIENCE, Served, eventually, now

Opener = Callable[..., Brief]
Sweeper = Callable[..., Remedy | None]


@pytest.fixture
def started(served: Served, slug: str, opened: Opener) -> str:
    """A launch whose run waits for people."""
    opened()
    start_run(served.store, slug, settings=served.settings, patience=PATIENCE)
    served.await_run(slug, "Suspended")
    return slug


@pytest.fixture
def swept(served: Served, slug: str) -> Sweeper:
    """Sweeps, and returns the repair of the launch."""

    def swept(later: timedelta = timedelta()) -> Remedy | None:
        done = sweep(
            served.store,
            settings=served.settings,
            now=now() + later,
            write=lambda _: None,
        )
        assert not done.problems
        return done.mended.get(slug)

    return swept


def test_a_launch_started_without_a_server_gets_its_run(
    served: Served, slug: str, opened: Opener, swept: Sweeper
) -> None:
    opened()
    assert swept() is Remedy.CREATE
    run = served.await_run(slug, "Suspended")
    assert set(served.states(slug)) == set(statuses(served.store, slug))
    assert run["idempotency_key"] == slug
    assert run["parameters"]["brief"]["kit"]["kit"] == "small"
    assert swept() is None


def test_the_run_of_a_launch_opened_by_earlier_rules_is_made_and_goes_on(
    served: Served, slug: str, opened: Opener, swept: Sweeper
) -> None:
    opened()
    with served.store.write() as session:
        launch = find_launch(session, slug)
        partner = {"key": "Nord & Sons", "name": "Nord"}
        launch.brief = {**launch.brief, "partners": [partner]}
    assert swept() is Remedy.CREATE
    run = served.await_run(slug, "Suspended")
    with connected(served.url, auth=api_auth(served.settings)) as client:
        assert resume(client, UUID(run["id"]))
    gone_on = eventually(
        lambda: (
            (found := served.run(slug))["state_name"] in ("Suspended", "Failed")
            and found["state_id"] != run["state_id"]
            and found
        ),
        what="the end of its second step",
    )
    assert gone_on["state_name"] == "Suspended"


def test_a_launch_whose_run_was_deleted_gets_another(
    served: Served, started: str, swept: Sweeper
) -> None:
    lost = served.run(started)["id"]
    served.api.delete(f"/flow_runs/{lost}").raise_for_status()
    assert swept() is Remedy.CREATE
    found = served.await_run(started, "Suspended")
    assert found["id"] != lost
    assert len(served.board(found["id"])) == 8


def test_cancelling_the_run_in_prefect_cancels_the_launch_and_tells_its_people(
    served: Served, started: str, swept: Sweeper
) -> None:
    run = served.run(started)["id"]
    served.set_state(run, "CANCELLING")
    assert served.run(started)["state_name"] == "Cancelled"
    assert swept() is Remedy.CANCEL
    assert served.launch(started).status == "cancelled"
    assert told(served.store, slug=started)[-1] == "cancel"
    assert events(served.store, slug=started)[-1].by == "Prefect"
    assert {
        notice.status for notice in notices(served.store, "cancelled", slug=started)
    } == {"sent"}
    # Prefect ends the tasks of a cancelled run too, at a time of its own
    late = served.board(run)["positioning"]["id"]
    state = {"type": "CANCELLED", "name": "Cancelled"}
    served.api.post(
        f"/task_runs/{late}/set_state", json={"state": state, "force": True}
    ).raise_for_status()
    assert "Cancelled" in served.states(started).values()
    assert swept() is Remedy.DRAW
    assert set(served.states(started).values()) == {"Dropped"}
    assert swept() is None


def test_no_one_is_asked_to_work_on_a_launch_whose_run_was_cancelled(
    served: Served, started: str, swept: Sweeper
) -> None:
    served.set_state(served.run(started)["id"], "CANCELLING")
    for key in ("positioning", "research"):
        verbs.done(served.store, started, key, now=now())
    asked = [
        notice.key
        for notice in notices(served.store, "task", slug=started, status="pending")
    ]
    assert asked
    assert swept() is Remedy.CANCEL
    dropped = [
        notice.key
        for notice in notices(served.store, "task", slug=started, status="dropped")
    ]
    assert set(asked) <= set(dropped)


def test_a_run_ended_by_prefects_runner_does_not_cancel_the_launch(
    served: Served, started: str, swept: Sweeper
) -> None:
    run = served.run(started)["id"]
    state = {
        "type": "CANCELLED",
        "name": "Cancelled",
        "message": "Runner is shutting down.",
    }
    served.api.post(
        f"/flow_runs/{run}/set_state", json={"state": state, "force": True}
    ).raise_for_status()
    assert swept() is Remedy.RESCHEDULE
    assert served.await_run(started, "Suspended")["id"] == run
    assert served.launch(started).status == "running"


def test_a_crashed_run_of_a_live_launch_starts_again(
    served: Served, started: str, swept: Sweeper
) -> None:
    run = served.run(started)["id"]
    served.set_state(run, "CRASHED", force=True)
    assert swept() is Remedy.RESCHEDULE
    assert served.await_run(started, "Suspended")["id"] == run
    assert len(served.board(run)) == 8


def test_a_run_that_crashed_in_its_last_step_is_completed(
    served: Served, started: str, swept: Sweeper
) -> None:
    verbs.end(served.store, started, note="Sold", now=now())
    assert swept() is Remedy.RESUME
    run = served.await_run(started, "Completed")["id"]
    served.set_state(run, "CRASHED", force=True)
    assert swept() is Remedy.RESCHEDULE
    assert served.await_run(started, "Completed")["id"] == run
    assert swept() is None


def test_a_run_whose_process_died_starts_again_when_its_lease_ends(
    served: Served, started: str, swept: Sweeper
) -> None:
    run = served.run(started)["id"]
    served.set_state(run, "RUNNING", force=True)
    assert launch_lease.take_lease(served.store, started, by="the dead", now=now())
    assert swept() is None, "somebody may be at work"
    assert swept(launch_lease.LEASE / 2) is None
    assert swept(launch_lease.LEASE * 2) is Remedy.RESCHEDULE
    launch_lease.drop_lease(served.store, started, by="the dead")
    assert served.await_run(started, "Suspended")["id"] == run


def test_the_sweep_draws_a_board_that_was_not_woken(
    served: Served, started: str, swept: Sweeper
) -> None:
    verbs.done(served.store, started, "positioning", now=now())
    away = Settings.read({**served.env, "PREFECT_API_URL": "http://127.0.0.1:9/api"})
    reason = wake(served.store, started, settings=away)
    assert reason is not None
    assert "the next sweep does it" in reason
    assert swept() in (Remedy.DRAW, Remedy.RESUME)
    eventually(lambda: served.states(started)["positioning"] == "Done", what="drawing")
    served.await_run(started, "Suspended")
    assert swept() is None
    assert swept(timedelta(days=1)) is Remedy.DRAW, "float is spent by days"


def test_a_second_run_of_a_launch_is_refused(served: Served, started: str) -> None:
    deployment = served.api.get("/deployments/name/launch/launch").json()["id"]
    parameters = served.run(started)["parameters"]
    other = served.api.post(
        f"/deployments/{deployment}/create_flow_run", json={"parameters": parameters}
    ).json()["id"]
    eventually(lambda: served.run_of(other)["state_type"] == "FAILED", what="refusal")
    assert "has a run already" in served.run_of(other)["state"]["message"]
    assert served.run(started)["state_name"] == "Suspended"
