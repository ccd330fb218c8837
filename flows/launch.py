"""The flow of a launch: one run from its start to its last task."""

from datetime import UTC, datetime

from prefect import flow
from prefect.client.schemas.objects import State

from launch_kits.board.failed_run import name_failed_run
from launch_kits.board.flow_tasks import deliver, documents
from launch_kits.board.launch_run import LaunchRun
from launch_kits.board.results import refuse_stored_results
from launch_kits.board.run_brief import RunBrief

refuse_stored_results()


@flow(on_failure=[name_failed_run])
def launch(brief: RunBrief, *, accept_past: bool = False) -> State[None] | None:
    """A product launch: a dated plan, owned tasks in Slack, documents, and this page to watch it.

    Args:
        brief: The product, the days and the people of the launch.
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
        return launch_run.outcome or launch_run.suspend()
