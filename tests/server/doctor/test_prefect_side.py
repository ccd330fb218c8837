from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import prefect
import pytest
from prefect.client.schemas.objects import WorkPoolStatus
from prefect.exceptions import ObjectNotFound

from launch_kits.errors import PrefectError
from launch_kits.server.doctor import prefect_side
from launch_kits.server.doctor.defect import Installation
from tests.launches import NOW, SLUG


class Prefect:
    """A server with both deployments, served a moment ago."""

    def __init__(self) -> None:
        self.version = prefect.__version__
        self.deployments: dict[str, Any] = {
            name: SimpleNamespace(paused=False, work_pool_name=None, last_polled=NOW)
            for name in prefect_side.NAMES
        }
        self.pool = WorkPoolStatus.READY
        self.refused: PrefectError | None = None

    def api_version(self) -> str:
        return self.version

    def read_deployment_by_name(self, name: str) -> Any:
        if name not in self.deployments:
            raise ObjectNotFound(Exception())
        return self.deployments[name]

    def read_work_pool(self, _: str) -> Any:
        return SimpleNamespace(status=self.pool)

    def read_flow_runs(self, **_: object) -> list[Any]:
        return []


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Prefect:
    found = Prefect()

    @contextmanager
    def connected(*_: object, **__: object) -> Iterator[Prefect]:
        if found.refused:
            raise found.refused
        yield found

    monkeypatch.setattr(prefect_side, "connected", connected)
    return found


def test_a_server_that_serves_has_no_problem(
    installation: Installation, server: Prefect
) -> None:
    for check in (prefect_side.server, prefect_side.deployments, prefect_side.workers):
        assert [*check(installation)] == []


def test_a_silent_or_older_server_is_named(
    installation: Installation, server: Prefect
) -> None:
    server.version = "3.1.0"
    (older,) = prefect_side.server(installation)
    assert older.text.startswith("Prefect's server has version 3.1.0, its library")
    server.refused = PrefectError("Prefect at x cannot be reached; start it")
    (silent,) = prefect_side.server(installation)
    assert (silent.text, silent.remedy) == (
        "Prefect at x cannot be reached",
        "start it",
    )


def test_missing_and_paused_deployments_are_named(
    installation: Installation, server: Prefect
) -> None:
    del server.deployments["sweep/sweep"]
    server.deployments["launch/launch"].paused = True
    found = [each.text for each in prefect_side.deployments(installation)]
    assert found == [
        "the deployment launch/launch is paused in Prefect",
        "Prefect has no deployment sweep/sweep",
    ]


def test_missing_workers_are_named(installation: Installation, server: Prefect) -> None:
    served = server.deployments["launch/launch"]
    served.last_polled = NOW - timedelta(minutes=5)
    (found,) = prefect_side.workers(installation)
    assert found.remedy == "run `launch-kits up`"
    served.work_pool_name = "process"
    assert [*prefect_side.workers(installation)] == []
    server.pool = WorkPoolStatus.NOT_READY
    (found,) = prefect_side.workers(installation)
    assert "prefect worker start --pool process" in found.remedy


def test_a_launch_without_a_run_is_named(
    installation: Installation, server: Prefect
) -> None:
    (found,) = prefect_side.launch_runs(installation)
    assert found.text == f"{SLUG} has no run in Prefect"
    assert found.fix


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("it is gone; start it", ("it is gone", "start it")),
        ("it fails", ("it fails", "check PREFECT_API_URL and the logs of that server")),
    ],
)
def test_a_fault_of_prefect_has_one_sentence_and_a_remedy(
    installation: Installation, server: Prefect, said: str, expected: tuple[str, str]
) -> None:
    server.refused = PrefectError(said)
    (found,) = prefect_side.server(installation)
    assert (found.text, found.remedy) == expected
