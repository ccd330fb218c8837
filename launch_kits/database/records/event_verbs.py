"""The verbs that events record, and one table of their phrases."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

__all__ = ["EVENT_PHRASES", "EventVerb", "phrase_of"]


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
    ASK = "ask"
    ANSWER = "answer"
    FLAG = "flag"
    PROPOSE = "propose"
    DECLINE = "decline"
    UNDO = "undo"
    #: recorded by the software itself
    READY = "ready"
    WAIT = "wait"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    FINISHED = "finished"


#: follows the name of the person who did it, with `{owner}`, `{until}`, `{due}` and `{launch_on}`
#: to fill in; of the verbs that the software records, a sentence of its own
EVENT_PHRASES: Mapping[EventVerb, str] = MappingProxyType(
    {
        EventVerb.START: "started the launch",
        EventVerb.BEGIN: "started it",
        EventVerb.DONE: "finished it",
        EventVerb.SUBMIT: "handed in the work",
        EventVerb.APPROVE: "approved it",
        EventVerb.REJECT: "sent it back",
        EventVerb.BLOCK: "says that it is blocked",
        EventVerb.UNBLOCK: "says that it is no longer blocked",
        EventVerb.NOTE: "noted",
        EventVerb.TICK: "went through its checklist",
        EventVerb.DROP: "dropped it",
        EventVerb.REOPEN: "opened it again",
        EventVerb.ADD: "added it",
        EventVerb.EDIT: "changed it",
        EventVerb.REASSIGN: "gave it to {owner}",
        EventVerb.DELEGATE: "handed over work",
        EventVerb.EXTEND: "gave time until {until}",
        EventVerb.REFUSE: "refused more time until {until}",
        EventVerb.CHECK: "ticked a check",
        EventVerb.UNCHECK: "took a check back",
        EventVerb.WAIVE: "waived a check",
        EventVerb.DECIDE: "decided on it",
        EventVerb.MOVE: "moved the launch",
        EventVerb.UPDATE: "changed the brief",
        EventVerb.UPGRADE: "changed the kit",
        EventVerb.CANCEL: "cancelled the launch",
        EventVerb.ASK: "asked the answer desk",
        EventVerb.ANSWER: "answered a question",
        EventVerb.FLAG: "says that a line is wrong",
        EventVerb.PROPOSE: "proposed an answer for the FAQ",
        EventVerb.DECLINE: "left an answer out of the FAQ",
        EventVerb.UNDO: "undid a change",
        EventVerb.READY: "it can be started",
        EventVerb.WAIT: "it waits again",
        EventVerb.OVERDUE: "overdue, was due {due}",
        EventVerb.EXPIRED: "a claim ended",
        EventVerb.FINISHED: "every task is done",
    }
)

#: more time that the lead has still to answer
_ASKED = "asked for more time, until {until}"

#: more time up to the due day, which stays
_TAKEN = "took more time, until {until}"

#: a move to another day, and one that plans the launch anew for its day
_MOVED = "moved the launch to {launch_on}"
_PLANNED_AGAIN = "planned the launch again"

#: the end of a launch, if a person closed it with open tasks
_CLOSED = "closed the launch"

#: a decision, by whether the launch goes
_DECIDED = {True: "decided on a go", False: "decided on a no-go"}


def phrase_of(verb: str, data: Mapping[str, Any]) -> str:
    """The phrase of an event.

    Returns the verb itself for one that a newer version recorded.
    """
    if verb == EventVerb.UNDO and data.get("did"):
        return f"undid this: {phrase_of(str(data['did']), data)}"
    if verb not in EventVerb.__members__.values():
        return verb
    return _by_facts(verb, data) or EVENT_PHRASES[EventVerb(verb)]


def _by_facts(verb: str, data: Mapping[str, Any]) -> str | None:
    """The phrase of an event whose facts tell more than its verb; None for the others."""
    match verb:
        case EventVerb.EXTEND if data.get("asked"):
            return _ASKED
        case EventVerb.EXTEND if data.get("due"):
            return _TAKEN
        case EventVerb.FINISHED if "dropped" in data:
            return _CLOSED
        case EventVerb.DECIDE:
            return _DECIDED[data["go"]] if data.get("go") in _DECIDED else None
        case EventVerb.MOVE if data.get("launch_on"):
            same = data["launch_on"] == data.get("launch_before")
            return _PLANNED_AGAIN if same else _MOVED
        case _:
            return None
