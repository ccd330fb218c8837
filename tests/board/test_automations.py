from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.events.schemas.automations import AutomationCore, Posture

from launch_kits.board import automations, events
from launch_kits.board.automations import apply_automations
from launch_kits.errors import Refused
from launch_kits.settings import Settings
from tests.launches import NOW

BLOCK = UUID(int=7)


class Server(SyncPrefectClient):
    """Keeps automations by id."""

    def __init__(self) -> None:
        self.kept: dict[UUID, AutomationCore] = {}

    def create_automation(self, automation: AutomationCore) -> UUID:
        made = uuid4()
        self.kept[made] = automation
        return made

    def update_automation(
        self, automation_id: UUID, automation: AutomationCore
    ) -> None:
        self.kept[automation_id] = automation

    def read_automations_by_name(self, name: str) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(id=each, enabled=automation.enabled)
            for each, automation in self.kept.items()
            if automation.name == name
        ]


@pytest.fixture
def server() -> Server:
    return Server()


def test_automations_are_created_once_and_paused_ones_stay_paused(
    server: Server,
) -> None:
    wanted = automations._automations(BLOCK)
    assert len(wanted) == len({each.name for each in wanted}) == 5
    for each in wanted:
        assert automations._apply(server, each) == f"{each.name}: created"
    paused = next(iter(server.kept))
    server.kept[paused].enabled = False
    said = [automations._apply(server, each) for each in wanted]
    assert len(server.kept) == 5
    assert said[0] == f"{wanted[0].name}: updated, still paused"
    assert said[1] == f"{wanted[1].name}: updated"
    assert not server.kept[paused].enabled


def test_their_messages_go_to_the_block() -> None:
    actions = [
        action for each in automations._automations(BLOCK) for action in each.actions
    ]
    assert {action.block_document_id for action in actions} == {BLOCK}


def test_the_events_that_they_expect_are_emitted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[dict[str, object]] = []
    monkeypatch.setattr(
        events, "_send", lambda _, event: told.append(event.model_dump(mode="json"))
    )
    events.sweep_event(Server(), ended_at=NOW, seconds=1, problems=2)
    resource = told[0]["resource"]
    triggers = {each.name: each.trigger for each in automations._automations(BLOCK)}
    failed = triggers["Launch Kits: sweep failed"]
    assert failed.match.model_dump().items() <= resource.items()
    silence = triggers["Launch Kits: no sweep for 15 minutes"]
    assert silence.posture == Posture.Proactive
    assert silence.expect == silence.after == {told[0]["event"]}
    expected = {name for trigger in triggers.values() for name in trigger.expect}
    assert expected == {
        "launch-kits.sweep.ended",
        "launch-kits.notice.dead",
        "launch-kits.launch.at-risk",
        events.EVENTS["Overdue"],
    }


def test_without_a_server_they_are_refused(tmp_path: Path) -> None:
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)})
    with pytest.raises(Refused, match="there is no Prefect server"):
        apply_automations(settings, block="slack-webhook/operations")


def test_a_block_is_given_by_type_and_name(server: Server) -> None:
    with pytest.raises(Refused, match='no block "operations"; create it in the UI'):
        automations._block_id(server, "operations")
