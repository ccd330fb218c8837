from __future__ import annotations

from launch_kits.slack.messages.forms import (
    checkboxes,
    choice,
    date_input,
    modal,
    text_input,
)
from launch_kits.slack.messages.late import AGAIN, refilled, with_form
from tests.slack.block_kit import problems, problems_of_view

INPUTS = [
    text_input("note", "Note", optional=True, initial="First"),
    date_input("until", "Until"),
    choice("kit", "Kit", [("a", "A"), ("b", "B")], initial="a"),
    checkboxes("checks", "Checks", [("x", "X"), ("y", "Y")]),
]
VIEW = modal(
    "More time", INPUTS, name="task_extend", private="{}", submit="Ask", close="No"
)
OPTION = {"text": {"type": "plain_text", "text": "B", "emoji": False}, "value": "b"}


def state(**values: object) -> dict[str, object]:
    return {**VIEW, "id": "V1", "state": {"values": values}}


def test_a_form_is_opened_again_with_the_values_that_were_sent() -> None:
    box = VIEW["blocks"][3]["element"]["options"][1]
    sent = state(
        note={"note": {"type": "plain_text_input", "value": "Typed"}},
        until={"until": {"type": "datepicker", "selected_date": "2027-01-20"}},
        kit={"kit": {"type": "static_select", "selected_option": OPTION}},
        checks={"checks": {"type": "checkboxes", "selected_options": [box]}},
    )
    again = refilled(sent)
    assert problems_of_view(again) == []
    elements = [block["element"] for block in again["blocks"]]
    assert elements[0]["initial_value"] == "Typed"
    assert elements[1]["initial_date"] == "2027-01-20"
    assert elements[2]["initial_option"] == OPTION
    assert elements[3]["initial_options"] == [box]


def test_an_input_that_was_emptied_stays_empty() -> None:
    again = refilled(state(note={"note": {"type": "plain_text_input", "value": None}}))
    assert problems_of_view(again) == []
    assert "initial_value" not in again["blocks"][0]["element"]


def test_only_a_modal_is_opened_again() -> None:
    assert refilled({}) is None
    assert refilled({"type": "home", "blocks": [{"type": "divider"}]}) is None
    assert refilled({"type": "modal", "blocks": []}) is None


def test_an_answer_offers_the_form() -> None:
    answer = with_form("Not done: no.", "modal:V1")
    assert answer.text == "Not done: no. What you typed is kept."
    assert problems(list(answer.blocks)) == []
    (button,) = answer.blocks[-1]["elements"]
    assert (button["action_id"], button["value"]) == (AGAIN, "modal:V1")
