from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from launch_kits.board.wake import headers, wake
from launch_kits.database import launch_lease
from launch_kits.database.records import Launch
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from tests.launches import SLUG

RUN = "00000000-0000-0000-0000-000000000001"


class Prefect:
    """An API of Prefect whose run passes through the given states."""

    def __init__(self) -> None:
        self.states: list[str] = []
        self.resumed = 0
        self.asked: list[str] = []
        self.authorised: set[str | None] = set()
        self.token: str | None = None
        self.tokens: set[str | None] = set()
        prefect = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                prefect.asked.append(self.path)
                prefect.authorised.add(self.headers["Authorization"])
                prefect.tokens.add(self.headers["Prefect-Csrf-Token"])
                state = (
                    prefect.states.pop(0)
                    if len(prefect.states) > 1
                    else prefect.states[0]
                )
                prefect.resumed += state == "PAUSED"
                prefect.current = state
                self._answer({"status": "ACCEPT" if state == "PAUSED" else "ABORT"})

            def do_GET(self) -> None:
                if self.path.startswith("/api/csrf-token?client="):
                    self._give_token()
                else:
                    self._answer({"state_type": prefect.current})

            def _give_token(self) -> None:
                if prefect.token is None:
                    self.send_error(422, "CSRF protection is disabled.")
                else:
                    self._answer({"token": prefect.token})

            def _answer(self, value: dict[str, str]) -> None:
                body = json.dumps(value).encode()
                self.send_response(
                    {"BROKEN": 500, "BUSY": 503}.get(prefect.current, 200)
                )
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.current = ""
        self._server = HTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self._server.server_port}/api"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def prefect() -> Iterator[Prefect]:
    prefect = Prefect()
    yield prefect
    prefect.close()


@pytest.fixture
def woken(falcon: Store, prefect: Prefect, tmp_path: Path) -> Callable[..., str | None]:
    """Wakes the small launch, which has a run in Prefect."""
    _give_run(falcon, RUN)

    def woken(
        *states: str, url: str | None = None, patience: float = 2, **more: str
    ) -> str | None:
        prefect.states = list(states)
        settings = Settings.read(
            {
                "LAUNCH_KITS_HOME": str(tmp_path),
                "PREFECT_API_URL": url or prefect.url,
                **more,
            }
        )
        return wake(falcon, SLUG, settings=settings, patience=patience)

    return woken


def _give_run(store: Store, run: str | None) -> None:
    with store.write() as session:
        launch = session.get(Launch, SLUG)
        assert launch is not None
        launch.flow_run_id = run
        session.add(launch)


def test_a_suspended_run_is_resumed(
    woken: Callable[..., str | None], prefect: Prefect
) -> None:
    assert woken("PAUSED") is None
    assert prefect.asked == [f"/api/flow_runs/{RUN}/resume"]


def test_a_run_at_work_is_asked_again(
    woken: Callable[..., str | None], prefect: Prefect
) -> None:
    assert woken("RUNNING", "RUNNING", "PAUSED") is None
    assert prefect.resumed == 1


def test_a_busy_prefect_is_asked_again(
    woken: Callable[..., str | None], prefect: Prefect
) -> None:
    assert woken("BUSY", "BUSY", "PAUSED") is None
    assert prefect.resumed == 1


def test_wake_gives_up_if_prefect_stays_busy(
    woken: Callable[..., str | None],
) -> None:
    reason = woken("BUSY", patience=0.5)
    assert reason is not None
    assert "503 Service Unavailable" in reason


@pytest.mark.parametrize("state", ["SCHEDULED", "PENDING"])
def test_a_scheduled_run_is_asked_once(
    woken: Callable[..., str | None], prefect: Prefect, state: str
) -> None:
    assert woken(state) is None
    assert len(prefect.asked) == 1


def test_a_running_run_is_asked_once_if_it_saw_the_change(
    woken: Callable[..., str | None], prefect: Prefect, falcon: Store
) -> None:
    launch_lease.mark_drawn(falcon, SLUG, 1000)
    assert woken("RUNNING") is None
    assert len(prefect.asked) == 1


def test_wake_gives_up_if_the_run_stays_at_work(
    woken: Callable[..., str | None],
) -> None:
    assert (
        woken("RUNNING", patience=0.5)
        == f"the run of {SLUG} is still running; the next sweep wakes it"
    )


@pytest.mark.parametrize("state", ["CRASHED", "CANCELLED", "COMPLETED"])
def test_wake_leaves_an_ended_run_to_the_sweep(
    woken: Callable[..., str | None], state: str
) -> None:
    reason = woken(state)
    assert (
        reason
        == f"the run of {SLUG} in Prefect is {state.lower()}; the next sweep repairs it"
    )


def test_wake_leaves_a_launch_without_a_run_to_the_sweep(
    woken: Callable[..., str | None], falcon: Store
) -> None:
    _give_run(falcon, None)
    assert (
        woken("PAUSED")
        == f"{SLUG} has no run in Prefect yet; the next sweep creates it"
    )


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api", None])
def test_wake_returns_the_reason_if_prefect_fails(
    woken: Callable[..., str | None], url: str | None
) -> None:
    reason = woken("BROKEN", url=url)
    assert reason is not None
    assert "cannot wake the run" in reason
    assert "the next sweep does it" in reason


def test_wake_does_nothing_without_a_prefect_api(falcon: Store, tmp_path: Path) -> None:
    assert (
        wake(falcon, SLUG, settings=Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)}))
        is None
    )


def test_headers_use_prefects_own_variables(
    woken: Callable[..., str | None],
    prefect: Prefect,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    assert headers(Settings.read({})) == {}
    monkeypatch.setenv("PREFECT_API_KEY", "pnu_1")
    assert headers(Settings.read({})) == {"Authorization": "Bearer pnu_1"}
    assert woken("PAUSED", PREFECT_API_AUTH_STRING="admin:secret") is None
    assert prefect.authorised == {"Basic YWRtaW46c2VjcmV0"}


def test_wake_sends_a_csrf_token_if_the_server_checks_it(
    woken: Callable[..., str | None], prefect: Prefect
) -> None:
    assert woken("PAUSED") is None
    prefect.token = "abc"
    assert woken("PAUSED") is None
    assert prefect.tokens == {None, "abc"}


def test_wake_and_address_do_not_import_prefect() -> None:
    code = (
        "import launch_kits.board.wake, launch_kits.board.address, sys; "
        "sys.exit('prefect' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
