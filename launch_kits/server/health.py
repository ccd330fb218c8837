"""Health for probes and Prometheus: whether `up` lives, can work, and how it goes."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from launch_kits.database.store import Store
from launch_kits.errors import DatabaseBehind, LaunchKitsError
from launch_kits.server.application import ErrorPage, application, as_json
from launch_kits.server.metrics import Figures, Measured, metrics_route
from launch_kits.settings import Settings
from launch_kits.worker.sweeps import last_sweep

__all__ = ["Check", "Health", "answers", "check_database"]

#: a sweep is missing if none ended within this many intervals
MISSED = 3
#: more time for a sweep that takes long
MARGIN = timedelta(minutes=1)

#: returns the reason why a part cannot work, or None if it can
Check = Callable[[], str | None]


class Health:
    """The health of one `up`, as its probes and figures show it.

    ``checks`` are the checks of its processes, by name. Reasons name no address, because probes
    ask for no login.
    """

    def __init__(
        self,
        settings: Settings,
        checks: Mapping[str, Check],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._store = Store(settings.database_url)
        self._registry = Figures.registry(self._store)
        self._clock = clock
        self._since = clock()
        self._checks = {**checks, "database": self._database, "sweep": self._sweep}

    @property
    def routes(self) -> list[Route]:
        """`/healthz`, `/readyz` and `/metrics`."""
        return [
            Route("/healthz", _healthz),
            Route("/readyz", self._readyz),
            metrics_route(self._registry),
        ]

    def application(
        self, routes: Iterable[BaseRoute], *, error_page: ErrorPage | None = None
    ) -> ASGIApp:
        """Make the application of all routes; its requests are counted."""
        made = application(routes, error_page=error_page)
        return Measured(made, self._registry)

    def close(self) -> None:
        """Give back the connections to the database."""
        self._store.close()

    def _readyz(self, _: Request) -> Response:
        reasons = {name: check() for name, check in self._checks.items()}
        ready = not any(reasons.values())
        at = self._last_sweep()
        found = {
            "ready": ready,
            **{name: reason is None for name, reason in reasons.items()},
            "reasons": [reason for reason in reasons.values() if reason],
            "last_sweep_at": at.isoformat() if at else None,
        }
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return as_json(found, status=status)

    def _database(self) -> str | None:
        try:
            check_database(self._settings)
        except DatabaseBehind:
            return "the database needs a migration; run `launch-kits db upgrade`"
        except LaunchKitsError:
            return "the database cannot be reached; `launch-kits status` says why"
        return None

    def _sweep(self) -> str | None:
        """Tell whether sweeps go on; the time before `up` was started does not count."""
        longest = MISSED * timedelta(seconds=self._settings.sweep_every) + MARGIN
        at = self._last_sweep()
        if self._clock() - max(at or self._since, self._since) <= longest:
            return None
        when = f"since {at.isoformat(timespec='seconds')}" if at else "yet"
        return (
            f"no sweep has ended {when}; look at the deployment sweep in the Prefect UI, "
            "or run `launch-kits sweep`"
        )

    def _last_sweep(self) -> datetime | None:
        try:
            found = last_sweep(self._store)
        except LaunchKitsError:
            return None
        return found.ended_at if found else None


def _healthz(_: Request) -> Response:
    return as_json({"status": "ok"})


def answers(url: str) -> bool:
    """Whether a server answers at an address, also if it asks for a password."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  Prefect's own address
            return bool(answer.status == HTTPStatus.OK)
    except urllib.error.HTTPError as error:
        return error.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    except (OSError, ValueError):
        return False


def check_database(settings: Settings) -> None:
    """Raise DatabaseError if the database cannot be reached or needs a migration.

    A missing SQLite database is created.
    """
    store = Store(settings.database_url)
    try:
        with store.read():
            return
    finally:
        store.close()
