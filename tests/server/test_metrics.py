from __future__ import annotations

import json
import re
from datetime import UTC, timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from launch_kits.database.records import RateLimit
from launch_kits.database.store import Store
from launch_kits.server.application import application
from launch_kits.server.metrics import Figures, Measured, metrics_route
from launch_kits.worker.sweeps import note_sweep
from tests.launches import NOW, opened

DASHBOARD = Path(__file__).parents[2] / "automations" / "grafana-dashboard.json"


def registry(store: Store, clock: list) -> CollectorRegistry:
    made = CollectorRegistry()
    made.register(Figures(store, clock=lambda: clock[0]))
    return made


def test_figures_are_those_of_the_database(store: Store) -> None:
    opened(store)
    clock = [NOW]
    found = registry(store, clock)
    value = found.get_sample_value
    assert value("launch_kits_launches", {"state": "on_track"}) == 1
    assert value("launch_kits_launches", {"state": "late"}) == 0
    assert value("launch_kits_tasks_overdue") == 0
    assert value("launch_kits_last_sweep_seconds") is None
    pending = {"status": "pending", "kind": "task"}
    assert value("launch_kits_notices", pending) > 0
    with store.write() as session:
        session.add(RateLimit(name="chat.postMessage", until=NOW + timedelta(days=99)))
    note_sweep(store, ended_at=NOW, seconds=2.5, problems=1)
    clock[0] = NOW.astimezone(UTC) + timedelta(days=90)
    assert value("launch_kits_slack_limited_methods") == 1
    assert value("launch_kits_launches", {"state": "on_track"}) == 0
    assert value("launch_kits_tasks_overdue") > 0
    assert value("launch_kits_notice_oldest_due_seconds") > 80 * 86_400
    assert value("launch_kits_last_sweep_age_seconds") == 90 * 86_400
    assert value("launch_kits_last_sweep_problems") == 1
    assert value("launch_kits_sweeps_total") == 1


def test_requests_are_counted_by_part_and_status(store: Store) -> None:
    made = CollectorRegistry()
    routes = [Route("/launches", lambda _: Response("x")), metrics_route(made)]
    client = TestClient(Measured(application(routes), made))
    client.get("/launches")
    client.get("/nowhere")
    client.post("/slack/events")
    text = client.get("/metrics").text
    for part, status in (("room", "2xx"), ("room", "4xx"), ("slack", "4xx")):
        labels = f'{{part="{part}",status="{status}"}}'
        assert f"launch_kits_request_seconds_count{labels} 1.0" in text


def test_the_dashboard_shows_every_figure_and_no_other(store: Store) -> None:
    opened(store)
    note_sweep(store, ended_at=NOW, seconds=2.5, problems=1)
    made = registry(store, [NOW])
    client = TestClient(Measured(application([metrics_route(made)]), made))
    client.get("/metrics")
    text = client.get("/metrics").text
    given = set(re.findall(r"^(launch_kits_\w+)[{ ]", text, re.MULTILINE))
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    asked = {
        name
        for panel in panels
        for target in panel["targets"]
        for name in re.findall(r"launch_kits_\w+", target["expr"])
    }
    assert asked - given == set()
    beside = {"launch_kits_request_seconds_sum", "launch_kits_request_seconds_created"}
    assert given - asked - beside == set()
    places = [tuple(panel["gridPos"][each] for each in "xywh") for panel in panels]
    assert len(places) == len(set(places))
    assert all(x + width <= 24 for x, _, width, _ in places)
