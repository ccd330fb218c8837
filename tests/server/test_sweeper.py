from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import pytest

from launch_kits.board.repair import Remedy
from launch_kits.board.sweep import SweepReport
from launch_kits.errors import PrefectError
from launch_kits.server import sweeper
from launch_kits.server.sweeper import Sweeper
from launch_kits.settings import Settings


class Sweeps:
    """Reports of sweeps that are to come, and those of which a run is kept."""

    def __init__(self, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
        self.coming: list[SweepReport | Exception] = []
        self.kept: list[str] = []
        env = {"LAUNCH_KITS_HOME": str(tmp_path), "LAUNCH_KITS_SWEEP_EVERY": "1"}
        self.sweeper = Sweeper(Settings.read(env), UUID(int=1))
        monkeypatch.setattr(sweeper, "sweep", self._sweep)
        monkeypatch.setattr(sweeper, "connected", self._connected)
        monkeypatch.setattr(
            sweeper,
            "record",
            lambda _, __, report, **times: self.kept.append(str(report)),
        )

    def _sweep(
        self, *_: object, now: datetime, served_since: datetime, **__: object
    ) -> SweepReport:
        assert served_since <= now
        report = self.coming.pop(0)
        if isinstance(report, Exception):
            raise report
        return report

    @contextmanager
    def _connected(self, *_: object, **__: object) -> Iterator[None]:
        yield

    def come(self, *reports: SweepReport | Exception) -> list[str]:
        self.coming += reports
        for _ in reports:
            self.sweeper.sweep_once()
        return self.kept


@pytest.fixture
def sweeps(tmp_path, monkeypatch) -> Sweeps:
    return Sweeps(tmp_path, monkeypatch)


def test_only_a_sweep_with_work_leaves_a_run(sweeps: Sweeps) -> None:
    dead = SweepReport(undelivered="1 notice could not be sent")
    work = SweepReport(mended={"a": Remedy.DRAW})
    assert sweeps.come(SweepReport(), dead, work) == ["swept: 1 drawn"]


def test_the_same_problem_leaves_one_run_an_hour(
    sweeps: Sweeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = SweepReport(problems=["Slack refuses the token"])
    assert len(sweeps.come(away, away, SweepReport(), away)) == 1
    assert len(sweeps.come(SweepReport(problems=["x is dead"]), away)) == 3
    monkeypatch.setattr(sweeper, "SAME_FOR", 0.0)
    assert len(sweeps.come(away)) == 4


def test_a_sweep_that_fails_is_kept_as_a_problem(sweeps: Sweeps) -> None:
    kept = sweeps.come(PrefectError("Prefect is away"), ValueError("no such zone"))
    assert kept == ["swept: Prefect is away", "swept: ValueError: no such zone"]


def test_a_prefect_that_keeps_no_run_stops_no_sweep(
    sweeps: Sweeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise PrefectError("Prefect is away")

    monkeypatch.setattr(sweeper, "record", away)
    sweeps.come(SweepReport(sent=1), SweepReport(sent=1))


def test_sweeps_follow_one_another(sweeps: Sweeps) -> None:
    sweeps.coming = [SweepReport(sent=1), SweepReport(sent=2)]

    async def two() -> None:
        running = asyncio.create_task(sweeps.sweeper.run())
        while len(sweeps.kept) < 2:  # noqa: ASYNC110  another thread sweeps
            await asyncio.sleep(0.01)
        running.cancel()

    asyncio.run(asyncio.wait_for(two(), 60))
    assert sweeps.kept == ["swept: 1 notice sent", "swept: 2 notices sent"]
