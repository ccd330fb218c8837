"""The rules of permissions: the acts of people, who may take them, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

__all__ = ["RULES", "Involvement", "Permission", "Verb"]


class Verb(StrEnum):
    """The acts of people that a rule is about."""

    BEGIN = "begin"
    DONE = "done"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    BLOCK = "block"
    UNBLOCK = "unblock"
    DROP = "drop"
    REOPEN = "reopen"
    NOTE = "note"
    #: the points of a task's checklist
    TICK = "tick"
    REASSIGN = "reassign"
    EXTEND = "extend"
    #: grant or refuse more time
    ANSWER = "answer"
    CHECK = "check"
    UNCHECK = "uncheck"
    WAIVE = "waive"
    DECIDE = "decide"
    ADD = "add"
    #: the title and the checklist of a task
    EDIT = "edit"
    #: the days, predecessors and due day of a task
    REPLAN = "replan"
    MOVE = "move"
    UPDATE = "update"
    #: close a launch whose open work no longer matters
    END = "end"
    CANCEL = "cancel"
    DELEGATE = "delegate"
    #: answer a question of a seller
    ANSWER_QUESTION = "answer question"
    #: say that a card still holds, or name the change that it needs
    VERIFY = "verify"
    #: ask the answer desk
    ASK = "ask"
    #: ask a person the question that was answered automatically
    ASK_ANYWAY = "ask anyway"
    #: say that a line of a card is wrong
    FLAG = "flag"
    #: have a task handed out before its day
    ASK_FOR = "ask for"
    #: take one's own last change back
    UNDO = "undo"
    #: make and revoke links that show a part of a launch without a sign-in
    SHARE = "share"


class Involvement(StrEnum):
    """The part that a person has in a subject."""

    OWNER = "owner"
    BACKUP = "backup"
    MANAGER = "manager"
    APPROVER = "approver"
    SPONSOR = "sponsor"
    #: the person who was named as the one who can help with blocked work
    HELPER = "helper"
    #: the person who made the check
    CHECKER = "checker"
    #: the person who asked the question, or made the change
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Permission:
    """The parts that may, and the refusal's words for the act."""

    parts: tuple[Involvement, ...]
    #: after "may not" on the command line, elsewhere after "only Lee can"
    act: str
    #: whether the lead may, too
    lead: bool = True
    #: whether every member of the workspace may
    anyone: bool = False


_WORKER = (Involvement.OWNER, Involvement.BACKUP)

RULES: Mapping[Verb, Permission] = MappingProxyType(
    {
        Verb.BEGIN: Permission(_WORKER, "begin {}"),
        Verb.DONE: Permission(_WORKER, "finish {}"),
        Verb.SUBMIT: Permission(_WORKER, "hand {} in"),
        Verb.APPROVE: Permission((Involvement.APPROVER,), "approve {}"),
        Verb.REJECT: Permission((Involvement.APPROVER,), "send {} back"),
        Verb.BLOCK: Permission(_WORKER, "say that {} is blocked"),
        Verb.UNBLOCK: Permission(_WORKER, "say that {} can go on"),
        Verb.DROP: Permission(_WORKER, "leave {} out"),
        Verb.REOPEN: Permission(_WORKER, "take {} up again"),
        Verb.NOTE: Permission(
            (*_WORKER, Involvement.APPROVER, Involvement.HELPER),
            "write a note on {}",
        ),
        Verb.TICK: Permission(_WORKER, "tick the checklist of {}"),
        Verb.REASSIGN: Permission(_WORKER, "give {} away"),
        Verb.EXTEND: Permission(_WORKER, "ask for more time for {}"),
        Verb.ANSWER: Permission((), "give {} more time"),
        # No one attests to their own work alone: `people_for` takes such a person out.
        Verb.CHECK: Permission(_WORKER, "tick the checks of {}"),
        Verb.UNCHECK: Permission((*_WORKER, Involvement.CHECKER), "take {} back"),
        Verb.WAIVE: Permission((Involvement.SPONSOR,), "let {} pass"),
        Verb.DECIDE: Permission((Involvement.SPONSOR,), "decide on {}"),
        Verb.ADD: Permission((), "add a task to {}"),
        Verb.EDIT: Permission(_WORKER, "edit {}"),
        Verb.REPLAN: Permission((), "change more of {} than its title and checklist"),
        Verb.MOVE: Permission((), "move {}"),
        Verb.UPDATE: Permission((), "change {}"),
        Verb.END: Permission((), "end {}"),
        Verb.CANCEL: Permission((), "cancel {}"),
        Verb.DELEGATE: Permission(_WORKER, "delegate the work of {}"),
        Verb.ANSWER_QUESTION: Permission((*_WORKER, Involvement.MANAGER), "answer {}"),
        Verb.VERIFY: Permission((*_WORKER, Involvement.MANAGER), "review {}"),
        Verb.ASK: Permission((), "ask about {}", anyone=True),
        Verb.ASK_ANYWAY: Permission((Involvement.AUTHOR,), "ask {} again", lead=False),
        Verb.FLAG: Permission((), "doubt a card of {}", anyone=True),
        Verb.ASK_FOR: Permission(_WORKER, "ask for {} before its day", lead=False),
        Verb.UNDO: Permission((Involvement.AUTHOR,), "undo a change of {}", lead=False),
        Verb.SHARE: Permission((Involvement.SPONSOR,), "share {}"),
    }
)
