from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from launch_kits.board.client import connected
from launch_kits.board.runs import start_run
from launch_kits.errors import PrefectError
from launch_kits.inputs.brief import Brief
from launch_kits.server.runner import deployments
from tests.served import PATIENCE, Served, environment

ROOT = Path(__file__).parents[2]
PREFECT = [sys.executable, "-m", "prefect"]


@pytest.fixture
def env(served: Served, tmp_path: Path) -> Iterator[dict[str, str]]:
    """An operator's shell; afterwards the flows are served as before."""
    home = tmp_path / "prefect"
    env = environment(
        served.home,
        PREFECT_API_URL=served.url,
        PREFECT_HOME=str(home),
        PREFECT_WORKER_QUERY_SECONDS="2",
    )
    with served.without_runner():
        yield env
    with connected(served.url):
        for deployment in deployments():
            deployment.apply()


def _prefect(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [*PREFECT, *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_repositorys_deployments_run_on_a_process_pool(
    served: Served, slug: str, opened: Callable[..., Brief], env: dict[str, str]
) -> None:
    _prefect(env, "work-pool", "create", "process", "--type", "process")
    _prefect(env, "--no-prompt", "deploy", "--all")
    launch = served.api.get("/deployments/name/launch/launch").json()
    sweep = served.api.get("/deployments/name/sweep/sweep").json()
    assert (launch["work_pool_name"], sweep["work_pool_name"]) == ("process", "process")
    for deployment in (launch, sweep):
        assert (
            deployment["concurrency_limit"]
            is deployment["global_concurrency_limit"]
            is None
        )
    assert [schedule["schedule"]["interval"] for schedule in sweep["schedules"]] == [
        300
    ]
    opened()
    with pytest.raises(
        PrefectError,
        match=r"no process has started its run .* within 1 s; run `launch-kits up`, or a worker",
    ):
        start_run(served.store, slug, settings=served.settings, patience=1)
    worker = subprocess.Popen(
        [*PREFECT, "worker", "start", "--pool", "process"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        start_run(served.store, slug, settings=served.settings, patience=PATIENCE)
        assert served.await_run(slug, "Suspended")["deployment_id"] == launch["id"]
        assert len(served.board(served.launch(slug).flow_run_id)) == 8
    finally:
        worker.terminate()
        # a worker in the middle of a poll may overhear it, and would keep its runs
        with suppress(subprocess.TimeoutExpired):
            worker.communicate(timeout=30)
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.communicate()
