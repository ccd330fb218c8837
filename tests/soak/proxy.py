"""A proxy in front of Prefect's API that breaks a share of the requests."""

from __future__ import annotations

import random
import socket
import threading
from contextlib import suppress
from typing import Self


class FaultyProxy:
    """Passes on bytes, and hangs up at a share of the requests, before or after passing them on.

    So a request is lost, or it is carried out and its answer is lost.
    """

    def __init__(self, target: int, *, share: float, seed: int) -> None:
        self.share = share
        self.broken = 0
        self._target = target
        self._random = random.Random(seed)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        with self._lock:
            for each in self._open:
                _hang_up(each)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                _hang_up(client)
                continue
            with self._lock:
                self._open |= {client, server}
            pairs = ((client, server, True), (server, client, False))
            self._threads = [each for each in self._threads if each.is_alive()]
            for pair in pairs:
                thread = threading.Thread(target=self._pass_on, args=pair)
                self._threads.append(thread)
                thread.start()

    def _pass_on(
        self, source: socket.socket, target: socket.socket, asks: bool
    ) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                breaks = asks and self._random.random() < self.share
                if breaks:
                    self.broken += 1
                if not breaks or self._random.random() < 0.5:
                    target.sendall(data)
                if breaks:
                    break
        for each in (source, target):
            _hang_up(each)
            with self._lock:
                self._open.discard(each)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
