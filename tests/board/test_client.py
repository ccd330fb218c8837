from __future__ import annotations

import socket
import threading

import httpx
import pytest

from launch_kits.board import client
from launch_kits.board.client import connected, in_words
from launch_kits.errors import PrefectError

URL = "http://user:secret@127.0.0.1:9/api"


def _refused(status: int) -> httpx.HTTPStatusError:
    request = httpx.Request("POST", "http://127.0.0.1:9/api/flow_runs/")
    return httpx.HTTPStatusError(
        "no", request=request, response=httpx.Response(status, request=request)
    )


def test_a_refusal_names_api_path_and_status() -> None:
    with pytest.raises(PrefectError) as error, in_words(URL):
        raise _refused(409)
    assert "refused /api/flow_runs/ (409 Conflict)" in str(error.value)
    assert "PREFECT_API_KEY" not in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_names_the_credentials_if_they_are_wrong(status: int) -> None:
    with pytest.raises(PrefectError, match="check PREFECT_API_KEY"), in_words(URL):
        raise _refused(status)


@pytest.mark.parametrize(
    ("url", "hinted"),
    [("http://127.0.0.1:9", True), ("http://127.0.0.1:9/api/accounts/1", False)],
)
def test_an_address_without_the_path_of_the_api_is_named(
    url: str, *, hinted: bool
) -> None:
    with pytest.raises(PrefectError) as error, in_words(url):
        raise _refused(404)
    assert ("; add /api to PREFECT_API_URL" in str(error.value)) is hinted


def test_a_silent_api_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PROBE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/api"
        with pytest.raises(PrefectError, match="cannot be reached"), connected(url):
            pytest.fail("it never answered")


def _say_it_is_there(server: socket.socket) -> None:
    """Answer one call, for its health, and accept no other."""
    asked, _ = server.accept()
    with asked:
        asked.recv(4096)
        asked.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue")


def test_an_api_that_hangs_after_it_said_that_it_is_there_is_given_up_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("prefect.client.base.time.sleep", lambda _: None)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_say_it_is_there, args=(server,), daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/api"
        with (
            pytest.raises(PrefectError, match="cannot be reached"),
            connected(url, within=0.5) as prefect,
        ):
            prefect.read_flow_runs()


def test_an_api_that_does_not_answer_is_named_with_its_remedy() -> None:
    with (
        pytest.raises(
            PrefectError, match=r"127.0.0.1:9/api cannot be reached .*`launch-kits up`"
        ),
        connected("http://127.0.0.1:9/api") as api,
    ):
        api.hello()
