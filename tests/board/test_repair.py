from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun, State, StateType

from launch_kits.board.drawing import DRAWN_ON
from launch_kits.board.repair import SHUTDOWN, Remedy, diagnose, launches_to_watch
from launch_kits.board.runs import adopt
from launch_kits.database.launch_lease import mark_drawn
from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.verbs import end
from tests.launches import NOW, SLUG, launch


def _launch(**changes: Any) -> Launch:
    given = {
        "slug": SLUG,
        "status": "running",
        "brief": {"timezone": "UTC"},
        "revision": 3,
        "drawn": 3,
    }
    return Launch(**{**given, **changes})


def _run(
    type_: str,
    name: str | None = None,
    *,
    message: str | None = None,
    age: float = 0,
    day: str = "",
) -> FlowRun:
    stamp = NOW - timedelta(seconds=age)
    state: State[None] = State(
        type=StateType[type_], name=name, message=message, timestamp=stamp
    )
    drawn_on = day or NOW.date().isoformat()
    return FlowRun(flow_id=uuid4(), state=state, labels={DRAWN_ON: drawn_on})


HELD = {"step_by": "somebody", "step_until": NOW + timedelta(seconds=30)}
LAPSED = {"step_by": "somebody", "step_until": NOW - timedelta(seconds=1)}


@pytest.mark.parametrize(
    ("launch", "run", "working", "remedy"),
    [
        ({}, None, False, Remedy.CREATE),
        ({"status": "done"}, None, False, Remedy.NOTHING),
        ({}, _run("PAUSED", "Suspended"), False, Remedy.NOTHING),
        ({}, _run("PAUSED", "Suspended"), True, Remedy.RESUME),
        ({"drawn": 2}, _run("PAUSED", "Suspended"), False, Remedy.DRAW),
        ({}, _run("PAUSED", "Suspended", day="2027-01-10"), False, Remedy.DRAW),
        ({"status": "done"}, _run("PAUSED", "Suspended"), False, Remedy.RESUME),
        ({"status": "cancelled"}, _run("PAUSED", "Suspended"), False, Remedy.RESUME),
        ({}, _run("CANCELLED"), False, Remedy.CANCEL),
        ({}, _run("CANCELLED", message=SHUTDOWN), False, Remedy.RESCHEDULE),
        ({"status": "cancelled"}, _run("CANCELLED"), False, Remedy.NOTHING),
        ({"status": "cancelled", "drawn": 2}, _run("CANCELLED"), False, Remedy.DRAW),
        ({}, _run("CRASHED"), False, Remedy.RESCHEDULE),
        ({}, _run("FAILED"), False, Remedy.RESCHEDULE),
        ({}, _run("COMPLETED"), False, Remedy.RESCHEDULE),
        (
            {"status": "done"},
            _run("COMPLETED", day="2027-01-10"),
            False,
            Remedy.NOTHING,
        ),
        ({"status": "done"}, _run("CRASHED"), False, Remedy.RESCHEDULE),
        ({"status": "done"}, _run("FAILED"), False, Remedy.RESCHEDULE),
        ({"status": "cancelled"}, _run("CRASHED"), False, Remedy.RESCHEDULE),
        (
            {"status": "done"},
            _run("CANCELLED", message=SHUTDOWN),
            False,
            Remedy.RESCHEDULE,
        ),
        ({}, _run("RUNNING", age=3600), False, Remedy.RESCHEDULE),
        ({}, _run("RUNNING", age=30), False, Remedy.NOTHING),
        (HELD, _run("RUNNING", age=3600), True, Remedy.NOTHING),
        (LAPSED, _run("RUNNING", age=3600), False, Remedy.RESCHEDULE),
        ({}, _run("CANCELLING", age=10), False, Remedy.NOTHING),
        ({}, _run("CANCELLING", age=3600), False, Remedy.CANCEL),
        (HELD, _run("CANCELLING", age=3600), False, Remedy.NOTHING),
        ({}, _run("PENDING", age=300), False, Remedy.NOTHING),
        ({}, _run("PENDING", age=3600), False, Remedy.RESCHEDULE),
        ({}, _run("SCHEDULED", age=86_400), True, Remedy.NOTHING),
    ],
)
def test_diagnose_chooses_the_repair_of_a_state(
    launch: dict[str, Any], run: FlowRun | None, working: bool, remedy: Remedy
) -> None:
    assert (
        diagnose(_launch(**launch), run, working={SLUG} if working else (), now=NOW)
        is remedy
    )


@pytest.mark.parametrize(
    ("age", "served_for", "pool", "remedy"),
    [
        (90, 30, None, Remedy.RESCHEDULE),
        (90, 120, None, Remedy.NOTHING),
        (45, 30, None, Remedy.NOTHING),
        (90, 30, "process", Remedy.NOTHING),
    ],
)
def test_a_run_that_an_earlier_process_left_pending_is_started_again(
    age: float, served_for: float, pool: str | None, remedy: Remedy
) -> None:
    run = _run("PENDING", age=age).model_copy(update={"work_pool_name": pool})
    since = NOW - timedelta(seconds=served_for)
    found = diagnose(_launch(), run, working=(), now=NOW, served_since=since)
    assert found is remedy
    held = diagnose(_launch(**HELD), run, working=(), now=NOW, served_since=since)
    assert held is Remedy.NOTHING


def test_an_ended_launch_is_watched_only_if_it_has_a_run(falcon: Store) -> None:
    def watched(now: datetime = NOW) -> list[str]:
        return [each.slug for each in launches_to_watch(falcon, now=now)]

    assert watched() == [SLUG]
    end(falcon, SLUG, now=NOW, note="Sold")
    assert watched() == []
    adopt(falcon, SLUG, "a-run", instead_of=None)
    later = NOW + timedelta(days=2)
    assert watched() == watched(later) == [SLUG]
    mark_drawn(falcon, SLUG, launch(falcon).revision)
    assert watched() == [SLUG]
    assert watched(later) == []
