"""What Slack takes in a message, as far as our messages go; unknown blocks and properties are faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

# https://docs.slack.dev/reference/block-kit
TEXT = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}
BLOCKS = {
    "header": {"type", "text"},
    "section": {"type", "text", "fields"},
    "context": {"type", "elements"},
    "actions": {"type", "elements"},
}
BUTTON = {"type", "action_id", "text", "value", "style"}


def problems(blocks: object) -> list[str]:
    """Everything that is wrong with the blocks of a message."""
    if not isinstance(blocks, list):
        return ["not a list"]
    found = [] if len(blocks) <= 50 else [f"{len(blocks)} blocks"]
    ids = [element["action_id"] for block in blocks if block["type"] == "actions" for element in block["elements"]]
    if len(ids) != len(set(ids)):
        found.append(f"repeated action ids: {ids}")
    if sum(units(text["text"]) for text in texts(blocks)) > 12_000:
        found.append("too many characters in all")
    for at, block in enumerate(blocks):
        found += [f"block {at}: {fault}" for fault in _block(block)]
    return found


def texts(part: object) -> Iterator[Mapping[str, str]]:
    """Every text object, in reading order."""
    if isinstance(part, list | tuple):
        for item in part:
            yield from texts(item)
    elif isinstance(part, Mapping):
        if part.get("type") in TEXT:
            yield part
        for item in part.values():
            if not isinstance(item, str):
                yield from texts(item)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _block(block: Mapping[str, object]) -> Iterator[str]:
    kind = str(block.get("type"))
    if kind not in BLOCKS or set(block) - BLOCKS[kind]:
        yield f"{kind} with {sorted(block)}"
    elif kind == "header":
        yield from _text(block["text"], 150, kinds=("plain_text",))
    elif kind == "section":
        yield from _section(block)
    else:
        most, check = (25, _button) if kind == "actions" else (10, lambda text: _text(text, 3000))
        if not 1 <= len(block["elements"]) <= most:
            yield f"{len(block['elements'])} elements"
        for element in block["elements"]:
            yield from check(element)


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


def _button(button: Mapping[str, object]) -> Iterator[str]:
    if button.get("type") != "button" or set(button) - BUTTON:
        yield f"{button.get('type')} with {sorted(button)}"
        return
    yield from _text(button["text"], 75, kinds=("plain_text",))
    if not 1 <= len(button["action_id"]) <= 255:
        yield "action_id"
    if not 1 <= len(button["value"]) <= 2000:
        yield "value"
    if button.get("style", "primary") not in ("primary", "danger"):
        yield "style"


def _text(text: object, most: int, *, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> Iterator[str]:
    if not isinstance(text, Mapping) or text.get("type") not in kinds or set(text) - TEXT[text["type"]]:
        yield f"no text of {kinds}: {text}"
    elif not text["text"].strip():
        yield "empty text"
    elif units(text["text"]) > most:
        yield f"{units(text['text'])} of {most} characters"
