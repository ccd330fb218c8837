from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from launch_kits import verbs
from launch_kits.board.wake import wake
from launch_kits.errors import NotFound
from launch_kits.views.launch import read_launch
from launch_kits.workdays.in_words import day
from tests.launches import statuses
from tests.served import Served, current_brief, eventually, now


def _plan(served: Served, slug: str) -> dict[str, set[str]]:
    with served.store.read() as session:
        view = read_launch(
            session, slug, now=now(), documents=served.settings.documents
        )
    return {task.key: set(task.after) for task in view.tasks}


def test_a_launch_lives_in_one_run_from_its_start_to_its_last_task(
    served: Served, slug: str
) -> None:
    served.start(current_brief(slug))
    run = served.await_run(slug, "Suspended")
    assert run["name"] == f"Product {slug}"
    assert {f"launch:{slug}", "tier:1"} <= set(run["tags"])
    plan = _plan(served, slug)
    assert served.arrows(run["id"]) == plan
    assert set(served.board(run["id"])) == set(plan)
    assert served.states(slug)["positioning"] in ("AwaitingOwner", "Waiting")

    served.command("done", slug, "positioning")
    eventually(lambda: served.states(slug)["positioning"] == "Done", what="drawing")
    assert served.await_run(slug, "Suspended")["id"] == run["id"]

    _finish(served, slug)
    eventually(
        lambda: wake(served.store, slug, settings=served.settings) is None,
        what="waking",
    )
    done = served.await_run(slug, "Completed")
    assert done["id"] == run["id"]
    ended_on = day(served.launch(slug).ended_at.date())
    assert done["state"]["message"] == f"Product {slug}: done on {ended_on}"
    assert set(served.states(slug).values()) == {"Done"}
    assert served.arrows(run["id"]) == plan
    automated = [
        each for each in served.task_runs(run["id"]) if each["dynamic_key"] not in plan
    ]
    assert {each["name"] for each in automated} == {"Documents", "Delivery"}
    assert {each["state_name"] for each in automated} == {"Completed"}
    assert served.artifacts(slug)["readiness"]["data"] == 100

    told = eventually(
        lambda: (
            "launch-kits.launch.done" in _events(served, slug) and _events(served, slug)
        )
    )
    assert (
        told.count("launch-kits.launch.done")
        == told.count("launch-kits.launch.opened")
        == 1
    )
    assert told.count("launch-kits.task.done") == len(plan)


def _events(served: Served, slug: str) -> list[str]:
    wanted: dict[str, Any] = {
        "event": {"prefix": ["launch-kits."]},
        "resource": {"id": [f"launch-kits.launch.{slug}"]},
    }
    found = served.api.post(
        "/events/filter", json={"filter": wanted, "limit": 50}
    ).json()
    return [event["event"] for event in found["events"]]


def _finish(served: Served, slug: str) -> None:
    for key in _plan(served, slug):
        verbs.done(served.store, slug, key, now=now())
        if statuses(served.store, slug)[key] == "review":
            verbs.approve(served.store, slug, key, now=now())


def test_a_launch_cancelled_by_its_lead_ends_its_run_as_cancelled(
    served: Served, slug: str
) -> None:
    served.start(current_brief(slug))
    served.await_run(slug, "Suspended")
    served.command("cancel", slug, "--note", "The market has moved")
    served.await_run(slug, "Cancelled")
    assert set(served.states(slug).values()) == {"Dropped"}
    assert served.launch(slug).status == "cancelled"


def test_prefects_form_refuses_a_past_launch_day_unless_it_is_accepted(
    served: Served, slug: str
) -> None:
    brief = current_brief(slug, launch_on="2026-01-01", begin_on=None).model_dump(
        mode="json", by_alias=True
    )
    refused = served.ask_for_run(brief=brief)
    eventually(
        lambda: served.run_of(refused)["state_name"] == "Failed", what="the refusal"
    )
    assert "accept_past" in served.run_of(refused)["state"]["message"]
    with pytest.raises(NotFound):
        served.launch(slug)
    meant = served.ask_for_run(brief=brief, accept_past=True)
    eventually(
        lambda: served.run_of(meant)["state_name"] == "Suspended", what="the first step"
    )
    assert served.launch(slug).flow_run_id == meant


def test_a_launch_from_prefects_form_opens_and_names_its_missed_deadlines(
    served: Served, slug: str
) -> None:
    soon = (now().date() + timedelta(days=1)).isoformat()
    brief = current_brief(slug, launch_on=soon).model_dump(mode="json", by_alias=True)
    run = served.ask_for_run(brief=brief)
    eventually(
        lambda: served.run_of(run)["state_name"] == "Suspended", what="the first step"
    )
    assert served.launch(slug).flow_run_id == run

    def said() -> str:
        found = served.api.post(
            "/logs/filter", json={"logs": {"flow_run_id": {"any_": [run]}}}
        ).json()
        return "\n".join(
            line["message"] for line in found if "does not hold" in line["message"]
        )

    assert "change its day with `launch-kits move`" in eventually(
        said, what="the warning"
    )
