from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta

import pytest
from starlette.testclient import TestClient

from launch_kits.database.store import Store
from launch_kits.server.health import Health, answers
from launch_kits.server.http import Port
from launch_kits.settings import Settings
from launch_kits.worker.sweeps import note_sweep
from tests.launches import NOW


@pytest.fixture
def probed(settings: Settings) -> Iterator[Callable[..., TestClient]]:
    settings.home.mkdir()
    made: list[Health] = []

    def probed(**checks: str | None) -> TestClient:
        clock = [NOW]
        health = Health(
            settings,
            {name: lambda reason=reason: reason for name, reason in checks.items()},
            clock=lambda: clock[0],
        )
        made.append(health)
        client = TestClient(health.application(health.routes))
        client.clock = clock
        return client

    yield probed
    for health in made:
        health.close()


def test_up_is_alive_before_it_is_ready(probed) -> None:
    client = probed(flows="the flows are not served yet", prefect=None)
    assert client.get("/healthz").json() == {"status": "ok"}
    refused = client.get("/readyz")
    assert refused.status_code == 503
    assert refused.json() == {
        "ready": False,
        "flows": False,
        "prefect": True,
        "database": True,
        "sweep": True,
        "reasons": ["the flows are not served yet"],
        "last_sweep_at": None,
    }
    assert probed(flows=None).get("/readyz").status_code == 200


def test_up_is_not_ready_if_sweeps_do_not_come(probed, settings: Settings) -> None:
    client = probed()
    client.clock[0] = NOW + timedelta(minutes=17)
    assert "no sweep has ended yet" in client.get("/readyz").json()["reasons"][0]
    store = Store(settings.database_url)
    note_sweep(store, ended_at=client.clock[0], seconds=1.5, problems=0)
    store.close()
    ready = client.get("/readyz").json()
    assert (ready["ready"], ready["last_sweep_at"]) == (
        True,
        client.clock[0].astimezone(UTC).isoformat(),
    )
    client.clock[0] += timedelta(minutes=17)
    assert "no sweep has ended since" in client.get("/readyz").json()["reasons"][0]


def test_a_broken_database_is_told_without_its_address(
    probed, settings: Settings
) -> None:
    client = probed()
    (settings.home / "launch-kits.db").write_text("not a database, by far " * 100)
    refused = client.get("/readyz").json()
    assert (refused["ready"], refused["database"]) == (False, False)
    assert str(settings.home) not in str(refused)


def test_a_server_that_asks_for_a_password_answers() -> None:
    from starlette.responses import Response
    from starlette.routing import Route

    from launch_kits.server.application import application

    routes = [
        Route(f"/{status}", lambda _, status=status: Response(status_code=status))
        for status in (200, 401, 500)
    ]
    port = Port("127.0.0.1", 0, application(routes))
    port.open()
    here = f"http://127.0.0.1:{port.number}"
    found = [answers(f"{here}/{status}") for status in (200, 401, 500)]
    port.close()
    assert found == [True, True, False]
    assert not answers(f"{here}/200")
