from __future__ import annotations

import pytest

from launch_kits.slack.inbound.launch_commands import LAUNCH_USAGE, LAUNCH_WORDS
from tests.launches import LEAD, PMM, SLUG, status
from tests.slack.office import Office, words


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("decide", "Go or no-go"),
        ("move", "Move the launch"),
        ("add", "Add a task"),
        ("invite", "Invite the team"),
        ("cancel", "Cancel the launch"),
    ],
)
def test_a_command_opens_its_form(falcon_office: Office, word: str, title: str) -> None:
    falcon_office.type(LEAD, f"{word} {SLUG}")
    assert falcon_office.slack.modals[-1][1]["title"]["text"] == title


def test_the_only_running_launch_needs_no_name(falcon_office: Office) -> None:
    falcon_office.type(LEAD, "move")
    assert "Falcon 2" in words(falcon_office.slack.modals[-1][1])[0]


def test_an_unknown_launch_is_refused_with_those_there_are(
    falcon_office: Office,
) -> None:
    falcon_office.type(LEAD, "move eagle")
    assert falcon_office.slack.modals == []
    assert "running launches: Falcon 2 (falcon-2)" in falcon_office.told


def test_the_help_lists_every_command(falcon_office: Office) -> None:
    falcon_office.type(LEAD, "help")
    for usage, _ in LAUNCH_USAGE:
        assert usage in falcon_office.told
    assert {usage.split()[1] for usage, _ in LAUNCH_USAGE} == set(LAUNCH_WORDS)


def test_undo_takes_the_last_change_of_its_user_back(falcon_office: Office) -> None:
    falcon_office.type(PMM, f"done {SLUG} positioning")
    assert status(falcon_office.store, "positioning") == "done"
    falcon_office.type(LEAD, "undo")
    assert "You changed nothing in the last 10 minutes" in falcon_office.told
    falcon_office.type(PMM, "undo")
    assert "Undone: Pia finished it" in falcon_office.told
    assert status(falcon_office.store, "positioning") == "ready"
