"""The artifacts of a launch.

A page with late tasks and next tasks, the timeline, a table of its tasks, and a bar of its
readiness.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import ArtifactCreate, ArtifactUpdate
from prefect.client.schemas.filters import (
    ArtifactCollectionFilter,
    ArtifactCollectionFilterKey,
)
from prefect.client.schemas.objects import ArtifactCollection

from launch_kits.board import board_text
from launch_kits.board.row import row
from launch_kits.documents.timeline.files import timeline_file
from launch_kits.views.launch import LaunchView
from launch_kits.views.room_pages import RoomPages
from launch_kits.views.timeline import timeline_of

__all__ = ["KINDS", "Artifact", "artifacts", "publish"]

#: the ends of the keys of a launch's artifacts
KINDS = ("summary", "timeline", "tasks", "readiness")

#: between the description of an artifact and the instant of its facts
AS_OF = " · as of "


@dataclass(frozen=True, slots=True)
class Artifact:
    """One artifact; its key never changes."""

    key: str
    type: str
    data: str | float
    description: str


def artifacts(view: LaunchView, *, room: str | None = None) -> Sequence[Artifact]:
    """The artifacts that a launch should have.

    The page and each description link to the launch room if that has a public address, ``room``.
    """
    tasks = json.dumps(
        [
            row(
                task,
                launch=view.status,
                lead=view.lead,
                stale=view.stale.get(task.key, ()),
            )
            for task in view.tasks
        ]
    )
    percent = round(100 * view.readiness, 1)
    summary = board_text.summary(view)
    link = ""
    if room is not None:
        page = RoomPages(room.rstrip("/")).launch(view.slug)
        summary += f"\n\n[Open it in the launch room]({page})\n"
        link = f" · [in the launch room]({page})"
    found = (
        Artifact(
            f"{view.slug}-summary", "markdown", summary, board_text.headline(view)
        ),
        _picture(view),
        Artifact(f"{view.slug}-tasks", "table", tasks, f"{view.product}: every task"),
        Artifact(
            f"{view.slug}-readiness", "progress", percent, board_text.counted(view)
        ),
    )
    return [replace(each, description=each.description + link) for each in found]


def _picture(view: LaunchView) -> Artifact:
    """The timeline, as an address that holds the picture itself: Prefect keeps no files."""
    facts = timeline_of(view)
    content = base64.b64encode(timeline_file(facts, "svg")).decode()
    return Artifact(
        f"{view.slug}-timeline",
        "image",
        f"data:image/svg+xml;base64,{content}",
        f"{facts.title}; as a page: launch-kits timeline {view.slug} --out timeline.pdf",
    )


def publish(
    client: SyncPrefectClient, run_id: UUID, wanted: Iterable[Artifact], *, as_of: str
) -> None:
    """Create missing artifacts and update changed ones.

    Artifacts are updated in place: the run's page lists every version of an artifact, and a launch
    changes every day. Prefect's own methods would emit an event for each as well. Descriptions say
    ``as_of`` which instant they are. Raises httpx.HTTPError.
    """
    wanted = list(wanted)
    keys = ArtifactCollectionFilter(
        key=ArtifactCollectionFilterKey(any_=[artifact.key for artifact in wanted])
    )
    existing = {
        artifact.key: artifact
        for artifact in client.read_latest_artifacts(artifact_filter=keys)
    }
    for artifact in wanted:
        found = existing.get(artifact.key)
        description = f"{artifact.description}{AS_OF}{as_of}"
        if found is None or found.flow_run_id != run_id:
            created = ArtifactCreate(
                key=artifact.key,
                type=artifact.type,
                data=artifact.data,
                description=description,
                flow_run_id=run_id,
            )
            content = created.model_dump(mode="json", exclude_unset=True)
            client.request("POST", "/artifacts/", json=content)
        elif _changed(found, artifact):
            update = ArtifactUpdate(data=artifact.data, description=description)
            content = update.model_dump(mode="json", exclude_unset=True)
            place = {"id": found.latest_id}
            client.request("PATCH", "/artifacts/{id}", path_params=place, json=content)


def _changed(found: ArtifactCollection, wanted: Artifact) -> bool:
    described = (found.description or "").partition(AS_OF)[0]
    return found.data != wanted.data or described != wanted.description
