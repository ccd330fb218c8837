"""Figures for Prometheus: launches, notices, sweeps, and the requests of this process."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from prometheus_client import (
    CollectorRegistry,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlmodel import Session, col, func, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from launch_kits.database.records import (
    LAST,
    LastSweep,
    Launch,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    RateLimit,
)
from launch_kits.database.store import Store
from launch_kits.plan import State
from launch_kits.views.overview import list_overviews

__all__ = ["Figures", "Measured", "metrics_route"]

#: the format of Prometheus's text
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: seconds; Slack waits three
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 10.0)
#: paths that do not belong to the launch room
PARTS = {
    "/slack/events": "slack",
    "/healthz": "health",
    "/readyz": "health",
    "/metrics": "health",
}

Family = GaugeMetricFamily | CounterMetricFamily


def metrics_route(registry: CollectorRegistry) -> Route:
    """Make `/metrics`, which shows a registry."""

    def metrics(_: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE)

    return Route("/metrics", metrics)


class Measured:
    """An application whose answers are counted, with the time to their first byte.

    Slack's clicks are the part `slack`, probes are `health`, and all other requests `room`.
    """

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        self._seconds = Histogram(
            "launch_kits_request_seconds",
            "Time from a request to the first byte of its answer.",
            ["part", "status"],
            buckets=BUCKETS,
            registry=registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        began = time.perf_counter()
        part = PARTS.get(scope.get("path", ""), "room")

        async def measured(message: Message) -> None:
            if message["type"] == "http.response.start":
                status = f"{message['status'] // 100}xx"
                took = time.perf_counter() - began
                self._seconds.labels(part, status).observe(took)
            await send(message)

        await self._app(scope, receive, measured)


class Figures(Collector):
    """The figures of a database, read whenever Prometheus asks.

    A launch is planned again only if it changed, or a day began, since the last sweep.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._clock = clock

    @classmethod
    def registry(cls, store: Store) -> CollectorRegistry:
        """Make a registry with the figures of a database and of this process."""
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        registry.register(cls(store))
        return registry

    def describe(self) -> Iterable[Family]:
        """Name nothing, so that registering reads no database."""
        return []

    def collect(self) -> Iterator[Family]:
        """Read all figures; raises DatabaseError."""
        now = self._clock()
        with self._store.read() as session:
            yield from self._states(session, now)
            yield from _notices(session, now)
            yield _rate_limits(session, now)
            yield from _sweeps(session, now)

    def _states(self, session: Session, now: datetime) -> Iterator[Family]:
        states = Counter(dict.fromkeys(map(str, State), 0))
        query = select(Launch.status, func.count()).group_by(col(Launch.status))
        states.update(dict(session.exec(query).all()))
        del states[str(LaunchStatus.RUNNING)]
        overdue = 0
        for launch in list_overviews(session, now=now):
            states[str(launch.state)] += 1
            overdue += launch.late
        yield _gauge(
            "launches", "Launches by state.", "state", dict(sorted(states.items()))
        )
        yield GaugeMetricFamily(
            "launch_kits_tasks_overdue", "Overdue tasks of running launches.", overdue
        )


def _notices(session: Session, now: datetime) -> Iterator[Family]:
    count = GaugeMetricFamily(
        "launch_kits_notices",
        "Notices by status and kind.",
        labels=["status", "kind"],
    )
    counted = dict.fromkeys(((s, k) for s in NoticeStatus for k in NoticeKind), 0)
    query = select(Notice.status, Notice.kind, func.count())
    for status, kind, rows in session.exec(query.group_by("status", "kind")).all():
        counted[NoticeStatus(status), NoticeKind(kind)] = rows
    for labels, rows in counted.items():
        count.add_metric([*map(str, labels)], rows)
    yield count
    waiting = select(func.min(Notice.send_after)).where(
        col(Notice.status).in_([NoticeStatus.PENDING, NoticeStatus.SENDING]),
        col(Notice.send_after) <= now,
    )
    oldest: datetime | None = session.exec(waiting).one()
    yield GaugeMetricFamily(
        "launch_kits_notice_oldest_due_seconds",
        "Age of the oldest notice that is due and not sent; 0 if there is none.",
        (now - oldest).total_seconds() if oldest else 0,
    )
    failed = select(func.count()).where(
        col(Notice.error).is_not(None), Notice.status != NoticeStatus.DROPPED
    )
    yield GaugeMetricFamily(
        "launch_kits_notices_with_error",
        "Notices whose last attempt failed, or that Slack refused.",
        session.exec(failed).one(),
    )


def _rate_limits(session: Session, now: datetime) -> Family:
    limited = select(func.count()).where(col(RateLimit.until) > now)
    return GaugeMetricFamily(
        "launch_kits_slack_limited_methods",
        "Methods of Slack that must not be called at the moment.",
        session.exec(limited).one(),
    )


def _sweeps(session: Session, now: datetime) -> Iterator[Family]:
    last = session.get(LastSweep, LAST)
    if last is None:
        return
    yield CounterMetricFamily(
        "launch_kits_sweeps", "Sweeps that ended.", value=last.count
    )
    for name, text, value in (
        ("age_seconds", "Time since", (now - last.ended_at).total_seconds()),
        ("seconds", "Duration of", last.seconds),
        ("problems", "Problems reported by", last.problems),
    ):
        yield GaugeMetricFamily(
            f"launch_kits_last_sweep_{name}", f"{text} the last sweep.", value
        )


def _gauge(name: str, text: str, label: str, values: dict[str, int]) -> Family:
    made = GaugeMetricFamily(f"launch_kits_{name}", text, labels=[label])
    for value, count in values.items():
        made.add_metric([value], count)
    return made
