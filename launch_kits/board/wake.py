"""Wake a launch's run after a verb, over plain HTTP.

Importing Prefect takes two seconds, and the process of the run can start meanwhile.
"""

from __future__ import annotations

import base64
import os
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx

from launch_kits.board.address import api_auth, api_url
from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.settings.masking import masked

if TYPE_CHECKING:
    from launch_kits.settings import Settings

__all__ = ["PATIENCE", "headers", "wake"]

#: seconds in which a run that is at work is asked again
PATIENCE = 10.0
#: seconds between two tries
PAUSE = 0.3
#: a run in one of these states has not read the database yet, and will see the change
ON_ITS_WAY = ("SCHEDULED", "PENDING")


def headers(settings: Settings) -> dict[str, str]:
    """The authorisation headers for the Prefect API.

    They hold its password, or PREFECT_API_KEY if it has none. Raises SettingsError.
    """
    if auth := api_auth(settings):
        return {"Authorization": f"Basic {base64.b64encode(auth.encode()).decode()}"}
    if key := os.environ.get("PREFECT_API_KEY"):
        return {"Authorization": f"Bearer {key}"}
    return {}


def wake(
    store: Store, slug: str, *, settings: Settings, patience: float = PATIENCE
) -> str | None:
    """Resume the launch's run, so that it sees the change of a verb.

    Returns None if the run is about to start or has seen the change, otherwise a sentence that says
    why the next sweep has to do it. Never raises, because the verb itself is done.
    """
    url = api_url(settings)
    if url is None:
        return None
    try:
        run = _run_of(store, slug)
        if run is None:
            return f"{slug} has no run in Prefect yet; the next sweep creates it"
        until = time.monotonic() + patience
        with httpx.Client(base_url=url, headers=headers(settings), timeout=5) as client:
            client.headers.update(_csrf_headers(client, until=until))
            return _resume(client, store, slug, run, until=until)
    except httpx.HTTPStatusError as error:
        reason = f"{error.response.status_code} {error.response.reason_phrase}"
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
    except LaunchKitsError as error:
        reason = str(error)
    return f"cannot wake the run in Prefect at {masked(url)} ({reason}); the next sweep does it"


def _resume(
    client: httpx.Client, store: Store, slug: str, run: str, *, until: float
) -> str | None:
    """Ask until the run starts, the board shows the change, or time is up."""
    while True:
        if _accepted(client, run, until=until) or _caught_up(store, slug):
            return None
        state = _state(client, run, until=until)
        if state in ON_ITS_WAY:
            return None
        if state not in ("RUNNING", "PAUSED"):
            state = state.lower() or "gone"
            return f"the run of {slug} in Prefect is {state}; the next sweep repairs it"
        if time.monotonic() >= until:
            return f"the run of {slug} is still running; the next sweep wakes it"
        time.sleep(PAUSE)


def _ask(
    client: httpx.Client, method: str, path: str, *, until: float
) -> httpx.Response:
    """Send a request to Prefect, again if it is too busy to answer.

    Prefect on SQLite is busy now and then. Returns its answer.
    """
    while True:
        answer = client.request(method, path, json={} if method == "POST" else None)
        if (
            answer.status_code != httpx.codes.SERVICE_UNAVAILABLE
            or time.monotonic() >= until
        ):
            return answer
        time.sleep(PAUSE)


def _csrf_headers(client: httpx.Client, *, until: float) -> dict[str, str]:
    """The headers with a CSRF token.

    Returns no headers if the server does not check CSRF tokens.
    """
    name = str(uuid4())
    answer = _ask(client, "GET", f"/csrf-token?client={name}", until=until)
    if answer.status_code != httpx.codes.OK:
        return {}
    return {
        "Prefect-Csrf-Client": name,
        "Prefect-Csrf-Token": str(answer.json()["token"]),
    }


def _accepted(client: httpx.Client, run: str, *, until: float) -> bool:
    answer = _ask(client, "POST", f"/flow_runs/{run}/resume", until=until)
    if answer.status_code == httpx.codes.NOT_FOUND:
        return False
    answer.raise_for_status()
    return bool(answer.json().get("status") == "ACCEPT")


def _state(client: httpx.Client, run: str, *, until: float) -> str:
    answer = _ask(client, "GET", f"/flow_runs/{run}", until=until)
    if answer.status_code == httpx.codes.NOT_FOUND:
        return ""
    answer.raise_for_status()
    return str(answer.json().get("state_type") or "")


def _run_of(store: Store, slug: str) -> str | None:
    with store.read() as session:
        return find_launch(session, slug).flow_run_id


def _caught_up(store: Store, slug: str) -> bool:
    with store.read() as session:
        launch = find_launch(session, slug)
        return launch.drawn >= launch.revision
