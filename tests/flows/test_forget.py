from __future__ import annotations

import json

from launch_kits.board.sweep import sweep
from tests.served import Served, current_brief, now

GONE = "leaver@example.com"


def test_nothing_of_a_person_who_was_forgotten_is_left_in_prefect(
    served: Served, slug: str
) -> None:
    team = current_brief(slug).model_dump(mode="json", exclude_none=True)["team"]
    team["pmm"]["email"] = GONE
    served.start(current_brief(slug, team=team))
    served.await_run(slug, "Suspended")
    assert GONE in "".join(held(served, slug))
    served.command("cancel", slug, "--note", "The market has moved")
    served.await_run(slug, "Cancelled")

    said = served.command("forget", GONE, "--apply").stdout
    assert "Prefect: 1 run deleted" in said
    assert held(served, slug) == []
    sweep(served.store, settings=served.settings, now=now(), write=lambda _: None)
    assert held(served, slug) == []


def held(served: Served, slug: str) -> list[str]:
    """The runs and artifacts of a launch in Prefect, each as JSON."""
    runs = {"flow_runs": {"tags": {"all_": [f"launch:{slug}"]}}}
    keys = {"artifacts": {"key": {"like_": f"{slug}-%"}}}
    asked = {"/flow_runs/filter": runs, "/artifacts/filter": keys}
    answers = (served.api.post(path, json=body) for path, body in asked.items())
    return [json.dumps(row) for answer in answers for row in answer.json()]
