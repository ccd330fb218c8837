"""Answers to forms and clicks that came too late, or are carried out later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from launch_kits.slack.messages.answers import note
from launch_kits.slack.messages.blocks import Block, Message
from launch_kits.slack.messages.forms import View

__all__ = [
    "AGAIN",
    "DONE_BEFORE",
    "GONE",
    "KEPT_FOR_LATER",
    "TOO_LATE",
    "TOO_LATE_TO_OPEN",
    "refilled",
    "with_form",
]

#: the button that opens a form again, with the values that were typed
AGAIN = "form_again"

KEPT_FOR_LATER = (
    "This cannot be done at this moment. It is not lost: it will be done within minutes, "
    "as soon as Slack and the database answer again."
)
TOO_LATE = (
    "This took too long, so nothing was changed. What you typed is still here: "
    "please submit it again."
)
TOO_LATE_TO_OPEN = (
    "Slack could not open the form in time. Please press the button again."
)
DONE_BEFORE = (
    "This form was sent before, and was carried out then. "
    "What you changed in it since was not: please open the form anew."
)
GONE = "What you typed is not kept any more. Please open the form anew."

#: the properties of a modal that are sent back to Slack
_OF_VIEW = ("type", "callback_id", "private_metadata", "title", "submit", "close")
#: the kind of an input → the value in its state, and the property that sets it at first
_INITIAL = {
    "plain_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "static_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
}


def with_form(said: str, key: str) -> Message:
    """An answer with a button that opens the form again; ``key`` is the form's."""
    label: Block = {"type": "plain_text", "text": "Open the form again", "emoji": False}
    button: Block = {"type": "button", "action_id": AGAIN, "text": label, "value": key}
    answer = note(f"{said} What you typed is kept.")
    row: Block = {"type": "actions", "elements": [button]}
    return replace(answer, blocks=(*answer.blocks, row))


def refilled(view: Mapping[str, Any]) -> View | None:
    """A submitted modal to open again, with the submitted values in its inputs.

    Returns None for a view that is not a modal with blocks.
    """
    blocks = view.get("blocks")
    if view.get("type") != "modal" or not isinstance(blocks, list) or not blocks:
        return None
    state = view.get("state") or {}
    kept = {name: view[name] for name in _OF_VIEW if view.get(name)}
    filled = list(_filled(blocks, state.get("values") or {}))
    return {"private_metadata": "", **kept, "blocks": filled}


def _filled(blocks: list[Any], values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        element = block.get("element")
        if block.get("type") != "input" or not isinstance(element, dict):
            yield block
            continue
        answers = values.get(block.get("block_id"), {})
        given = answers.get(element.get("action_id"), {})
        source, target = _INITIAL.get(element.get("type", ""), ("", ""))
        filled = {name: value for name, value in element.items() if name != target}
        if value := given.get(source):
            filled[target] = value
        yield {**block, "element": filled}
