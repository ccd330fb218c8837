"""The process in which a launch's flow runs once, on a server of one command.

Its environment names the server. The command that started it ends it.
"""

from __future__ import annotations

import os
import sys
import time
import urllib.request
from collections.abc import Sequence
from datetime import datetime

from launch_kits.board.clock import standing_at
from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.server.entrypoints import entrypoint, load_flow
from launch_kits.settings import Settings

__all__ = ["main"]


def main(words: Sequence[str]) -> int:
    """Run the flow of the launch that the first word names; returns the exit code.

    The second word, if there is one, is the instant to use in place of the machine's clock. The
    flow works on the snapshot of the brief.
    """
    slug, *rest = words
    at = datetime.fromisoformat(rest[0]) if rest else None
    settings = Settings.read()
    store = Store(settings.database_url)
    with store.read() as session:
        brief = find_launch(session, slug).brief
    store.close()

    # Imported while the server starts: both take seconds, in two processes.
    from prefect import tags
    from prefect.client.schemas.objects import State
    from prefect.events.clients import NullEventsClient
    from prefect.events.worker import EventsWorker
    from prefect.flows import Flow

    from launch_kits.board.runs import EMBEDDED

    flow: Flow[..., State[None]] = load_flow(entrypoint("launch"))
    # Nothing listens to events here, and events that are pending at the end would delay the process
    # and log errors.
    EventsWorker.set_client_override(NullEventsClient)
    _await_server(os.environ["PREFECT_API_URL"])
    with standing_at(at), tags(EMBEDDED):
        state = flow(brief, return_state=True)
    if state.is_completed():
        return 0
    sys.stderr.write(f"{state.message}\n")
    return 1


def _await_server(api_url: str) -> None:
    """Wait until the server answers, however long: the command ends this process in time."""
    while not _answers(api_url):
        time.sleep(0.05)


def _answers(api_url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api_url}/health", timeout=5):  # noqa: S310  our own server on loopback
            return True
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
