"""A launch without a server.

Its flow runs once in a process of its own, on a Prefect server that ends with it.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from launch_kits.errors import PrefectError
from launch_kits.server.environment import for_embedded, for_embedded_server
from launch_kits.server.processes import ChildProcess
from launch_kits.settings import Settings

__all__ = ["run_embedded"]

#: seconds for each of the two processes to end
STOP_WITHIN = 1.0
#: seconds between two looks
PAUSE = 0.05


def run_embedded(slug: str, *, settings: Settings, at: datetime | None = None) -> None:
    """Run the flow of an open launch once, so that Prefect has a record of it.

    Its step must be done before, because nothing depends on this run: it is given up after
    ``settings.embedded_within`` seconds, and the next sweep that has a server creates another.
    ``at`` is an aware instant to use in place of the machine's clock. Raises PrefectError if
    Prefect does not start in time or the flow fails.
    """
    within = settings.embedded_within
    until = time.monotonic() + max(0.0, within - 2 * STOP_WITHIN)
    with _server(settings) as (server, api_url, auth):
        env = {**os.environ, **for_embedded(settings, api_url=api_url, auth=auth)}
        command = [sys.executable, "-m", "launch_kits.server.embedded_flow", slug]
        flow = ChildProcess(
            "the launch's flow",
            [*command, at.isoformat()] if at else command,
            env=env,
            log=settings.home / "logs" / "embedded-flow.log",
        )
        try:
            if not _ended(flow, server, until=until):
                raise PrefectError(
                    f"Prefect took longer than {within} s; see {server.log.parent}"
                )
        finally:
            flow.stop(within=STOP_WITHIN)


@contextmanager
def _server(settings: Settings) -> Iterator[tuple[ChildProcess, str, str]]:
    """Start a Prefect server that has only its API.

    Yields the process, the address of its API, which may not answer yet, and a password that only
    this run has. Its data is kept in the same place as that of `up`.
    """
    port = _free_port()
    command = [sys.executable, "-m", "launch_kits.board.prefect_server"]
    log = settings.home / "logs" / "prefect-embedded.log"
    env, auth = for_embedded_server(settings, port=port)
    server = ChildProcess("Prefect", command, env=env, log=log)
    try:
        yield server, f"http://127.0.0.1:{port}/api", auth
    finally:
        server.stop(within=STOP_WITHIN)


def _ended(flow: ChildProcess, server: ChildProcess, *, until: float) -> bool:
    """Wait until the flow has ended, which waits for the server.

    Returns False if time is up. Raises PrefectError if one of the two failed.
    """
    while flow.alive:
        if not server.alive:
            raise PrefectError(
                f"Prefect did not start: {server.last_words}; see {server.log}"
            )
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE)
    if flow.exit_code:
        raise PrefectError(f"{flow.name} failed: {flow.last_words}; see {flow.log}")
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
