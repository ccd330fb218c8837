"""The checks of Prefect: the server, its version, deployments, workers, and runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import prefect
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import WorkPoolStatus
from prefect.exceptions import ObjectNotFound

from launch_kits.board import runs
from launch_kits.board.address import api_auth, api_url
from launch_kits.board.client import connected
from launch_kits.board.repair import Remedy, diagnose, launches_to_watch
from launch_kits.errors import PrefectError
from launch_kits.server.doctor.defect import Defect, Installation
from launch_kits.server.doctor.work import sweep

__all__ = ["deployments", "launch_runs", "server", "workers"]

#: how long ago a process that serves a deployment may have asked Prefect for runs
POLLED = timedelta(minutes=2)
#: repair → the problem with the run that needs it
WORDS = {
    Remedy.CREATE: "has no run in Prefect",
    Remedy.RESCHEDULE: "has a run in Prefect that crashed or is stuck",
    Remedy.CANCEL: "has a run that was cancelled in Prefect",
}
NAMES = (runs.DEPLOYMENT, "sweep/sweep")
SERVE = "run `launch-kits up`, or `prefect deploy --all` in the repository"


def server(installation: Installation) -> Iterator[Defect]:
    """Whether Prefect answers, in the version of the library."""
    try:
        with _client(installation) as client:
            version = client.api_version()
    except PrefectError as error:
        said, mark, remedy = str(error).rpartition("; ")
        yield Defect(
            said if mark else str(error),
            remedy if mark else "check PREFECT_API_URL and the logs of that server",
        )
        return
    if version.split(".")[:2] != prefect.__version__.split(".")[:2]:
        yield Defect(
            f"Prefect's server has version {version}, its library {prefect.__version__}",
            "install the same version on the server and here",
        )


def deployments(installation: Installation) -> Iterator[Defect]:
    """Whether Prefect has the deployments, none of them paused."""
    with _client(installation) as client:
        for name in NAMES:
            try:
                found = client.read_deployment_by_name(name)
            except ObjectNotFound:
                yield Defect(f"Prefect has no deployment {name}", SERVE)
                continue
            if found.paused:
                yield Defect(
                    f"the deployment {name} is paused in Prefect",
                    f"run `launch-kits up`, or `prefect deployment resume {name}`",
                )


def workers(installation: Installation) -> Iterator[Defect]:
    """Whether a process takes the runs of the deployment of launches."""
    with _client(installation) as client:
        try:
            found = client.read_deployment_by_name(runs.DEPLOYMENT)
        except ObjectNotFound:
            return
        pool = found.work_pool_name
        if pool is None:
            polled = found.last_polled
            if polled is None or installation.now - polled > POLLED:
                yield Defect(
                    f"no process serves the deployment {runs.DEPLOYMENT}",
                    "run `launch-kits up`",
                )
        elif client.read_work_pool(pool).status is not WorkPoolStatus.READY:
            yield Defect(
                f'no worker takes the runs of the work pool "{pool}"',
                f"run `prefect worker start --pool {pool}`, and resume the pool if it is paused",
            )


def launch_runs(installation: Installation) -> Iterator[Defect]:
    """Whether each launch has a run that goes on."""
    launches = launches_to_watch(installation.store, now=installation.now)
    with _client(installation) as client:
        run_ids = [launch.flow_run_id for launch in launches if launch.flow_run_id]
        run_of = {str(run.id): run for run in runs.read(client, run_ids)}
    for launch in launches:
        run = run_of.get(launch.flow_run_id or "")
        found = diagnose(launch, run, working=(), now=installation.now)
        if found in WORDS:
            yield Defect(
                f"{launch.slug} {WORDS[found]}",
                "run `launch-kits sweep`, which repairs it",
                sweep,
            )


def _client(installation: Installation) -> AbstractContextManager[SyncPrefectClient]:
    return connected(
        api_url(installation.settings), auth=api_auth(installation.settings)
    )
