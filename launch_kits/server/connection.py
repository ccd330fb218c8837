"""One connection to the HTTP port, with limits on silent and senseless clients."""

from __future__ import annotations

from asyncio import TimerHandle, Transport

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

__all__ = ["HEAD", "SILENCE", "Connection"]

#: seconds after which a silent client is disconnected
SILENCE = 30
#: seconds in which the head of a request must be there, from its first byte on
HEAD = 20


class Connection(H11Protocol):
    """Uvicorn's connection; it also ends if no request comes.

    A client may close its side before it has its answer.
    """

    #: ends the connection if the head that has begun takes too long
    _head_timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin, and wait for the first bytes."""
        super().connection_made(transport)
        self._wait_for_more()

    def data_received(self, data: bytes) -> None:
        """Read the bytes of a request, and wait for the rest of it."""
        super().data_received(data)
        if self._is_answering():
            self._end_head_timer()
            return
        if self.timeout_keep_alive_task is None:
            self._wait_for_more()
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD, self._end_slow_head)

    def connection_lost(self, exc: Exception | None) -> None:
        """End the connection and its timer."""
        self._end_head_timer()
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Keep the connection open if its request is not answered yet."""
        if not self._is_answering() or self.cycle.response_started:
            return False
        self.cycle.keep_alive = False
        return True

    def send_400_response(self, msg: str) -> None:
        """Refuse bytes that make no sense, even in the middle of an answer."""
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:
            self.transport.close()

    def _end_slow_head(self) -> None:
        """End a connection whose client sends its head byte by byte."""
        self._head_timer = None
        if not self._is_answering():
            self.transport.close()

    def _end_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _wait_for_more(self) -> None:
        if not self.transport.is_closing():
            self.timeout_keep_alive_task = self.loop.call_later(
                SILENCE, self.timeout_keep_alive_handler
            )
