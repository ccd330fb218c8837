from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

import launch_kits.slack
from launch_kits.server.slack_endpoint import PATH
from launch_kits.slack.inbound.commands import USAGE
from launch_kits.slack.inbound.events import HEARD
from launch_kits.slack.inbound.opened_objects import DETAILS_WANTED
from launch_kits.slack.messages import work_objects

ROOT = Path(__file__).parents[2]

#: https://docs.slack.dev/reference/methods: the bot scopes that each method asks for, as we call it
SCOPES = {
    "auth.test": set(),
    "bots.info": {"users:read"},
    "canvases.create": {"canvases:write"},
    "canvases.edit": {"canvases:write"},
    "conversations.canvases.create": {"canvases:write"},
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.unfurl": {"links:write"},
    "chat.update": {"chat:write"},
    "conversations.create": {"channels:manage"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.invite": {"channels:manage"},
    "conversations.join": {"channels:join"},
    "conversations.list": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "entity.presentDetails": set(),
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "files.list": {"files:read"},
    "pins.add": {"pins:write"},
    "users.conversations": {"channels:read", "groups:read"},
    "users.info": {"users:read", "users:read.email"},
    "users.lookupByEmail": {"users:read.email"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        (ROOT / "slack-manifest.yaml").read_text(encoding="utf-8")
    )
    return found


def methods_called() -> set[str]:
    """Every text in the room that is a method's name."""
    found: set[str] = set()
    for path in Path(launch_kits.slack.__file__).parent.rglob("*.py"):
        constants = [
            node.value
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant)
        ]
        found |= {text for text in constants if isinstance(text, str)} & set(SCOPES)
    return found


def test_the_scopes_are_those_of_the_methods_called(manifest: dict[str, Any]) -> None:
    # an event asks for the other half of a scope: links are heard of, and previewed
    needed = {"commands", "links:read"}.union(
        *(SCOPES[method] for method in methods_called())
    )
    asked = manifest["oauth_config"]["scopes"]["bot"]
    assert sorted(asked) == asked
    assert set(asked) == needed


def test_every_method_called_is_known_here() -> None:
    families = tuple(f"{name.partition('.')[0]}." for name in SCOPES)
    for path in Path(launch_kits.slack.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.startswith(families)
            ):
                assert node.value.split()[0] in SCOPES, f"{path.name}: {node.value}"


def test_it_has_what_the_app_listens_to(manifest: dict[str, Any]) -> None:
    settings = manifest["settings"]
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == "/launch"
    asked = settings["event_subscriptions"]["bot_events"]
    assert asked == sorted(asked)
    heard = {"app_home_opened", *HEARD}
    assert {each.partition(".")[0] for each in asked} == heard
    kinds = {each.partition(".")[2] for each in asked} - {""}
    assert kinds == {"channels", "groups", "im"}
    assert settings["interactivity"]["is_enabled"]
    assert manifest["features"]["app_home"]["home_tab_enabled"]
    addresses = [
        command["url"],
        *(
            settings[part]["request_url"]
            for part in ("event_subscriptions", "interactivity")
        ),
    ]
    assert all(address.endswith(PATH) for address in addresses)


def test_it_previews_links_to_the_domain_of_its_addresses(
    manifest: dict[str, Any],
) -> None:
    (command,) = manifest["features"]["slash_commands"]
    (domain,) = manifest["features"]["unfurl_domains"]
    assert urlsplit(command["url"]).hostname == domain


def test_work_objects_need_the_lines_that_are_commented_out() -> None:
    written = (ROOT / "slack-manifest.yaml").read_text(encoding="utf-8")
    plain = yaml.safe_load(written)
    marked = re.compile(r"^( +)# (?=rich_previews| +|- entity)", re.MULTILINE)
    whole = yaml.safe_load(marked.sub(r"\1", written))
    previews = whole["features"].pop("rich_previews")
    kinds = [work_objects.CONTENT, work_objects.ITEM, work_objects.TASK]
    assert previews == {"is_active": True, "entity_types": kinds}
    events = whole["settings"]["event_subscriptions"]["bot_events"]
    assert events == sorted(events)
    events.remove(DETAILS_WANTED)
    assert whole == plain


def test_the_hint_names_every_word(manifest: dict[str, Any]) -> None:
    hint = manifest["features"]["slash_commands"][0]["usage_hint"]
    assert {usage.split()[1] for usage, _ in USAGE} == {
        word.split()[0] for word in hint.split(" | ")
    }


def test_what_slack_shows_is_short_enough(manifest: dict[str, Any]) -> None:
    shown = manifest["display_information"]
    command = manifest["features"]["slash_commands"][0]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000


def test_the_page_names_every_scope(manifest: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "how-to" / "connect-slack.md").read_text(encoding="utf-8")
    assert [
        scope
        for scope in manifest["oauth_config"]["scopes"]["bot"]
        if f"`{scope}`" not in page
    ] == []
