"""Buttons of one message or view, each with an id of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from launch_kits.slack.api.transport import items
from launch_kits.slack.messages.blocks import Block

__all__ = ["told_apart"]


def told_apart(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with a number after each button's id that was used before.

    ``task_begin``, ``task_begin:2``.
    """
    seen: Counter[str] = Counter()

    def numbered(button: Mapping[str, object]) -> Block:
        name = str(button["action_id"])
        seen[name] += 1
        return {
            **button,
            "action_id": name if seen[name] == 1 else f"{name}:{seen[name]}",
        }

    return [
        {**block, "elements": [numbered(button) for button in items(block, "elements")]}
        if block["type"] == "actions"
        else block
        for block in blocks
    ]
