from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from prefect.client.schemas.objects import State
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed, Running, Scheduled

from launch_kits.board.sweep import IDLE, SweepReport
from launch_kits.board.sweep_runs import NAME, record, tidy, tidy_runs
from tests.launches import NOW

DEPLOYMENT = UUID(int=7)


class Prefect:
    """The runs of sweeps in Prefect."""

    def __init__(self) -> None:
        self.runs: dict[UUID, Any] = {}
        self.states: list[State] = []
        #: runs that another sweep deletes at the same moment
        self.gone: set[UUID] = set()

    def add(self, state: State, name: str = NAME) -> UUID:
        run = SimpleNamespace(id=uuid4(), state=state, name=name, tags=["auto"])
        self.runs[run.id] = run
        return run.id

    def read_flow_runs(
        self, *, flow_filter: Any, flow_run_filter: Any, limit: int
    ) -> list[Any]:
        assert flow_filter.name.any_ == ["sweep"]
        types = flow_run_filter.state.type.any_
        found = [run for run in self.runs.values() if run.state.type in types]
        return found[:limit]

    def delete_flow_run(self, run_id: UUID) -> None:
        del self.runs[run_id]
        if run_id in self.gone:
            raise ObjectNotFound(Exception())

    def update_flow_run(self, run_id: UUID, *, name: str, tags: list[str]) -> None:
        self.runs[run_id].name = name
        self.runs[run_id].tags = tags

    def create_flow_run_from_deployment(
        self, deployment: UUID, *, name: str, tags: list[str], state: State
    ) -> Any:
        assert (deployment, name, tags) == (DEPLOYMENT, "Sweep", ["sweep"])
        self.states.append(state)
        return SimpleNamespace(id=self.add(state))

    def set_flow_run_state(self, _: UUID, state: State, *, force: bool) -> None:
        assert force
        self.states.append(state)


def test_tidy_deletes_earlier_sweeps_without_work_and_keeps_its_own() -> None:
    prefect = Prefect()
    idle = [prefect.add(Completed(message=IDLE)) for _ in range(3)]
    work = prefect.add(Completed(message="swept: 2 drawn"))
    own = prefect.add(Running())
    prefect.gone = {idle[0]}
    tidy(prefect, own)
    assert set(prefect.runs) == {work, own}
    prefect.runs[own].state = Completed(message=IDLE)
    tidy(prefect, own)
    assert set(prefect.runs) == {work, own}


def test_tidy_names_scheduled_sweeps() -> None:
    prefect = Prefect()
    planned = prefect.add(Scheduled(), name="fair-serpent")
    tidy(prefect, prefect.add(Running()))
    assert prefect.runs[planned].name == NAME
    assert prefect.runs[planned].tags == ["auto", "sweep"]


@pytest.mark.parametrize(
    ("report", "state"),
    [
        (SweepReport(sent=2), "Completed"),
        (SweepReport(sent=2, problems=["x is dead"]), "Failed"),
    ],
)
def test_a_record_has_its_times_and_its_report(report: SweepReport, state: str) -> None:
    prefect = Prefect()
    ended = NOW + timedelta(seconds=3)
    record(prefect, DEPLOYMENT, report, began=NOW, ended=ended)
    running, over = prefect.states
    assert (running.type.value, running.timestamp) == ("RUNNING", NOW)
    assert (over.name, over.timestamp) == (state, ended)
    assert over.message == str(report)


def test_tidy_outside_a_flow_does_nothing() -> None:
    tidy_runs()
