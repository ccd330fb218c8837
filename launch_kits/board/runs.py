"""The run of a launch in Prefect: created once, found again, resumed, rescheduled."""

from __future__ import annotations

import time
from collections.abc import Iterable
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import ObjectNotFound
from prefect.states import AwaitingRetry
from prefect.utilities.urls import url_for
from sqlalchemy import update
from sqlmodel import col

from launch_kits.board.address import api_auth, api_url
from launch_kits.board.client import connected
from launch_kits.board.drawing import tags
from launch_kits.board.parameters import parameters
from launch_kits.database.queries import find_launch
from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.errors import PrefectError
from launch_kits.settings import Settings
from launch_kits.settings.masking import masked

__all__ = [
    "DEPLOYMENT",
    "EMBEDDED",
    "adopt",
    "create",
    "over",
    "read",
    "reschedule",
    "resume",
    "start_run",
]

#: flow and deployment, as `up` and prefect.yaml name them
DEPLOYMENT = "launch/launch"
#: tag of a run without a deployment: it ended after its first step, and makes way for the launch's
#: own
EMBEDDED = "embedded"

#: seconds for which `start` waits until something picks the run up: with its own beginning it says
#: so within twenty
PATIENCE = 15.0
#: seconds between two looks
PAUSE = 0.7
#: flow runs that Prefect gives in one answer
PAGE = 200


def start_run(
    store: Store, slug: str, *, settings: Settings, patience: float = PATIENCE
) -> str:
    """Give a launch that is open its run, and wait until something works on it; gives the run's
    page in the UI.

    A launch that has a run keeps it. Raises PrefectError where Prefect is away, has no deployment
    of the launch flow, takes no parameters of this size, or where nothing picks the run up within
    ``patience`` seconds.
    """
    with connected(api_url(settings), auth=api_auth(settings)) as client:
        run = create(client, store, slug)
        page = masked(url_for("flow-run", run.id) or str(run.id))
        until = time.monotonic() + patience
        while run.state_type is StateType.SCHEDULED:
            if time.monotonic() >= until:
                raise PrefectError(
                    f'launch "{slug}" is open and its run waits in Prefect ({page}), but nothing has picked it '
                    f"up for {patience:.0f} s; run `launch-kits up`, or a worker of the deployment's work pool: "
                    "`prefect worker start --pool NAME`"
                )
            time.sleep(PAUSE)
            run = client.read_flow_run(run.id)
    return page


def create(client: SyncPrefectClient, store: Store, slug: str) -> FlowRun:
    """The launch's run, created where it has none.

    Raises PrefectError, NotFound, httpx.HTTPError.
    """
    with store.read() as session:
        launch = find_launch(session, slug)
    if launch.flow_run_id:
        found = read(client, [launch.flow_run_id])
        if found:
            return found[0]
    given = parameters(slug, launch.brief)
    try:
        deployment = client.read_deployment_by_name(DEPLOYMENT)
    except ObjectNotFound:
        raise PrefectError(
            f"Prefect at {masked(str(client.api_url))} has no deployment {DEPLOYMENT}; run `launch-kits up`, "
            "or `prefect deploy --all` in the repository"
        ) from None
    key, number = slug, 1
    while True:
        run = client.create_flow_run_from_deployment(
            deployment.id,
            parameters=given,
            name=launch.product,
            tags=tags(slug, tier=launch.tier),
            idempotency_key=key,
        )
        # A run of this key that has ended belongs to an earlier life of the server or of the
        # database.
        if (
            run.state_type is None
            or not over(run)
            or launch.status != LaunchStatus.RUNNING
        ):
            break
        number += 1
        key = f"{slug}/{number}"
    adopt(store, slug, str(run.id), instead_of=launch.flow_run_id)
    _make_way(client, slug, for_run=run.id)
    return run


def adopt(store: Store, slug: str, run_id: str, *, instead_of: str | None) -> bool:
    """Make a run the launch's own where it still has the one named (None.

    None); True where it is its own now.
    """
    with store.write() as session:
        launch = find_launch(session, slug, lock=True)
        if launch.flow_run_id == run_id:
            return True
        if launch.flow_run_id != instead_of:
            return False
        values = {"flow_run_id": run_id, "drawn": -1}
        session.exec(update(Launch).where(col(Launch.slug) == slug).values(**values))
        return True


def read(client: SyncPrefectClient, run_ids: Iterable[str]) -> list[FlowRun]:
    """The runs of some ids that Prefect still has, in no order; raises httpx.HTTPError."""
    ids = [UUID(run_id) for run_id in run_ids]
    found: list[FlowRun] = []
    for at in range(0, len(ids), PAGE):
        wanted = FlowRunFilter(id=FlowRunFilterId(any_=ids[at : at + PAGE]))
        found.extend(client.read_flow_runs(flow_run_filter=wanted))
    return found


def resume(client: SyncPrefectClient, run_id: UUID) -> bool:
    """Wake a suspended run; False where it is not suspended. Raises httpx.HTTPError."""
    return client.resume_flow_run(run_id).status is SetStateStatus.ACCEPT


def reschedule(client: SyncPrefectClient, run_id: UUID) -> None:
    """Let a run that crashed, or whose process died unnoticed, start again at its top.

    Raises httpx.HTTPError.
    """
    client.set_flow_run_state(run_id, AwaitingRetry(), force=True)


def over(run: FlowRun) -> bool:
    """Whether a run has ended, well or badly."""
    return run.state is not None and run.state.is_final()


def _make_way(client: SyncPrefectClient, slug: str, *, for_run: UUID) -> None:
    """Take away what an embedded start left on this server: people must not see a launch twice."""
    tagged = FlowRunFilter(tags=FlowRunFilterTags(all_=[f"launch:{slug}", EMBEDDED]))
    for stub in client.read_flow_runs(flow_run_filter=tagged):
        if stub.id != for_run and stub.deployment_id is None:
            client.delete_flow_run(stub.id)
