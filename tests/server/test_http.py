from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

from launch_kits.server.http import MAX_BYTES, Port, Request, Response, as_json


def _echo(request: Request) -> Response:
    if request.query == "fail":
        raise ValueError("secret")
    return as_json(
        {
            "method": request.method,
            "query": request.query,
            "body": request.body.decode(),
        }
    )


@pytest.fixture
def port() -> Iterator[Port]:
    port = Port("127.0.0.1", 0, {"/echo": _echo})
    port.open()
    yield port
    port.close()


@pytest.fixture
def client(port: Port) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port.number}") as client:
        yield client


def test_a_handler_answers_its_path(client: httpx.Client) -> None:
    assert client.post("/echo?a=b", content="hello").json() == {
        "method": "POST",
        "query": "a=b",
        "body": "hello",
    }
    assert client.head("/echo").content == b""


def test_any_other_path_is_not_found(client: httpx.Client) -> None:
    assert client.get("/").status_code == 404
    assert client.get("/echo/").status_code == 404


@pytest.mark.parametrize(
    ("request_line", "size", "status"),
    [
        (b"GET http://[ HTTP/1.1", b"0", b"400"),
        (b"POST /echo HTTP/1.1", b"\xb2", b"400"),
        (b"POST /echo HTTP/1.1", b"-1", b"400"),
        (b"POST /echo HTTP/1.1", b"", b"400"),
        (b"POST /echo HTTP/1.1", b"9" * 5000, b"413"),
    ],
)
def test_a_request_that_makes_no_sense_is_answered_and_cut_off(
    port: Port, request_line: bytes, size: bytes, status: bytes
) -> None:
    head = request_line + b"\r\nContent-Length: " + size + b"\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port.number)) as connection:
        connection.sendall(head)
        answered = b""
        while part := connection.recv(65536):
            answered += part
    assert answered.split()[1] == status


def test_a_large_request_is_refused_unread(port: Port, client: httpx.Client) -> None:
    with socket.create_connection(("127.0.0.1", port.number)) as connection:
        connection.sendall(
            f"POST /echo HTTP/1.1\r\nContent-Length: {MAX_BYTES + 1}\r\n\r\n".encode()
        )
        assert b" 413 " in connection.recv(100)
    assert client.post("/echo", content=b"x" * 1000).status_code == 200


def test_an_answer_hides_the_error_of_a_handler(client: httpx.Client) -> None:
    failed = client.get("/echo?fail")
    assert failed.status_code == 500
    assert "secret" not in failed.text
    assert client.get("/echo").status_code == 200


@pytest.mark.parametrize(
    ("trouble", "told"),
    [(BrokenPipeError, ""), (ZeroDivisionError, "ZeroDivisionError")],
)
def test_a_lost_client_is_not_logged_but_other_errors_are(
    port: Port, capsys, monkeypatch, trouble, told
):
    def write(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(BaseHTTPRequestHandler, "send_response", write)
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"http://127.0.0.1:{port.number}/echo")
    while any("process_request" in thread.name for thread in threading.enumerate()):
        time.sleep(0.01)
    said = capsys.readouterr().err
    assert bool(said) == bool(told)
    assert told in said


def test_a_probe_that_hangs_up_is_not_logged(capsys):
    asked, gone = threading.Event(), threading.Event()

    def slow(_: Request) -> Response:
        asked.set()
        gone.wait(120)
        return Response(body=b"x" * MAX_BYTES)

    port = Port("127.0.0.1", 0, {"/slow": slow})
    port.open()
    with socket.create_connection(("127.0.0.1", port.number)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        probe.sendall(b"GET /slow HTTP/1.1\r\n\r\n")
        assert asked.wait(120)
    gone.set()
    while any("process_request" in thread.name for thread in threading.enumerate()):
        time.sleep(0.01)
    port.close()
    assert capsys.readouterr().err == ""


def test_a_closed_port_is_free_again(port: Port) -> None:
    number = port.number
    with pytest.raises(OSError, match="in use"):
        Port("127.0.0.1", number, {})
    port.close()
    with socket.create_server(("127.0.0.1", number)):
        pass
