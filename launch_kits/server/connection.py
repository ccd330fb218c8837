"""One connection to the HTTP port, with limits on silent and senseless clients."""

from __future__ import annotations

from asyncio import Transport

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

__all__ = ["SILENCE", "Connection"]

#: seconds after which a silent client is disconnected
SILENCE = 30


class Connection(H11Protocol):
    """Uvicorn's connection; it also ends if no request comes.

    A client may close its side before it has its answer.
    """

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin, and wait for the first bytes."""
        super().connection_made(transport)
        self._wait_for_more()

    def data_received(self, data: bytes) -> None:
        """Read the bytes of a request, and wait for the rest of it."""
        super().data_received(data)
        if not self._is_answering() and self.timeout_keep_alive_task is None:
            self._wait_for_more()

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

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _wait_for_more(self) -> None:
        if not self.transport.is_closing():
            self.timeout_keep_alive_task = self.loop.call_later(
                SILENCE, self.timeout_keep_alive_handler
            )
