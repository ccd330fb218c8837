"""The process that serves the flows under `up`.

It registers their deployments and runs scheduled flow runs.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.runner import Runner

from launch_kits.board.sweep_runs import TAG
from launch_kits.server.entrypoints import entrypoint, load_flow
from launch_kits.server.environment import READY_FD
from launch_kits.server.processes import ORPHANED
from launch_kits.server.sweeper import Sweeper
from launch_kits.settings import Settings

__all__ = ["deployments", "main"]

#: seconds in which Prefect's server must answer
PATIENCE = 110.0


class DrainingRunner(Runner):
    """A runner that lets running flows finish, and runs only its own code.

    Prefect's runner cancels them when it stops, and a cancelled run would cancel its launch. It
    also loads the code that the API names: with a pull step or another entry point, every writer of
    the API could run commands.
    """

    async def serve(self, deployment: RunnerDeployment) -> UUID:
        """Register a deployment, and keep the flow that its entry point names now.

        Later changes of the entry point in the API have no effect. Returns the deployment's id.
        """
        flow: Flow[..., object] = load_flow(str(deployment.entrypoint))
        deployment_id: UUID = await self.aadd_deployment(deployment)
        self._deployment_registry.register_flow(deployment_id, flow)
        return deployment_id

    async def cancel_all(self) -> None:
        """Leave running flows alone; `up` ends those that take too long."""


def deployments() -> list[RunnerDeployment]:
    """The deployments of the launch flow and of the sweep, which has no schedule here.

    Neither has a concurrency limit: launches wait for weeks, and a killed sweep would keep its slot
    for ever after a restart of the server.
    """
    served = [
        RunnerDeployment.from_entrypoint(
            entrypoint("launch"),
            name="launch",
            description=(
                "One run for each launch, for its whole life. "
                "Start one here, or with `launch-kits start`."
            ),
        ),
        RunnerDeployment.from_entrypoint(
            entrypoint("sweep"),
            name="sweep",
            tags=[TAG],
            description=(
                "Opens due tasks, delivers pending notices, and repairs the runs of launches. "
                "`up` sweeps by itself; its sweeps that found work to do are here. "
                "Run this to sweep now."
            ),
        ),
    ]
    for deployment in served:
        # None replaces a work pool that an earlier `prefect deploy` has set.
        deployment.work_pool_name = deployment.work_queue_name = None
    return served


async def main() -> None:
    """Serve until SIGTERM, SIGINT, or the death of the process that started this one."""
    orphaned = asyncio.create_task(_orphaned(os.getppid()))
    await _await_server()
    runner = DrainingRunner(name="launch-kits")
    settings = Settings.read()
    ids = {served.name: await runner.serve(served) for served in deployments()}
    # Made before any run is started: it takes runs that are pending by now for left ones.
    sweeper = Sweeper(settings, ids["sweep"])
    serving = asyncio.create_task(runner.start())
    await asyncio.sleep(0)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Set after the runner's own handler, which would raise SystemExit in a running flow.
        loop.add_signal_handler(number, stopping.set)
    loop.add_signal_handler(ORPHANED, orphaned.cancel)
    _tell_ready()
    sweeping = asyncio.create_task(sweeper.run())
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait(
        {serving, stopped, orphaned}, return_when=asyncio.FIRST_COMPLETED
    )
    sweeping.cancel()
    if orphaned.done():
        # The next `up` may serve these deployments already, and pausing them would stop its sweeps.
        runner.pause_on_shutdown = False
    if not serving.done():
        await runner.astop()
    await serving


async def _await_server() -> None:
    """Wait until Prefect answers, because its server starts at the same time."""
    until = time.monotonic() + PATIENCE
    async with get_client() as client:
        while (fault := await client.api_healthcheck()) is not None:
            if time.monotonic() > until:
                raise fault
            await asyncio.sleep(0.25)


def _tell_ready() -> None:
    descriptor = os.environ.pop(READY_FD, None)
    if descriptor is not None:
        os.write(int(descriptor), b"1")
        os.close(int(descriptor))


async def _orphaned(parent: int) -> None:
    while os.getppid() == parent:  # noqa: ASYNC110  the system sends no event
        await asyncio.sleep(2)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
