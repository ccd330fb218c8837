"""The name of a launch's run that failed before it could name itself."""

from __future__ import annotations

import logging
from typing import Any

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow

__all__ = ["name_failed_run"]

LOG = logging.getLogger(__name__)


def name_failed_run(
    flow: Flow[..., Any],  # noqa: ARG001  Prefect gives it by its name
    flow_run: FlowRun,
    state: State[Any],  # noqa: ARG001  the same
) -> None:
    """Name a failed run after the launch in its parameters; Prefect calls it.

    Prefect checks the brief of a run from its form before the flow begins, so the name would be one
    that Prefect makes up. A run that has its name keeps it.
    """
    brief = flow_run.parameters.get("brief")
    if not isinstance(brief, dict) or not brief.get("launch"):
        return
    product = str(brief.get("product") or "A launch")
    if flow_run.name.startswith(product):
        return
    try:
        with get_client(sync_client=True) as client:
            client.update_flow_run(flow_run.id, name=f"{product} ({brief['launch']})")
    except httpx.HTTPError as error:
        LOG.warning("the failed run is not named: %s", error)
