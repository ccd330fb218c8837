"""Deletion of a person's data in Prefect: the runs and artifacts that hold it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowFilter, FlowFilterName
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound

from launch_kits.board.artifacts import KINDS

__all__ = ["forget_runs"]

#: rows in one answer of Prefect
PAGE = 200
OF_LAUNCH = "launch:"


def forget_runs(
    client: SyncPrefectClient,
    slugs: Collection[str],
    *,
    holds: Callable[[object], bool],
) -> int:
    """Delete the runs of some launches, and all others that ``holds`` finds, with artifacts.

    The next sweep makes those of running launches again. Prefect deletes its events and logs by
    itself, after the days of the settings. Returns the number of runs. Raises httpx.HTTPError.
    """
    wanted = set(slugs)
    found: list[UUID] = []
    for run in _all_runs(client):
        said = run.state.message if run.state else None
        launches = _launches(run)
        if launches & wanted or holds(run.parameters) or holds(said or ""):
            found.append(run.id)
            wanted |= launches
    for slug in sorted(wanted):
        _delete_artifacts(client, slug)
    for run_id in found:
        try:
            client.delete_flow_run(run_id)
        except ObjectNotFound:  # someone else was faster
            continue
    return len(found)


def _launches(run: FlowRun) -> set[str]:
    """The launch of a run, by its tag; no launch for a sweep."""
    return {
        tag.removeprefix(OF_LAUNCH) for tag in run.tags if tag.startswith(OF_LAUNCH)
    }


def _all_runs(client: SyncPrefectClient) -> Iterator[FlowRun]:
    flows = FlowFilter(name=FlowFilterName(any_=["launch", "sweep"]))
    seen = 0
    while page := client.read_flow_runs(flow_filter=flows, limit=PAGE, offset=seen):
        yield from page
        seen += len(page)


def _delete_artifacts(client: SyncPrefectClient, slug: str) -> None:
    """Delete all versions of a launch's artifacts."""
    keys = [f"{slug}-{kind}" for kind in KINDS]
    wanted = {"artifacts": {"key": {"any_": keys}}, "limit": PAGE}
    while found := client.request("POST", "/artifacts/filter", json=wanted).json():
        for each in found:
            place = {"id": each["id"]}
            client.request("DELETE", "/artifacts/{id}", path_params=place)
