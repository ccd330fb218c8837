"""A launch without a server.

Its flow runs once in this process, on a Prefect server that ends with it.
"""

from __future__ import annotations

import os
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from launch_kits.board.clock import standing_at
from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.errors import PrefectError
from launch_kits.server.entrypoints import entrypoint
from launch_kits.server.environment import for_embedded, for_embedded_server
from launch_kits.server.processes import ChildProcess
from launch_kits.settings import Settings
from launch_kits.worker import step

__all__ = ["run_embedded"]

#: seconds in which the server must answer; in a new home folder it makes its database first
START_WITHIN = 90.0
STOP_WITHIN = 3.0


def run_embedded(
    store: Store, slug: str, *, settings: Settings, at: datetime | None = None
) -> list[str]:
    """Run the launch's flow in this process until it would wait for people.

    The flow works on the snapshot of the brief. ``at`` is an aware instant to use in place of the
    machine's clock. Only notices are written to the console. Returns a sentence for each document
    that could not be written. Raises PrefectError if Prefect does not start or the flow fails; the
    launch stays open, and starting it again finishes the rest.
    """
    with store.read() as session:
        brief = find_launch(session, slug).brief
    with (
        _prefect(settings) as (server, api_url, auth),
        _environment(for_embedded(settings, api_url=api_url, auth=auth)),
        standing_at(at),
    ):
        _run_flow(slug, brief, server, api_url, auth)
    return [
        f"cannot write the document of {key}; `launch-kits render {slug} {key}` shows the reason"
        for key in step.documents_owed(store, slug)
    ]


@contextmanager
def _prefect(settings: Settings) -> Iterator[tuple[ChildProcess, str, str]]:
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


def _run_flow(
    slug: str,
    brief: Mapping[str, object],
    server: ChildProcess,
    api_url: str,
    auth: str,
) -> None:
    # Imported while the server starts: both take seconds, in two processes.
    from prefect import tags
    from prefect.client.schemas.objects import State
    from prefect.events.clients import NullEventsClient
    from prefect.events.worker import EventsWorker
    from prefect.flows import Flow, load_flow_from_entrypoint
    from prefect.settings import (
        PREFECT_API_AUTH_STRING,
        PREFECT_API_URL,
        temporary_settings,
    )

    from launch_kits.board.runs import EMBEDDED

    flow: Flow[..., State[None]] = load_flow_from_entrypoint(entrypoint("launch"))
    # Nothing listens to events here, and events that are pending at the end would delay the process
    # and log errors.
    EventsWorker.set_client_override(NullEventsClient)
    try:
        _await(server, api_url)
        access = {PREFECT_API_URL: api_url, PREFECT_API_AUTH_STRING: auth}
        with temporary_settings(updates=access), tags(EMBEDDED):
            state = flow(brief, return_state=True)
    finally:
        EventsWorker.set_client_override(None)
    if not state.is_completed():
        raise PrefectError(
            f'launch "{slug}" is open, but its first step failed: {state.message}; start it again'
        )


def _await(server: ChildProcess, api_url: str) -> None:
    until = time.monotonic() + START_WITHIN
    while not _answers(api_url):
        if not server.alive:
            raise PrefectError(
                f"Prefect did not start: {server.last_words}; see {server.log}"
            )
        if time.monotonic() > until:
            raise PrefectError(
                f"Prefect did not start within {START_WITHIN:.0f} s; see {server.log}"
            )
        time.sleep(0.05)


def _answers(api_url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api_url}/health", timeout=5):  # noqa: S310  our own server on loopback
            return True
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for a while; Prefect reads them on import."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
