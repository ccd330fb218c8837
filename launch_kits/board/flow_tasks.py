"""The Prefect tasks of the launch flow that work in the place of people."""

from __future__ import annotations

from prefect import task
from prefect.cache_policies import NO_CACHE

from launch_kits.board.launch_run import LaunchRun, may_heal

__all__ = ["deliver", "documents"]


@task(
    task_run_name="Documents",
    retries=2,
    retry_delay_seconds=2,
    retry_condition_fn=may_heal,
    cache_policy=NO_CACHE,
)
def documents(launch_run: LaunchRun) -> None:
    """Write the documents that are due; raises DocumentError."""
    launch_run.write_documents()


@task(task_run_name="Delivery", cache_policy=NO_CACHE)
def deliver(launch_run: LaunchRun) -> None:
    """Deliver the notices that are due; those that fail go back to the outbox."""
    launch_run.deliver()
