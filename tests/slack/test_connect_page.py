"""The page on connecting Slack, sentence against code, as far as its words can be found there."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from launch_kits.database.records import MemberStanding
from launch_kits.settings import Settings
from launch_kits.slack.api import rotation
from launch_kits.slack.api.faults import fault_of
from launch_kits.slack.inbound import deduplication, inbox, members
from launch_kits.slack.inbound.admission import NAMELESS, OUTSIDE, SecondAccount
from launch_kits.slack.inbound.commands import USAGE
from launch_kits.slack.messages.late import (
    AGAIN,
    KEPT_FOR_LATER,
    TOO_LATE_TO_OPEN,
    with_form,
)
from launch_kits.slack.outbound import canvases, page_files, parts
from launch_kits.slack.outbound.token_stop import AGAIN_AFTER
from launch_kits.views.answers import only_these
from launch_kits.views.notices import actions
from launch_kits.views.notices.message import Action
from launch_kits.workdays.calendar import CLOSES, OPENS
from tests.slack.block_kit import texts
from tests.slack.views import READER

#: seconds for which Slack lets a signature hold
OLDEST = 300.0
PAGE = Path(__file__).parents[2] / "docs/how-to/connect-slack.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def in_order(parts: str, text: str) -> bool:
    """Whether a quoted text, with dots for the rest, is in another one."""
    pattern = ".*".join(re.escape(part.strip()) for part in parts.split("…"))
    return re.search(pattern, text) is not None


def test_every_button_that_it_names_is_one(page: str) -> None:
    labels = {each.label for each in vars(actions).values() if isinstance(each, Action)}
    form = with_form("No.", "form:x").blocks
    labels |= {each["text"] for each in texts(form)} | {"Give more time"}
    assert form[-1]["elements"][0]["action_id"] == AGAIN
    shown = page.partition("## What people see")[2]
    assert set(re.findall(r"\*\*([^*]+)\*\*", shown)) - labels == set()


def test_what_people_see_is_what_the_app_says(page: str) -> None:
    said = [
        NAMELESS,
        f"Sorry: {OUTSIDE[MemberStanding.GUEST]}.",
        str(SecondAccount("U1")),
        KEPT_FOR_LATER,
        only_these(["a@example.com"], "begin it", reader=READER),
        TOO_LATE_TO_OPEN,
    ]
    table = page.partition("| people see | remedy |")[2].partition("\n\n")[0]
    quotes = re.findall(r'^\| "(.+?)" \|', table, re.MULTILINE)
    assert len(quotes) == len(said)
    for quote in quotes:
        assert any(in_order(quote, each) for each in said), quote


def test_what_the_outbox_shows_is_what_slack_answers(page: str) -> None:
    def told(method: str, code: str) -> str:
        reply = {"ok": False, "error": code}
        return str(fault_of(method, status=200, headers={}, reply=reply))

    table = page.partition("| the outbox shows | remedy |")[2].partition("\n\n")[0]
    assert "`may not call pins.add`" in table
    assert "may not call pins.add" in told("pins.add", "missing_scope")
    assert "`Slack refuses chat.update`" in table
    assert "Slack refuses chat.update" in told("chat.update", "is_archived")
    assert "asked every quarter of an hour" in " ".join(table.split())
    assert AGAIN_AFTER.total_seconds() == 15 * 60


def test_the_address_it_names_is_the_default(page: str) -> None:
    settings = Settings.read({})
    assert f"LAUNCH_KITS_PORT ({settings.port})" in page
    assert settings.host in ("127.0.0.1", "localhost")


def test_its_times_are_those_of_the_code(page: str) -> None:
    flat = " ".join(page.split())
    hour = timedelta(hours=1)
    day = timedelta(days=1)
    said = {
        "exchanged half an hour before its end": hour / 2 == rotation.EARLY,
        "a member is asked about once a day": day == members.HOLDS,
        "what is known holds for seven days at most": 7 * day == members.AT_MOST,
        "at most once a day; a day later the canvas is tried again": (
            page_files.EVERY == canvases.AGAIN == day
        ),
        "a reply within ten minutes of the reader's own act": (
            timedelta(minutes=10) == parts.OWN_ACT
        ),
        "after an hour it is not given": hour == inbox.OWED_FOR,
        f"only from {OPENS:%H:%M} to {CLOSES:%H:%M}": True,
        "older than five minutes, is answered with 401": (
            OLDEST < deduplication.SIGNED_FOR
        ),
    }
    assert [words for words in said if words not in flat] == []
    assert [words for words, holds in said.items() if not holds] == []


def test_its_commands_are_words_of_the_app(page: str) -> None:
    known = {usage.split()[1] for usage, _ in USAGE}
    flat = " ".join(page.split())
    named = re.findall(r"`/launch (\w+)", flat)
    shown = flat.partition("- `/launch` shows")[2].partition(" - ")[0]
    named += re.findall(r"`(\w+)(?: LAUNCH[^`]*)?`", shown)
    assert len(named) > 4
    assert set(named) <= known
