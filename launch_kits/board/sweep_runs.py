"""The runs of sweeps in Prefect, few enough that the launches stay in sight."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.context import FlowRunContext
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed, Failed, Running

from launch_kits.board.sweep import IDLE, SweepReport

__all__ = ["NAME", "TAG", "record", "tidy", "tidy_runs"]

LOG = logging.getLogger(__name__)

#: the name of every sweep, and its tag
NAME = "Sweep"
TAG = "sweep"
#: flow runs in one answer of Prefect
PAGE = 200
FLOW = FlowFilter(name=FlowFilterName(any_=["sweep"]))


def record(
    client: SyncPrefectClient,
    deployment_id: UUID,
    report: SweepReport,
    *,
    began: datetime,
    ended: datetime,
) -> None:
    """Record a sweep that was made outside Prefect as a run of its deployment.

    A run that Prefect starts would cost ten times as many rows. Raises httpx.HTTPError.
    """
    run = client.create_flow_run_from_deployment(
        deployment_id, name=NAME, tags=[TAG], state=Running(timestamp=began)
    )
    state = Failed if report.problems else Completed
    client.set_flow_run_state(
        run.id, state(message=str(report), timestamp=ended), force=True
    )


def tidy_runs() -> None:
    """Tidy from within the flow of a sweep; a failure is left to the next sweep."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    try:
        with get_client(sync_client=True) as client:
            tidy(client, context.flow_run.id)
    except httpx.HTTPError as error:
        LOG.warning("cannot tidy the runs of sweeps: %s", error)


def tidy(client: SyncPrefectClient, own: UUID) -> None:
    """Delete earlier sweeps that found nothing to do, and name those that are scheduled.

    ``own`` is the run of the sweep at work, which is kept, so that the last sweep can be seen.
    Raises httpx.HTTPError.
    """
    for run in _runs(client, StateType.COMPLETED):
        if run.id != own and run.state and run.state.message == IDLE:
            try:
                client.delete_flow_run(run.id)
            except ObjectNotFound:  # another sweep was faster
                continue
    for run in _runs(client, StateType.SCHEDULED):
        if run.name != NAME:
            client.update_flow_run(run.id, name=NAME, tags=sorted({*run.tags, TAG}))


def _runs(client: SyncPrefectClient, type_: StateType) -> list[FlowRun]:
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=[type_]))
    return client.read_flow_runs(
        flow_filter=FLOW, flow_run_filter=FlowRunFilter(state=state), limit=PAGE
    )
