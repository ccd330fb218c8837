"""Prefect's automations for operations, created or updated from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound

import launch_kits
from launch_kits.board.address import api_auth, api_url
from launch_kits.board.client import connected
from launch_kits.errors import Refused
from launch_kits.inputs.yaml_source import read
from launch_kits.settings import Settings

__all__ = ["apply_automations"]


def apply_automations(settings: Settings, *, block: str) -> list[str]:
    """Create or update all automations; their messages go to a notification block.

    ``block`` is its type and name, such as ``slack-webhook/operations``. An automation is known by
    its name, and one that was paused stays paused. Returns a sentence for each. Raises Refused if
    there is no server or no such block, PrefectError if the server fails.
    """
    url = api_url(settings)
    if url is None:
        raise Refused(
            "there is no Prefect server to keep the automations; "
            "start it with `launch-kits up`, or set PREFECT_API_URL"
        )
    with connected(url, auth=api_auth(settings)) as client:
        block_id = _block_id(client, block)
        return [_apply(client, each) for each in _automations(block_id)]


def _automations(block_id: UUID) -> list[AutomationCore]:
    """The automations of the file, with a block for their messages."""
    written = cast("Mapping[str, object]", read(_file()).data)
    entries = cast("Sequence[Mapping[str, object]]", written["automations"])
    return [
        AutomationCore.model_validate(
            {**entry, "actions": _addressed(entry["actions"], block_id)}
        )
        for entry in entries
    ]


def _addressed(actions: object, block_id: UUID) -> list[dict[str, object]]:
    given = cast("Sequence[Mapping[str, object]]", actions)
    return [{**action, "block_document_id": block_id} for action in given]


def _file() -> Path:
    """The file is beside the package in the repository, and inside it in a wheel."""
    package = Path(launch_kits.__file__).parent
    inside = package / "automations"
    folder = inside if inside.is_dir() else package.parent / "automations"
    return folder / "launch-kits.yaml"


def _block_id(client: SyncPrefectClient, block: str) -> UUID:
    unknown = Refused(
        f'Prefect has no block "{block}"; create it in the UI under Blocks, '
        'and give its type and name, such as "slack-webhook/operations"'
    )
    kind, _, name = block.partition("/")
    if not name:
        raise unknown
    try:
        found = client.read_block_document_by_name(name, kind, include_secrets=False)
    except ObjectNotFound:
        raise unknown from None
    return found.id


def _apply(client: SyncPrefectClient, wanted: AutomationCore) -> str:
    known = client.read_automations_by_name(wanted.name)
    if not known:
        client.create_automation(wanted)
        return f"{wanted.name}: created"
    kept = known[0]
    client.update_automation(
        kept.id, wanted.model_copy(update={"enabled": kept.enabled})
    )
    paused = "" if kept.enabled else ", still paused"
    return f"{wanted.name}: updated{paused}"
