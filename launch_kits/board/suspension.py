"""The suspended state of a launch's run, whose message says how the launch goes."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State
from prefect.exceptions import Pause
from prefect.states import Suspended
from prefect.utilities.engine import propose_state_sync

from launch_kits.errors import PrefectError

__all__ = ["refresh", "suspend"]


def suspend(client: SyncPrefectClient, run_id: UUID, message: str) -> NoReturn:
    """End this process's work on the run until it is resumed.

    It does the same as Prefect's `suspend_flow_run`, which takes no message. Raises Pause, which
    the flow must let through, and PrefectError if the run cannot be suspended.
    """
    # Each wait has a new key, because Prefect takes a known key for a wait that is over.
    waiting: State[None] = Suspended(pause_key=uuid4().hex, message=message)
    state = propose_state_sync(client, waiting, flow_run_id=run_id)
    if not state.is_paused():
        raise PrefectError(
            f"the run cannot be suspended: Prefect answered {state.name}"
        )
    raise Pause(state=state)


def refresh(
    client: SyncPrefectClient, run_id: UUID, message: str, *, zone: str, now: datetime
) -> bool:
    """Write a new message on a suspended run, at most once a day of the launch.

    The caller holds the launch's lease. A person may cancel the run at the same moment: their state
    is put back. Returns whether the message was written. Raises httpx.HTTPError.
    """
    state = client.read_flow_run(run_id).state
    if state is None or state.name != "Suspended" or state.message == message:
        return False
    if _day(state.timestamp, zone) >= _day(now, zone):
        return False
    renewed = state.model_copy(
        update={"id": uuid4(), "message": message, "timestamp": now}
    )
    client.set_flow_run_state(run_id, renewed, force=True)
    states = sorted(
        client.read_flow_run_states(run_id), key=lambda each: each.timestamp
    )
    before = states[-2] if len(states) > 1 else state
    if before.id != state.id:
        client.set_flow_run_state(run_id, before, force=True)
    return True


def _day(instant: datetime, zone: str) -> str:
    return instant.astimezone(ZoneInfo(zone)).date().isoformat()
