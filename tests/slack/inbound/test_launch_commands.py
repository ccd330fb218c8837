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
    asked = words(falcon_office.slack.modals[-1][1])
    assert asked[0] == 'Falcon 2\nPia finished it ("Positioning").'
    assert status(falcon_office.store, "positioning") == "done", "nothing is done yet"
    falcon_office.fill(PMM)
    assert "Undone: Pia finished it" in falcon_office.told
    assert status(falcon_office.store, "positioning") == "ready"


def test_undo_of_a_move_names_the_day_before_and_after_it(
    falcon_office: Office,
) -> None:
    falcon_office.type(LEAD, "move")
    falcon_office.fill(LEAD, launch_on="2027-02-16")
    falcon_office.fill(LEAD)
    falcon_office.type(LEAD, "undo")
    asked = words(falcon_office.slack.modals[-1][1])
    assert asked[0] == "Falcon 2\nLee moved the launch to Tue 16 Feb."
    falcon_office.fill(LEAD)
    assert falcon_office.told.startswith("Undone: Lee moved the launch to Tue 16 Feb")
    falcon_office.fill(LEAD)
    assert "cannot be undone any more" in falcon_office.told
