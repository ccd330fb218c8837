from __future__ import annotations

from launch_kits.slack.messages.late import AGAIN, GONE
from tests.launches import LEAD, PMM
from tests.slack.office import Office

FILLED = {"product": "Heron 3", "launch": "heron-3", "launch_on": "2027-09-01"}
UNKNOWN = "Not done: No Slack user has this email; choose someone in this workspace."


def refused(office: Office) -> str:
    """The value of the button under the refusal of a form."""
    office.type(LEAD, "start")
    assert office.fill(LEAD, **FILLED, lead="gone@example.com") == {}
    assert office.told.startswith(UNKNOWN)
    (button,) = office.slack.told[-1]["blocks"][-1]["elements"]
    assert button["action_id"] == AGAIN
    return str(button["value"])


def test_a_form_that_was_refused_is_opened_again_with_what_was_typed(
    falcon_office: Office,
) -> None:
    value = refused(falcon_office)
    assert falcon_office.started == []
    falcon_office.click(LEAD, AGAIN, value)
    inputs = {
        block["block_id"]: block["element"]
        for block in falcon_office.slack.modals[-1][1]["blocks"]
        if block["type"] == "input"
    }
    assert inputs["product"]["initial_value"] == "Heron 3"
    assert inputs["lead"]["initial_value"] == "gone@example.com"
    assert falcon_office.fill(LEAD, lead=LEAD) == {}
    assert [brief.launch for brief in falcon_office.started] == ["heron-3"]


def test_no_one_else_opens_it(falcon_office: Office) -> None:
    value = refused(falcon_office)
    shown = len(falcon_office.slack.modals)
    falcon_office.click(PMM, AGAIN, value)
    assert falcon_office.told == GONE
    falcon_office.click(LEAD, AGAIN, "modal:unknown")
    assert falcon_office.told == GONE
    assert len(falcon_office.slack.modals) == shown
