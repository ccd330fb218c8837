"""The flow of the sweep, which runs every few minutes."""

from datetime import UTC, datetime

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from launch_kits.board.results import refuse_stored_results
from launch_kits.board.sweep import sweep as sweep_all
from launch_kits.board.sweep_runs import tidy_runs
from launch_kits.database.store import Store
from launch_kits.settings import Settings

refuse_stored_results()


@flow(flow_run_name="Sweep")
def sweep() -> State[None]:
    """Open due tasks, deliver pending notices, and repair the runs of launches."""
    settings = Settings.read()
    store = Store(settings.database_url, door="sweep")
    try:
        report = sweep_all(
            store, settings=settings, now=datetime.now(UTC), write=get_run_logger().info
        )
    finally:
        store.close()
    tidy_runs()
    state = Failed if report.problems else Completed
    return state(message=str(report))
