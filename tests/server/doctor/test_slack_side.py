from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import yaml

from launch_kits.server.doctor import slack_side
from launch_kits.server.doctor.defect import Installation
from launch_kits.slack.api import transport
from tests.launches import SLUG
from tests.slack.stand_in import TOKEN, Channel, Fault, StandIn

MANIFEST = Path(__file__).parents[3] / "slack-manifest.yaml"


@pytest.fixture
def slack():
    with StandIn() as slack:
        yield slack


@pytest.fixture
def with_slack(installation: Installation, slack: StandIn) -> Installation:
    settings = dataclasses.replace(
        installation.settings, slack_bot_token=TOKEN, slack_base_url=slack.url
    )
    return dataclasses.replace(installation, settings=settings)


def test_the_scopes_are_those_of_the_manifest() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert sorted(slack_side.SCOPES) == manifest["oauth_config"]["scopes"]["bot"]


def test_a_token_that_works_has_no_problem(with_slack: Installation) -> None:
    for check in (slack_side.token, slack_side.scopes, slack_side.channels):
        assert [*check(with_slack)] == []


def test_a_token_that_slack_refuses_is_named(
    with_slack: Installation, slack: StandIn
) -> None:
    slack.faults.append(Fault("auth.test", "token_revoked"))
    (found,) = slack_side.token(with_slack)
    assert "token_revoked" in found.text
    assert "SLACK_BOT_TOKEN" in found.remedy


def test_a_network_that_fails_is_not_the_fault_of_the_token(
    with_slack: Installation,
) -> None:
    settings = dataclasses.replace(
        with_slack.settings, slack_base_url="http://127.0.0.1:9/api/"
    )
    (found,) = slack_side.token(dataclasses.replace(with_slack, settings=settings))
    assert "could not be reached" in found.text
    assert "this machine's network" in found.remedy
    assert "SLACK_BOT_TOKEN" not in found.remedy


def test_missing_scopes_are_named(with_slack: Installation, monkeypatch) -> None:
    held = slack_side.SCOPES - {"pins:write", "commands"}
    monkeypatch.setattr(transport, "_scopes", lambda _: frozenset(held))
    (found,) = slack_side.scopes(with_slack)
    assert found.text == "the app in Slack lacks commands, pins:write"


def test_an_archived_channel_is_named(with_slack: Installation, slack: StandIn) -> None:
    name = f"{SLUG}-launch"
    slack.channels["C1"] = Channel("C1", name, archived=True)
    (found,) = slack_side.channels(with_slack)
    assert found.text == f"#{name} is archived"


def test_a_channel_that_another_organisation_can_read_is_named(
    with_slack: Installation, slack: StandIn
) -> None:
    name = f"{SLUG}-launch"
    slack.channels["C1"] = Channel("C1", name, foreign=True)
    slack.channels["C2"] = Channel("C2", "of-partners", foreign=True)
    (found,) = slack_side.channels(with_slack)
    assert found.text.startswith(f"another organisation can read #{name}, so pages")
    assert "channel of your own organisation" in found.remedy
