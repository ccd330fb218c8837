"""The parts of messages and views that Slack accepts and we use.

Unknown blocks and properties are faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

# https://docs.slack.dev/reference/block-kit
TEXT = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}
BLOCKS = {
    "header": {"type", "text"},
    "section": {"type", "text", "fields", "accessory"},
    "context": {"type", "elements"},
    "actions": {"type", "elements"},
    "rich_text": {"type", "elements"},
}
IN_VIEWS = {
    "input": {
        "type",
        "block_id",
        "label",
        "element",
        "optional",
        "hint",
        "dispatch_action",
    }
}
#: the properties of an input's element, and how long its text may be
INPUTS = {
    "plain_text_input": {"multiline", "max_length", "initial_value"},
    "url_text_input": {"initial_value"},
    "email_text_input": {"initial_value"},
    "datepicker": {"initial_date"},
    "static_select": {"options", "initial_option"},
    "checkboxes": {"options", "initial_options"},
    "users_select": {"initial_user"},
    "radio_buttons": {"options", "initial_option"},
    "multi_static_select": {"options", "initial_options"},
    "number_input": {
        "is_decimal_allowed",
        "min_value",
        "max_value",
        "initial_value",
    },
}
VIEWS = {
    "modal": {
        "type",
        "callback_id",
        "private_metadata",
        "title",
        "close",
        "submit",
        "blocks",
    },
    "home": {"type", "blocks"},
}
BUTTON = {"type", "action_id", "text", "value", "style", "url"}


def problems(blocks: object) -> list[str]:
    """Everything that is wrong with the blocks of a message."""
    if not isinstance(blocks, list):
        return ["not a list"]
    found = [] if len(blocks) <= 50 else [f"{len(blocks)} blocks"]
    ids = [each["action_id"] for block in blocks for each in buttons_of(block)]
    if len(ids) != len(set(ids)):
        found.append(f"repeated action ids: {ids}")
    if sum(units(text["text"]) for text in texts(blocks)) > 12_000:
        found.append("too many characters in all")
    for at, block in enumerate(blocks):
        found += [f"block {at}: {fault}" for fault in _block(block)]
    return found


def problems_of_view(view: object) -> list[str]:
    """Everything that is wrong with a modal or an App Home."""
    if (
        not isinstance(view, Mapping)
        or view.get("type") not in VIEWS
        or set(view) - VIEWS[view["type"]]
    ):
        return [f"no view: {view}"]
    blocks = view["blocks"]
    found = [] if 1 <= len(blocks) <= 100 else [f"{len(blocks)} blocks"]
    for at, block in enumerate(blocks):
        found += [f"block {at}: {fault}" for fault in _block(block, view=True)]
    ids = [each["action_id"] for block in blocks for each in buttons_of(block)]
    if len(ids) != len(set(ids)):
        found.append(f"repeated action ids: {ids}")
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(named) != len(set(named)):
        found.append(f"repeated block ids: {named}")
    if view["type"] == "modal":
        found += _modal(view)
    elif any(block["type"] == "input" for block in blocks):
        found.append("an input in the App Home")
    return found


def buttons_of(block: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The buttons of a block: its actions, or the one beside its text."""
    beside = [block["accessory"]] if "accessory" in block else []
    return beside + (block["elements"] if block["type"] == "actions" else [])


def _modal(view: Mapping[str, object]) -> Iterator[str]:
    for name in ("title", "close", "submit"):
        if name in view:
            yield from _text(view[name], 24, kinds=("plain_text",))
    if not 1 <= len(view["callback_id"]) <= 255:
        yield "callback_id"
    if units(view["private_metadata"]) > 3000:
        yield "private_metadata"
    if (
        any(block["type"] == "input" for block in view["blocks"])
        and "submit" not in view
    ):
        yield "inputs, and nothing to send them with"


