"""A launch from its opening to its last task: one flow run, suspended while people work."""

from datetime import UTC, datetime
from uuid import uuid4

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.flow_runs import suspend_flow_run

from launch_kits.board.launch_run import LaunchRun, may_heal
from launch_kits.board.results import refuse_stored_results
from launch_kits.inputs.brief import Brief

refuse_stored_results()


@task(
    task_run_name="Documents",
    retries=2,
    retry_delay_seconds=2,
    retry_condition_fn=may_heal,
    cache_policy=NO_CACHE,
)
def documents(launch_run: LaunchRun) -> None:
    """Write the documents that are owed."""
    launch_run.write_documents()


@task(task_run_name="Delivery", cache_policy=NO_CACHE)
def deliver(launch_run: LaunchRun) -> None:
    """Send what is owed; what fails goes back to the outbox, which tries again."""
    launch_run.deliver()


@flow
def launch(brief: Brief, *, accept_past: bool = False) -> State[None] | None:
    """A product launch: a dated plan, owned tasks in Slack, documents, and this page to watch it.

    Args:
        brief: What is launched, when and by whom.
        accept_past: Open the launch although its launch day is past.

    """
    with LaunchRun(
        brief, accept_past=accept_past, clock=lambda: datetime.now(UTC)
    ) as launch_run:
        while launch_run.again():
            if launch_run.documents_owed:
                documents(launch_run, return_state=True)
            if launch_run.notices_owed:
                deliver(launch_run, return_state=True)
            launch_run.draw()
        # A key seen before would count as a wait that is over, so each wait has its own.
        return launch_run.outcome or suspend_flow_run(key=uuid4().hex, timeout=None)
