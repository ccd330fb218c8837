"""Attacks on the Prefect of `up`: web pages, the network, and other users of the machine."""

from __future__ import annotations

import http.client
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from launch_kits.server.embedded import _server
from launch_kits.server.embedded_flow import _await_server
from launch_kits.settings import Settings
from tests.served import (
    UP,
    Served,
    asking,
    await_up,
    begin_up,
    current_brief,
    environment,
    eventually,
    with_port,
    with_prefect_database,
)

EVIL = "https://evil.example"
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
}
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def status_of(url: str, **headers: str) -> int:
    """Return the status of a request with exactly these headers."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(
        str(place.hostname), place.port, timeout=300
    )
    try:
        connection.putrequest("GET", place.path, skip_host=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


def sockets_of(url: str) -> list[str]:
    return [f"{url}/events/in", f"{url}/events/out", f"{url}/logs/out"]


def test_a_foreign_page_is_refused(served: Served) -> None:
    runs = f"{served.url}/flow_runs/filter"
    for headers in ({"Origin": EVIL, **PREFLIGHT}, {"Origin": "null", **PREFLIGHT}):
        refused = httpx.options(runs, headers=headers)
        assert refused.status_code == 403
        assert not [
            name for name in refused.headers if name.startswith("access-control-allow")
        ]
    answer = served.api.post("/flow_runs/filter", json={}, headers={"Origin": EVIL})
    assert (answer.status_code, answer.text) == (403, "Foreign origin")
    assert (
        httpx.get(
            f"{served.url}/version", headers={"Origin": "http://localhost:1"}
        ).status_code
        == 403
    )


def test_prefects_own_page_is_allowed_under_every_name_of_loopback(
    served: Served,
) -> None:
    runs = f"{served.url}/flow_runs/filter"
    port = urlsplit(served.url).port
    for name in ("127.0.0.1", "localhost", "[::1]"):
        origin = f"http://{name}:{port}"
        allowed = httpx.options(runs, headers={"Origin": origin, **PREFLIGHT})
        assert (
            allowed.status_code,
            allowed.headers["access-control-allow-origin"],
        ) == (200, origin)
        assert (
            served.api.post(
                "/flow_runs/filter", json={}, headers={"Origin": origin}
            ).status_code
            == 200
        )


def test_a_change_without_a_csrf_token_is_refused(served: Served) -> None:
    refused = httpx.post(f"{served.url}/flow_runs/filter", json={})
    assert (refused.status_code, refused.json()) == (
        403,
        {"detail": "Missing CSRF token."},
    )
    forged = {"Prefect-Csrf-Client": "page", "Prefect-Csrf-Token": "forged"}
    assert (
        httpx.post(
            f"{served.url}/flow_runs/filter", json={}, headers=forged
        ).status_code
        == 403
    )


def test_a_rebound_name_is_refused(served: Served) -> None:
    port = urlsplit(served.url).port
    for url in (
        f"{served.url}/version",
        f"{served.url}/health",
        str(served.addresses["prefect_ui_url"]),
    ):
        for host in (
            "evil.example",
            f"evil.example:{port}",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "",
        ):
            assert status_of(url, Host=host) == 400, host
        for host in (
            "127.0.0.1",
            f"127.0.0.1:{port}",
            f"localhost:{port}",
            f"LOCALHOST:{port}",
            f"[::1]:{port}",
        ):
            assert status_of(url, Host=host) == 200, host


def test_a_websocket_opens_for_programs_and_prefects_own_page_alone(
    served: Served,
) -> None:
    here = str(urlsplit(served.url).netloc)
    for url in sockets_of(served.url):
        assert status_of(url, Host=here, **HANDSHAKE) == 101
        assert status_of(url, Host=here, Origin=f"http://{here}", **HANDSHAKE) == 101
        assert status_of(url, Host=here, Origin=EVIL, **HANDSHAKE) == 403
        assert (
            status_of(
                url, Host="evil.example", Origin="http://evil.example", **HANDSHAKE
            )
            == 400
        )


def test_a_writer_of_the_api_cannot_run_code(served: Served, tmp_path: Path) -> None:
    sweep = served.api.get("/deployments/name/sweep/sweep").json()
    ran = tmp_path / "ran"
    script = tmp_path / "evil.py"
    script.write_text(
        f"from prefect import flow\nopen({str(ran)!r}, 'w')\n@flow\ndef sweep(): pass\n"
    )
    command = {"prefect.deployments.steps.run_shell_script": {"script": f"touch {ran}"}}
    changes = [
        {"pull_steps": [command]},
        {"entrypoint": f"{script}:sweep", "path": str(tmp_path)},
        {
            "job_variables": {
                "command": f"touch {ran}",
                "env": {"PREFECT__FLOW_ENTRYPOINT": f"{script}:sweep"},
            }
        },
    ]
    try:
        for change in changes:
            served.api.patch(
                f"/deployments/{sweep['id']}", json=change
            ).raise_for_status()
            run = served.api.post(
                f"/deployments/{sweep['id']}/create_flow_run", json={}
            ).json()["id"]
            done = eventually(
                lambda run=run: (
                    (found := served.run_of(run))["state_type"]
                    in ("COMPLETED", "FAILED")
                    and found
                ),
                what="the sweep",
            )
            assert done["state_name"] == "Completed", done["state"]
            assert done["state"]["message"].startswith("swept: ")
            assert not ran.exists(), change
    finally:
        back = {
            "pull_steps": [],
            "job_variables": {},
            "entrypoint": sweep["entrypoint"],
            "path": sweep["path"],
        }
        served.api.patch(f"/deployments/{sweep['id']}", json=back).raise_for_status()


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An `up --auth`."""
    home = tmp_path_factory.mktemp("locked") / "home"
    process = begin_up(with_prefect_database(home), "--auth", **with_port())
    try:
        await_up(home, process)
        served = Served(home, process)
        yield served
        served.close()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_only_its_owner_can_read_the_password(locked: Served) -> None:
    file = locked.settings.auth_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = file.read_text().strip()
    user, _, secret = password.partition(":")
    assert user == "launch-kits"
    assert len(secret) >= 40
    said = (locked.home / "up.log").read_text()
    assert str(file) in "".join(said.split())
    for path in (
        locked.home / "up.log",
        *(locked.home / "logs").iterdir(),
        locked.settings.up_file,
    ):
        assert secret not in path.read_text(), path
    assert secret not in locked.command("config").stdout