def texts(part: object) -> Iterator[Mapping[str, str]]:
    """Every text object, in reading order."""
    if isinstance(part, list | tuple):
        for item in part:
            yield from texts(item)
    elif isinstance(part, Mapping):
        if part.get("type") in (*TEXT, "text", "link") and "text" in part:
            yield part
        for item in part.values():
            if not isinstance(item, str):
                yield from texts(item)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _block(block: Mapping[str, object], *, view: bool = False) -> Iterator[str]:
    kind = str(block.get("type"))
    known = BLOCKS | IN_VIEWS if view else BLOCKS
    if kind not in known or set(block) - known[kind] - (
        {"block_id"} if view else set()
    ):
        yield f"{kind} with {sorted(block)}"
        return
    if not 1 <= len(block.get("block_id", "x")) <= 255:
        yield "block_id"
    if kind == "input":
        yield from _input(block)
    elif kind == "header":
        yield from _text(block["text"], 150, kinds=("plain_text",))
    elif kind == "section":
        yield from _section(block)
    elif kind == "rich_text":
        yield from _rich_text(block["elements"])
    else:
        most, check = (
            (25, _button) if kind == "actions" else (10, lambda text: _text(text, 3000))
        )
        if not 1 <= len(block["elements"]) <= most:
            yield f"{len(block['elements'])} elements"
        for element in block["elements"]:
            yield from check(element)


def _input(block: Mapping[str, object]) -> Iterator[str]:
    yield from _text(block["label"], 2000, kinds=("plain_text",))
    if "hint" in block:
        yield from _text(block["hint"], 2000, kinds=("plain_text",))
    element = block["element"]
    kind = element["type"]
    if kind not in INPUTS or set(element) - INPUTS[kind] - {"type", "action_id"}:
        yield f"{kind} with {sorted(element)}"
        return
    if not 1 <= len(element["action_id"]) <= 255:
        yield "action_id"
    if not 1 <= element.get("max_length", 3000) <= 3000:
        yield "max_length"
    if "initial_value" in element and not 1 <= units(
        element["initial_value"]
    ) <= element.get("max_length", 3000):
        yield "initial_value"
    if "initial_date" in element:
        date.fromisoformat(element["initial_date"])
    if "options" in element:
        many = kind in ("static_select", "multi_static_select")
        yield from _menu(element, most=100 if many else 10)
    if kind == "number_input" and not isinstance(element["min_value"], str):
        yield "min_value"


def _menu(menu: Mapping[str, object], *, most: int) -> Iterator[str]:
    options = menu["options"]
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    for option in options:
        yield from _text(option["text"], 75, kinds=("plain_text",))
        if set(option) != {"text", "value"} or not 1 <= len(option["value"]) <= 150:
            yield f"option {option}"
    if menu.get("initial_option", options[0]) not in options:
        yield "initial_option"
    ticked = menu.get("initial_options", options[:1])
    if not ticked or any(option not in options for option in ticked):
        yield "initial_options"


def _section(block: Mapping[str, object]) -> Iterator[str]:
    fields = block.get("fields", [])
    if not block.get("text") and not fields:
        yield "a section without text or fields"
    if "text" in block:
        yield from _text(block["text"], 3000)
    if len(fields) > 10:
        yield f"{len(fields)} fields"
    for field in fields:
        yield from _text(field, 2000)
    if "accessory" in block:
        yield from _button(block["accessory"])


def _rich_text(elements: object) -> Iterator[str]:
    """The faults of sections and bullet lists with plain texts and links in them."""
    if not elements:
        yield "an empty rich text"
    for element in elements:
        if element["type"] == "rich_text_list":
            if set(element) != {"type", "style", "elements"}:
                yield f"a list with {sorted(element)}"
            yield from _rich_text(element["elements"])
        elif element["type"] != "rich_text_section" or not element["elements"]:
            yield f"{element}"
        else:
            for text in element["elements"]:
                known = {"text": {"style"}, "link": {"url"}}[text["type"]]
                if set(text) - known != {"type", "text"} or not text["text"].strip():
                    yield f"{text}"


def _button(button: Mapping[str, object]) -> Iterator[str]:
    if button.get("type") != "button" or set(button) - BUTTON:
        yield f"{button.get('type')} with {sorted(button)}"
        return
    yield from _text(button["text"], 75, kinds=("plain_text",))
    if not 1 <= len(button["action_id"]) <= 255:
        yield "action_id"
    if "url" in button and not 1 <= len(button["url"]) <= 3000:
        yield "url"
    if not 1 <= len(button.get("value", "")) <= 2000 and (
        "value" in button or "url" not in button
    ):
        yield "value"
    if button.get("style", "primary") not in ("primary", "danger"):
        yield "style"


def _text(
    text: object, most: int, *, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")
) -> Iterator[str]:
    if (
        not isinstance(text, Mapping)
        or text.get("type") not in kinds
        or set(text) - TEXT[text["type"]]
    ):
        yield f"no text of {kinds}: {text}"
    elif not text["text"].strip():
        yield "empty text"
    elif units(text["text"]) > most:
        yield f"{units(text['text'])} of {most} characters"
