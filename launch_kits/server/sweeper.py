"""The sweeps of `up`, made in the process of the flows.

Prefect would start a process and keep a run for each of them, and most find nothing to do.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from uuid import UUID

import httpx
from prefect.logging import get_logger

from launch_kits.board.address import api_auth, api_url
from launch_kits.board.client import connected
from launch_kits.board.sweep import SweepReport, sweep
from launch_kits.board.sweep_runs import record
from launch_kits.database.store import Store
from launch_kits.errors import LaunchKitsError
from launch_kits.settings import Settings
from launch_kits.settings.place import this_place
from launch_kits.settings.visible import one_line

__all__ = ["Sweeper"]

LOG = get_logger("launch_kits")

#: seconds for which the same problems are recorded once
SAME_FOR = 3600.0


class Sweeper:
    """Sweeps at the interval of the settings; keeps a run in Prefect of sweeps with work.

    Its process alone starts the runs, none of them before it is made.
    """

    def __init__(self, settings: Settings, deployment_id: UUID) -> None:
        self._settings = settings
        self._since = datetime.now(UTC)
        self._deployment_id = deployment_id
        self._recorded = ""
        self._recorded_at = 0.0

    async def run(self) -> None:
        """Sweep now, then at every interval, until it is cancelled."""
        while True:
            began = time.monotonic()
            await asyncio.to_thread(self.sweep_once)
            passed = time.monotonic() - began
            await asyncio.sleep(max(0.0, self._settings.sweep_every - passed))

    def sweep_once(self) -> SweepReport:
        """Sweep once; a sweep that fails is a report with a problem."""
        began = datetime.now(UTC)
        store = Store(self._settings.database_url, door="sweep", origin=this_place())
        try:
            report = sweep(
                store,
                settings=self._settings,
                now=began,
                write=LOG.info,
                served_since=self._since,
            )
        except LaunchKitsError as error:
            report = SweepReport(problems=[one_line(str(error))])
        except Exception as error:
            LOG.exception("the sweep failed")
            report = SweepReport(problems=[f"{type(error).__name__}: {error}"])
        finally:
            store.close()
        if not report.idle:
            LOG.info("%s", report)
            self._record(report, began=began)
        return report

    def _record(self, report: SweepReport, *, began: datetime) -> None:
        """Keep a run in Prefect, unless the last one has the same problems."""
        said = str(report)
        at = time.monotonic()
        lately = self._recorded_at and at - self._recorded_at < SAME_FOR
        if report.problems and said == self._recorded and lately:
            return
        try:
            with connected(
                api_url(self._settings), auth=api_auth(self._settings)
            ) as client:
                ended = datetime.now(UTC)
                record(client, self._deployment_id, report, began=began, ended=ended)
        except (LaunchKitsError, httpx.HTTPError) as error:
            LOG.warning("the sweep is not recorded in Prefect: %s", error)
            return
        self._recorded = said
        self._recorded_at = at
