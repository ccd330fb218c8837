"""A client of one Prefect API, with readable errors."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.settings import (
    PREFECT_API_AUTH_STRING,
    PREFECT_API_URL,
    temporary_settings,
)

from launch_kits.errors import PrefectError
from launch_kits.settings.masking import masked

__all__ = ["connected", "in_words"]

#: seconds within which an API must say that it is there
PROBE = 5.0
#: seconds for the answer to one call, with all its tries; Prefect's own client gives it minutes
ANSWER = 30.0


class _SilentError(httpx.HTTPError):
    """No answer in time; Prefect's client does not try again after it."""


@contextmanager
def connected(
    url: str | None = None, *, auth: str | None = None, within: float | None = None
) -> Iterator[SyncPrefectClient]:
    """Open a client for a Prefect API.

    Without ``url``, the environment names the API. ``auth`` is its ``user:password``; without it,
    and for keys and TLS, Prefect's own settings are used. ``within`` is the number of seconds for
    all calls together, if people wait for them. Raises PrefectError if a call fails, if the API is
    silent for ``PROBE`` seconds, or if it takes longer than ``ANSWER`` or ``within``.
    """
    until = None if within is None else time.monotonic() + within
    hooks = {"event_hooks": {"request": [_limit(until)]}}
    given = {PREFECT_API_URL: url, PREFECT_API_AUTH_STRING: auth}
    asked = temporary_settings(
        updates={setting: value for setting, value in given.items() if value}
    )
    place = url or PREFECT_API_URL.value()
    with (
        asked,
        in_words(place),
        get_client(httpx_settings=hooks, sync_client=True) as client,
    ):
        if place:
            _probe(str(place))
        yield client


def _limit(until: float | None) -> Callable[[httpx.Request], None]:
    """Give each call the seconds that are left, by the clock of ``time.monotonic``."""

    def limit(request: httpx.Request) -> None:
        now = time.monotonic()
        # A call that is tried again is the same request.
        end = request.extensions.setdefault("launch_kits_until", now + ANSWER)
        left = (end if until is None else min(end, until)) - now
        if left <= 0:
            raise _SilentError("it did not answer in time")
        given = request.extensions.get("timeout", {})
        request.extensions["timeout"] = {
            part: left if seconds is None else min(left, seconds)
            for part, seconds in given.items()
        }

    return limit


def _probe(url: str) -> None:
    """Raise httpx.TimeoutException if an API is silent; the first call tells other faults."""
    try:
        httpx.get(f"{url.rstrip('/')}/health", timeout=PROBE)
    except httpx.TimeoutException:
        raise
    except (httpx.HTTPError, httpx.InvalidURL):
        return


def _hint(status: int, url: str) -> str:
    """The remedy for a call that an API refused, with its semicolon; empty if none is known."""
    if status in (401, 403):
        return "; check PREFECT_API_KEY or PREFECT_API_AUTH_STRING"
    if status == 404 and "/api" not in urlsplit(url).path:  # noqa: PLR2004  Not Found
        return "; add /api to PREFECT_API_URL: the address of Prefect's API ends in it"
    return ""


@contextmanager
def in_words(url: object) -> Iterator[None]:
    """Turn HTTP errors of a Prefect API into a PrefectError that names it."""
    url = masked(str(url))
    try:
        yield
    except httpx.HTTPStatusError as error:
        status = f"{error.response.status_code} {error.response.reason_phrase}"
        hint = _hint(error.response.status_code, url)
        raise PrefectError(
            f"Prefect at {url} refused {error.request.url.path} ({status}){hint}"
        ) from error
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise PrefectError(
            f"Prefect at {url} cannot be reached ({reason}); "
            "start it with `launch-kits up`, or correct PREFECT_API_URL"
        ) from error
