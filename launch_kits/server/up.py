"""Everything on one machine: Prefect, the flows and the HTTP port."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from rich.console import Console
from starlette.routing import BaseRoute

from launch_kits.board.address import read_up
from launch_kits.errors import PrefectError
from launch_kits.server.application import ErrorPage
from launch_kits.server.health import check_database
from launch_kits.server.logs import setup
from launch_kits.server.supervisor import Supervisor
from launch_kits.settings import Settings

__all__ = ["up"]


def up(
    settings: Settings,
    *,
    auth: bool = False,
    serve_flows: bool = True,
    routes: Sequence[BaseRoute] = (),
    error_page: ErrorPage | None = None,
    console: Console | None = None,
) -> None:
    """Run everything until SIGTERM or Ctrl-C, and leave no process behind.

    Prefect's server is started unless PREFECT_API_URL names one. With ``auth`` it asks for a
    password, which is kept in the home folder. If ``serve_flows`` is false, workers of the server
    that PREFECT_API_URL names run the flows and sweep. ``routes`` are added to the HTTP port,
    which answers ``/healthz``, ``/readyz`` and ``/metrics`` too; ``error_page`` tells a browser
    why another address or a request is refused. Raises SettingsError for unusable
    settings, SettingsError or PrefectError if a port is taken, and PrefectError if another `up`
    runs on this home folder or if one of the processes dies.
    """
    console = console or Console()
    other = read_up(settings.up_file)
    if other:
        raise PrefectError(
            f"an `up` (process {other.pid}) runs on {settings.home} already; "
            "stop it, or set another LAUNCH_KITS_HOME"
        )
    settings.home.mkdir(parents=True, exist_ok=True)
    said = f"starting …, logs in {settings.home / 'logs'}"
    console.print(said, markup=False, highlight=False, soft_wrap=True)
    setup(settings)
    check_database(settings)
    with ExitStack() as stack:
        stopping = stack.enter_context(_stop_signals())
        supervisor = Supervisor(settings, stopping, auth=auth, serve_flows=serve_flows)
        stack.callback(supervisor.close)
        supervisor.open(routes, error_page=error_page)
        if supervisor.wait_until_ready(console):
            supervisor.serve(console)


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and Ctrl-C set in place of their usual effect."""
    stopping = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stopping.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