def test_requests_without_the_password_are_refused(locked: Served) -> None:
    anyone = asking(locked.url)
    here = str(urlsplit(locked.url).netloc)
    for path in ("/version", "/deployments/name/launch/launch", "/csrf-token?client=x"):
        assert anyone.get(path).status_code == 401
        assert (
            anyone.get(path, headers={"Authorization": "Basic bm86bm8="}).status_code
            == 401
        )
    assert locked.api.get("/version").status_code == 200
    for url in sockets_of(locked.url):
        assert status_of(url, Host=here, **HANDSHAKE) == 403
    anyone.close()


def test_commands_on_the_same_home_use_the_password(
    locked: Served,
) -> None:
    assert "PREFECT_API_AUTH_STRING" not in locked.env
    locked.command("start", str(locked.write(current_brief("inside"))))
    locked.await_run("inside", "Suspended")
    assert locked.states("inside")["positioning"] == "AwaitingOwner"
    assert locked.command("begin", "inside", "positioning").stderr == ""
    eventually(
        lambda: locked.states("inside")["positioning"] == "InProgress",
        what="the launch's run",
    )
    assert locked.command("sweep").stderr == "swept: nothing to do\n"


@pytest.mark.parametrize(
    ("words", "more", "said"),
    [
        ([], {"PREFECT_SERVER_API_HOST": "0.0.0.0"}, "run `launch-kits up --auth`"),
        ([], {"PREFECT_SERVER_API_HOST": "::"}, "run `launch-kits up --auth`"),
        ([], {"PREFECT_SERVER_CORS_ALLOWED_ORIGINS": "*"}, "name the origins"),
        (
            ["--auth"],
            {"PREFECT_API_URL": "http://127.0.0.1:9/api"},
            "set PREFECT_API_AUTH_STRING to its password",
        ),
        (
            [],
            {
                "LAUNCH_KITS_HOST": "192.0.2.1",
                "LAUNCH_KITS_AUTH_HEADER": "X-Email",
                "LAUNCH_KITS_TRUSTED_PROXIES": "10.0.0.7",
            },
            "correct LAUNCH_KITS_HOST",
        ),
    ],
)
def test_up_refuses_an_open_server_without_a_password(
    tmp_path: Path, words: list[str], more: dict[str, str], said: str
) -> None:
    env = environment(tmp_path / "home", **with_port(**more))
    done = subprocess.run(
        [*UP, "up", *words],
        env=env,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_embedded_prefect_answers_only_its_own_command(tmp_path: Path) -> None:
    home = with_prefect_database(tmp_path / "home")
    settings = Settings.read({"LAUNCH_KITS_HOME": str(home)})
    with _server(settings) as (_, url, password):
        _await_server(url)
        assert status_of(f"{url}/health", Host="evil.example") == 400
        assert (
            httpx.options(
                f"{url}/flow_runs/filter", headers={"Origin": EVIL, **PREFLIGHT}
            ).status_code
            == 403
        )
        assert httpx.get(f"{url}/version").status_code == 401
        user, _, secret = password.partition(":")
        assert (
            httpx.post(
                f"{url}/flow_runs/filter", json={}, auth=(user, secret)
            ).status_code
            == 403
        )
        with asking(url, password) as api:
            assert api.post("/flow_runs/filter", json={}).json() == []
    assert secret not in (settings.home / "logs" / "prefect-embedded.log").read_text()
