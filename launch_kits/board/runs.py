"""The run of a launch in Prefect: create, read, resume and reschedule it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentFlowRunCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import ObjectNotFound
from prefect.states import AwaitingRetry, Scheduled, to_state_create
from prefect.utilities.urls import url_for
from sqlalchemy import update
from sqlmodel import Session, col, select

from launch_kits.board.address import api_auth, api_url
from launch_kits.board.client import connected
from launch_kits.board.drawing import tags
from launch_kits.board.parameters import parameters
from launch_kits.database.queries import find_launch
from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.errors import NotPickedUp, PrefectError
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
    "run_name",
    "start_run",
]

#: the names of flow and deployment, used by `up` and prefect.yaml too
DEPLOYMENT = "launch/launch"
#: tag of a run without a deployment, which ends after its first step and is replaced later
EMBEDDED = "embedded"

#: seconds to wait until a process starts the run, so that `start` answers within twenty
PATIENCE = 15.0
#: seconds for Prefect's own answers meanwhile
ANSWERS = 5.0
#: seconds between two looks
PAUSE = 0.7
#: flow runs in one answer of Prefect
PAGE = 200


def start_run(
    store: Store, slug: str, *, settings: Settings, patience: float = PATIENCE
) -> str:
    """Create the run of an open launch, and wait until it starts.

    If the launch has a run, that run is kept. Returns the run's page in the UI. Raises PrefectError
    if Prefect cannot be reached, has no deployment of the launch flow, or refuses the size of the
    parameters, and NotPickedUp if no process starts the run within ``patience`` seconds.
    """
    within = patience + ANSWERS
    with connected(api_url(settings), auth=api_auth(settings), within=within) as client:
        run = create(client, store, slug)
        url = url_for("flow-run", run.id)
        page = masked(url) if url else str(run.id)
        until = time.monotonic() + patience
        while run.state_type is StateType.SCHEDULED:
            if time.monotonic() >= until:
                raise NotPickedUp(
                    f'launch "{slug}" is open, but no process has started its run in Prefect '
                    f"({page}) within {patience:.0f} s; run `launch-kits up`, or a worker of the "
                    "deployment's work pool: `prefect worker start --pool NAME`"
                )
            time.sleep(PAUSE)
            run = client.read_flow_run(run.id)
    return page


def create(client: SyncPrefectClient, store: Store, slug: str) -> FlowRun:
    """Create the run of a launch if it has none.

    Returns the launch's run. Raises PrefectError, NotFound, httpx.HTTPError.
    """
    with store.read() as session:
        launch = find_launch(session, slug)
        name = run_name(session, launch)
    if launch.flow_run_id:
        existing = read(client, [launch.flow_run_id])
        if existing:
            return existing[0]
    brief = parameters(slug, launch.brief)
    try:
        deployment = client.read_deployment_by_name(DEPLOYMENT)
    except ObjectNotFound:
        raise PrefectError(
            f"Prefect at {masked(str(client.api_url))} has no deployment {DEPLOYMENT}; "
            "run `launch-kits up`, or `prefect deploy --all` in the repository"
        ) from None
    wanted = DeploymentFlowRunCreate(
        state=to_state_create(Scheduled()),
        parameters=brief,
        # Prefect would compare the brief with the schema of the flow; that of an open launch was
        # checked when it was opened, perhaps by other rules than those of today
        enforce_parameter_schema=False,
        name=name,
        tags=list(tags(slug, tier=launch.tier)),
    )
    key = slug
    number = 1
    while True:
        wanted.idempotency_key = key
        run = _ask_for(client, deployment.id, wanted)
        # A run of this key that has ended is left from an earlier server or database.
        if (
            run.state_type is None
            or not over(run)
            or launch.status != LaunchStatus.RUNNING
        ):
            break
        number += 1
        key = f"{slug}/{number}"
    adopt(store, slug, str(run.id), instead_of=launch.flow_run_id)
    _delete_embedded(client, slug, for_run=run.id)
    return run


def _ask_for(
    client: SyncPrefectClient, deployment_id: UUID, wanted: DeploymentFlowRunCreate
) -> FlowRun:
    """Create a run of a deployment, or read the one of the same key."""
    answer = client.request(
        "POST",
        "/deployments/{id}/create_flow_run",
        path_params={"id": deployment_id},
        json=wanted.model_dump(mode="json", exclude_unset=True),
    )
    return FlowRun.model_validate(answer.json())


def run_name(session: Session, launch: Launch) -> str:
    """The name of a launch's run: its product, unless an earlier launch has the same."""
    earlier = select(Launch.slug).where(
        Launch.product == launch.product, col(Launch.opened_at) < launch.opened_at
    )
    if session.exec(earlier.limit(1)).first() is None:
        return launch.product
    return f"{launch.product} ({launch.slug})"


def adopt(store: Store, slug: str, run_id: str, *, instead_of: str | None) -> bool:
    """Make a run the launch's own, if its present one is ``instead_of``.

    Returns whether the run is the launch's own now. None for ``instead_of`` means no run.
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
    """Read the runs that Prefect has of some ids.

    Returns them in no particular order. Raises httpx.HTTPError.
    """
    ids = [UUID(run_id) for run_id in run_ids]
    found: list[FlowRun] = []
    for at in range(0, len(ids), PAGE):
        wanted = FlowRunFilter(id=FlowRunFilterId(any_=ids[at : at + PAGE]))
        found.extend(client.read_flow_runs(flow_run_filter=wanted))
    return found


def resume(client: SyncPrefectClient, run_id: UUID) -> bool:
    """Resume a suspended run.

    Returns False if the run is not suspended. Raises httpx.HTTPError.
    """
    return client.resume_flow_run(run_id).status is SetStateStatus.ACCEPT


def reschedule(client: SyncPrefectClient, run_id: UUID) -> None:
    """Start a run again from the top if it crashed or its process died.

    Raises httpx.HTTPError.
    """
    client.set_flow_run_state(run_id, AwaitingRetry(), force=True)


def over(run: FlowRun) -> bool:
    """Whether a run has ended, in success or failure."""
    return run.state is not None and run.state.is_final()


def _delete_embedded(client: SyncPrefectClient, slug: str, *, for_run: UUID) -> None:
    """Delete the run of an embedded start, so that people see the launch once."""
    tagged = FlowRunFilter(tags=FlowRunFilterTags(all_=[f"launch:{slug}", EMBEDDED]))
    for stub in client.read_flow_runs(flow_run_filter=tagged):
        if stub.id != for_run and stub.deployment_id is None:
            client.delete_flow_run(stub.id)
