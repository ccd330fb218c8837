from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from launch_kits.errors import PrefectError
from launch_kits.server import embedded
from launch_kits.server.processes import ChildProcess
from launch_kits.settings import Settings

SLEEP = "import time; time.sleep(600)"
NOON = datetime(2027, 1, 11, 12, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Run with other code in the two processes; returns the command of the flow."""

    def run_with(*, server: str, flow: str, within: int = 600) -> list[str]:
        asked: list[list[str]] = []

        def begin(name: str, command: list[str], **more: object) -> ChildProcess:
            asked.append(command)
            code = server if name == "Prefect" else flow
            return ChildProcess(name, [sys.executable, "-c", code], **more)

        monkeypatch.setattr(embedded, "ChildProcess", begin)
        env = {
            "LAUNCH_KITS_HOME": str(tmp_path),
            "LAUNCH_KITS_EMBEDDED_WITHIN": str(within),
        }
        settings = Settings.read(env)
        embedded.run_embedded("falcon", settings=settings, at=NOON)
        return asked[1]

    return run_with


def test_a_free_port_can_be_bound() -> None:
    with socket.create_server(("127.0.0.1", embedded._free_port())):
        pass


def test_the_flow_gets_the_launch_and_the_instant(run) -> None:
    assert run(server=SLEEP, flow="")[2:] == [
        "launch_kits.server.embedded_flow",
        "falcon",
        NOON.isoformat(),
    ]


def test_a_server_that_died_is_named_with_its_log(run) -> None:
    with pytest.raises(
        PrefectError,
        match=r"did not start: ValueError: address in use; see .*prefect-embedded",
    ):
        run(server="raise ValueError('address in use')", flow=SLEEP)


def test_a_server_that_never_answers_is_given_up(run) -> None:
    with pytest.raises(PrefectError, match="took longer than 2 s"):
        run(server=SLEEP, flow=SLEEP, within=2)


def test_a_flow_that_failed_is_named_with_its_reason(run) -> None:
    with pytest.raises(
        PrefectError, match=r"flow failed: no disk; see .*embedded-flow"
    ):
        run(server=SLEEP, flow="raise SystemExit('no disk')")
