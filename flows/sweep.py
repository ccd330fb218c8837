"""Every few minutes.

What is due is opened, what is owed is delivered, and every launch's run is put right.
"""

from datetime import UTC, datetime

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from launch_kits.board import sweep as room
from launch_kits.board.results import refuse_stored_results
from launch_kits.database.store import Store
from launch_kits.settings import Settings

refuse_stored_results()


@flow(flow_run_name="Sweep")
def sweep() -> State[None]:
    """Open what is due, deliver what is owed, wake and repair the launches' runs."""
    settings = Settings.read()
    store = Store(settings.database_url)
    try:
        swept = room.sweep(
            store, settings=settings, now=datetime.now(UTC), write=get_run_logger().info
        )
    finally:
        store.close()
    return (
        Failed(message=str(swept)) if swept.problems else Completed(message=str(swept))
    )
