from __future__ import annotations

import logging
import socket
import struct
import threading
from collections.abc import Iterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launch_kits.server.application import MAX_BYTES, application, as_json
from launch_kits.server.http import Port


async def _echo(request: Request) -> Response:
    if request.url.query == "fail":
        raise ValueError("secret")
    return as_json(
        {
            "method": request.method,
            "query": request.url.query,
            "body": (await request.body()).decode(),
        }
    )


@pytest.fixture
def port() -> Iterator[Port]:
    app = application([Route("/echo", _echo, methods=["GET", "POST"])])
    port = Port("127.0.0.1", 0, app)
    port.open()
    yield port
    port.close()


@pytest.fixture
def client(port: Port) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port.number}") as client:
        yield client


def exchanged(port: Port, *parts: bytes, end: bool = False) -> bytes:
    """Send bytes on a connection; the answer to its end."""
    with socket.create_connection(("127.0.0.1", port.number)) as connection:
        connection.sendall(b"\r\n".join(parts) + b"\r\n\r\n")
        if end:
            connection.shutdown(socket.SHUT_WR)
        answered = b""
        while part := connection.recv(65536):
            answered += part
    return answered


def test_a_route_answers_its_path(client: httpx.Client) -> None:
    assert client.post("/echo?a=b", content="hello").json() == {
        "method": "POST",
        "query": "a=b",
        "body": "hello",
    }
    assert client.head("/echo").content == b""


@pytest.mark.parametrize(
    ("request_line", "size", "status"),
    [
        (b"GET http://[ HTTP/1.1", b"0", b"404"),
        (b"POST /echo HTTP/1.1", b"\xb2", b"400"),
        (b"POST /echo HTTP/1.1", b"-1", b"400"),
        (b"POST /echo HTTP/1.1", b"", b"400"),
        (b"POST /echo HTTP/1.1", b"9" * 5000, b"400"),
        (b"POST /echo HTTP/1.1", b"9" * 19, b"413"),
        (b"POST /echo HTTP/1.1", str(MAX_BYTES + 1).encode(), b"413"),
    ],
)
def test_a_request_that_makes_no_sense_is_answered_and_cut_off(
    port: Port, request_line: bytes, size: bytes, status: bytes
) -> None:
    close = b"Connection: close"
    answered = exchanged(
        port, request_line, b"Host: x", close, b"Content-Length: " + size
    )
    assert answered.split()[1] == status


def test_faulty_bytes_in_the_middle_of_a_request_only_end_it(
    port: Port, client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    chunked = b"Transfer-Encoding: chunked"
    exchanged(port, b"POST /echo HTTP/1.1", b"Host: x", chunked, b"", b"zz", end=True)
    assert client.get("/echo").status_code == 200
    assert caplog.text == ""


def test_a_client_that_has_said_all_gets_its_answer(port: Port) -> None:
    asked = exchanged(port, b"GET /echo?x HTTP/1.1", b"Host: x", end=True)
    assert b'"query": "x"' in asked


def test_an_error_is_logged_and_hidden_from_the_client(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    failed = client.get("/echo?fail")
    assert failed.status_code == 500
    assert "secret" not in failed.text
    assert "GET /echo could not be answered" in caplog.text
    assert client.get("/echo").status_code == 200


def test_a_probe_that_hangs_up_is_not_logged(
    caplog: pytest.LogCaptureFixture, capsys
) -> None:
    asked = threading.Event()
    gone = threading.Event()
    answered = threading.Event()

    def slow(_: Request) -> Response:
        asked.set()
        gone.wait(600)
        answered.set()
        return Response(b"x" * MAX_BYTES)

    port = Port("127.0.0.1", 0, application([Route("/slow", slow)]))
    port.open()
    with (
        caplog.at_level(logging.DEBUG, "launch_kits"),
        socket.create_connection(("127.0.0.1", port.number)) as probe,
    ):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        probe.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        assert asked.wait(600)
    gone.set()
    assert answered.wait(600)
    port.close()
    assert capsys.readouterr().err == ""
    assert caplog.text == ""


def test_a_closed_port_is_free_again(port: Port) -> None:
    number = port.number
    with pytest.raises(OSError, match="in use"):
        Port("127.0.0.1", number, application([]))
    port.close()
    with socket.create_server(("127.0.0.1", number)):
        pass


def test_a_port_that_never_answered_is_closed() -> None:
    port = Port("127.0.0.1", 0, application([]))
    port.close()
    with socket.create_server(("127.0.0.1", 0)):
        pass
