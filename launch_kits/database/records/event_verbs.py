"""The verbs that events record, and one table of their phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

__all__ = ["EVENT_PHRASES", "EventPhrase", "EventVerb", "phrase_of"]


class EventVerb(StrEnum):
    """The verb that an event records; the database refuses any other."""

    START = "start"
    BEGIN = "begin"
    DONE = "done"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    BLOCK = "block"
    UNBLOCK = "unblock"
    NOTE = "note"
    TICK = "tick"
    DROP = "drop"
    REOPEN = "reopen"
    ADD = "add"
    EDIT = "edit"
    REASSIGN = "reassign"
    DELEGATE = "delegate"
    EXTEND = "extend"
    REFUSE = "refuse"
    CHECK = "check"
    UNCHECK = "uncheck"
    WAIVE = "waive"
    DECIDE = "decide"
    MOVE = "move"
    UPDATE = "update"
    UPGRADE = "upgrade"
    CANCEL = "cancel"
    #: recorded by the software itself
    READY = "ready"
    WAIT = "wait"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class EventPhrase:
    """How Slack tells of an event."""

    #: a line in the thread of the task's message, with `{owner}` and `{until}` to fill in
    line: str
    #: a deed in the task's details, after the name of the person
    deed: str


EVENT_PHRASES: Mapping[EventVerb, EventPhrase] = MappingProxyType(
    {
        EventVerb.START: EventPhrase("start", "start"),
        EventVerb.BEGIN: EventPhrase("started", "began"),
        EventVerb.DONE: EventPhrase("done", "was done"),
        EventVerb.SUBMIT: EventPhrase("handed in", "handed it in"),
        EventVerb.APPROVE: EventPhrase("approved", "approved it"),
        EventVerb.REJECT: EventPhrase("sent back", "sent it back"),
        EventVerb.BLOCK: EventPhrase("blocked", "is blocked"),
        EventVerb.UNBLOCK: EventPhrase("no longer blocked", "goes on"),
        EventVerb.NOTE: EventPhrase("note", "noted"),
        EventVerb.TICK: EventPhrase("checklist", "went through its checklist"),
        EventVerb.DROP: EventPhrase("dropped", "dropped it"),
        EventVerb.REOPEN: EventPhrase("opened again", "took it up again"),
        EventVerb.ADD: EventPhrase("add", "added it"),
        EventVerb.EDIT: EventPhrase("changed", "changed it"),
        EventVerb.REASSIGN: EventPhrase("given to {owner}", "gave it to somebody else"),
        EventVerb.DELEGATE: EventPhrase("delegate", "delegate"),
        EventVerb.EXTEND: EventPhrase("due {until}", "took more time"),
        EventVerb.REFUSE: EventPhrase(
            "more time until {until} refused", "refused more time"
        ),
        EventVerb.CHECK: EventPhrase("check", "check"),
        EventVerb.UNCHECK: EventPhrase("uncheck", "uncheck"),
        EventVerb.WAIVE: EventPhrase("waive", "waive"),
        EventVerb.DECIDE: EventPhrase("decided", "decided on it"),
        EventVerb.MOVE: EventPhrase("move", "move"),
        EventVerb.UPDATE: EventPhrase("update", "update"),
        EventVerb.UPGRADE: EventPhrase("upgrade", "upgrade"),
        EventVerb.CANCEL: EventPhrase("cancel", "cancel"),
        EventVerb.READY: EventPhrase("ready to start", "it could be started"),
        EventVerb.WAIT: EventPhrase("waits again", "it waits again"),
        EventVerb.OVERDUE: EventPhrase("overdue", "its due day passed"),
        EventVerb.EXPIRED: EventPhrase("expired", "expired"),
        EventVerb.FINISHED: EventPhrase("finished", "finished"),
    }
)

#: more time that the lead has still to answer
_ASKED = EventPhrase("more time asked for, until {until}", "asked for more time")

#: more time up to the due day, which stays
_GRANTED = EventPhrase("more time until {until}", "took more time")


def phrase_of(verb: str, data: Mapping[str, Any]) -> EventPhrase:
    """The phrase of an event.

    Returns the verb itself for one that a newer version recorded.
    """
    if verb == EventVerb.EXTEND and data.get("asked"):
        return _ASKED
    if verb == EventVerb.EXTEND and data.get("due"):
        return _GRANTED
    known = verb in EventVerb.__members__.values()
    return EVENT_PHRASES[EventVerb(verb)] if known else EventPhrase(verb, verb)
