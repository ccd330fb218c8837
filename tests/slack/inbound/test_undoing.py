from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from launch_kits.slack.messages.answers import UNDO
from tests.launches import LEAD, PMM, SLUG, launch, status
from tests.slack.block_kit import problems_of_view
from tests.slack.office import Office, words


def button_of(said: dict[str, Any]) -> str:
    """The value of the button that undoes, in an answer; empty without one."""
    rows = [each for each in said["blocks"] if each["type"] == "actions"]
    found = [each for row in rows for each in row["elements"]]
    return next((each["value"] for each in found if each["action_id"] == UNDO), "")


def test_an_answer_undoes_the_act_that_it_tells_of(falcon_office: Office) -> None:
    office = falcon_office
    office.type(PMM, f"done {SLUG} positioning")
    assert status(office.store, "positioning") == "done"
    value = button_of(office.slack.told[-1])
    office.click(LEAD, UNDO, value)
    assert "cannot be undone" in office.told
    office.click(PMM, UNDO, value)
    assert 'Pia finished it ("Positioning")' in " ".join(
        words(office.slack.modals[-1][1])
    )
    assert status(office.store, "positioning") == "done"
    office.fill(PMM)
    assert status(office.store, "positioning") == "ready"
    assert "Undone: Pia finished it" in office.told
    assert button_of(office.slack.told[-1]) == "", "it is not undone in turn"
    office.click(PMM, UNDO, value)
    assert "cannot be undone any more" in office.told


@pytest.mark.parametrize(
    ("action", "values", "state"),
    [
        ("task_begin", None, "doing"),
        ("task_done", {"link": "https://example.com/plan"}, "done"),
        ("task_block", {"reason": "no budget"}, "blocked"),
    ],
)
def test_a_click_on_a_message_is_undone_by_its_answer(
    falcon_office: Office, action: str, values: dict[str, str] | None, state: str
) -> None:
    """The message itself says what was done, and is again as it was."""
    office = falcon_office
    before = deepcopy(office.message(PMM, "Positioning"))
    office.press(PMM, before, action)
    if values is not None:
        office.fill(PMM, **values)
    assert status(office.store, "positioning") == state
    assert office.message(PMM, "Positioning")["blocks"] != before["blocks"]
    office.click(PMM, UNDO, button_of(office.slack.told[-1]))
    office.fill(PMM)
    assert status(office.store, "positioning") == "ready"
    assert office.message(PMM, "Positioning")["blocks"] == before["blocks"]


def test_a_form_is_undone_by_its_answer(falcon_office: Office) -> None:
    office = falcon_office
    before = launch(office.store).launch_on
    office.type(LEAD, f"move {SLUG}")
    office.fill(LEAD, launch_on="2027-02-23")
    office.fill(LEAD)
    assert launch(office.store).launch_on != before
    office.click(LEAD, UNDO, button_of(office.slack.told[-1]))
    office.fill(LEAD)
    assert launch(office.store).launch_on == before


def test_the_button_is_of_use_for_ten_minutes(falcon_office: Office) -> None:
    office = falcon_office
    office.type(PMM, f"done {SLUG} positioning")
    value = button_of(office.slack.told[-1])
    office.now += timedelta(minutes=11)
    office.click(PMM, UNDO, value)
    assert "cannot be undone any more" in office.told
    assert status(office.store, "positioning") == "done"


def test_an_answer_that_tells_of_no_change_has_no_button(falcon_office: Office) -> None:
    for _ in range(2):
        falcon_office.type(PMM, f"done {SLUG} positioning")
    assert button_of(falcon_office.slack.told[-1]) == ""


def test_the_home_tab_has_the_button_below_the_outcome(falcon_office: Office) -> None:
    office = falcon_office
    home = {"container": {"type": "view"}, "view": {"type": "home", "id": "V1"}}
    office.click(PMM, "task_begin", f"{SLUG}|positioning", **home)
    assert status(office.store, "positioning") == "doing"
    _, shown = office.slack.homes[-1]
    assert problems_of_view(shown) == []
    office.click(PMM, UNDO, button_of(shown), **home)
    office.fill(PMM)
    assert status(office.store, "positioning") == "ready"
