"""The labels of buttons, one for each act, in messages and in the launch room."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["LABELS"]

#: act → the label of its button
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "begin": "Start",
        "done": "Done",
        "approve": "Approve",
        "reject": "Send back",
        "grant": "Grant",
        "refuse": "Refuse",
        "block": "Blocked",
        "unblock": "Unblock",
        "ack": "On it",
        "extend": "Need more time",
        "note": "Write a note",
        "reply": "Reply",
        "reassign": "Give to someone else",
        "edit": "Edit",
        "drop": "Leave out",
        "reopen": "Take up again",
        "decide": "Decide",
        "tick": "Checklist",
        "open": "Open",
        "checks": "Checks",
        "uphold": "It holds",
        "concede": "It is wrong",
        "card": "Show the card",
        "verify": "Still right",
        "change": "Needs a change",
        "move": "Move the launch",
        "replan": "Plan again",
    }
)
