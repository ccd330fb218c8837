from __future__ import annotations

from tests.cli.commands import Cli


def test_automations_need_a_server(cli: Cli) -> None:
    said = cli.refused("automations", "--to", "slack-webhook/operations")
    assert "there is no Prefect server to keep the automations" in said


def test_automations_need_a_block(cli: Cli) -> None:
    assert "--to" in cli.misused("automations")
