"""Permissions: who may do what.

A verb enforces its rule with `must`, and every door asks `may` which actions to offer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from launch_kits.errors import NotYours
from launch_kits.plan.absence import Deputies
from launch_kits.verbs.doors import OUTSIDERS, PREFECT, Actor, Door, Via

__all__ = [
    "PREFECT",
    "RULES",
    "Actor",
    "Denial",
    "Door",
    "Involvement",
    "Permission",
    "Verb",
    "VerbSubject",
    "Via",
    "may",
    "must",
    "people_for",
    "task_subject",
]


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
    #: make and revoke links that show a part of a launch without a sign-in
    SHARE = "share"


class Involvement(StrEnum):
    """The part that a person has in a subject."""

    OWNER = "owner"
    BACKUP = "backup"
    MANAGER = "manager"
    APPROVER = "approver"
    SPONSOR = "sponsor"
    #: the person who made the check
    CHECKER = "checker"


@dataclass(frozen=True, slots=True)
class VerbSubject:
    """The launch, task or gate that a verb is about, with its people by email."""

    name: str
    lead: str
    owner: str | None = None
    backup: str | None = None
    manager: str | None = None
    approver: str | None = None
    sponsor: str | None = None
    checker: str | None = None
    #: of a gate: the owners of the work that it checks, and the launch's team
    workers: frozenset[str] = frozenset()
    team: tuple[str, ...] = ()
    #: who acts for those who are away; None if everyone is there
    away: Deputies | None = None


@dataclass(frozen=True, slots=True)
class Permission:
    """The parts that may, besides the lead, and the refusal's words for the act."""

    parts: tuple[Involvement, ...]
    act: str


@dataclass(frozen=True, slots=True)
class Denial:
    """Why an actor may not: a sentence, and the people who may."""

    text: str
    #: the first is the person expected to act
    people: tuple[str, ...]


_WORKER = (Involvement.OWNER, Involvement.BACKUP)

RULES: Mapping[Verb, Permission] = MappingProxyType(
    {
        Verb.BEGIN: Permission(_WORKER, "begin it: {}"),
        Verb.DONE: Permission(_WORKER, "finish it: {}"),
        Verb.SUBMIT: Permission(_WORKER, "submit it: {}"),
        Verb.APPROVE: Permission((Involvement.APPROVER,), "approve it: {}"),
        Verb.REJECT: Permission((Involvement.APPROVER,), "send it back: {}"),
        Verb.BLOCK: Permission(_WORKER, "block it: {}"),
        Verb.UNBLOCK: Permission(_WORKER, "unblock it: {}"),
        Verb.DROP: Permission(_WORKER, "drop it: {}"),
        Verb.REOPEN: Permission(_WORKER, "reopen it: {}"),
        Verb.NOTE: Permission((*_WORKER, Involvement.APPROVER), "write a note on it"),
        Verb.TICK: Permission(_WORKER, "tick the checklist of {}"),
        Verb.REASSIGN: Permission(_WORKER, "reassign {}"),
        Verb.EXTEND: Permission(_WORKER, "move the due day of {}"),
        Verb.ANSWER: Permission((), "answer for more time on {}"),
        # No one attests to their own work alone: `people_for` takes such a person out.
        Verb.CHECK: Permission(_WORKER, 'check the gate of stage "{}"'),
        Verb.UNCHECK: Permission((*_WORKER, Involvement.CHECKER), "answer for {}"),
        Verb.WAIVE: Permission((Involvement.SPONSOR,), "waive {}"),
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
        Verb.SHARE: Permission((Involvement.SPONSOR,), "share {}"),
    }
)

#: the answers that no one gives to their own work, in another's place either
_ANSWERS = (Verb.APPROVE, Verb.REJECT, Verb.ANSWER)
#: the answers that a lead who owns the work leaves to its approver
_REVIEWS = (Verb.APPROVE, Verb.REJECT)


class _Task(Protocol):
    """A task's row or its view."""

    @property
    def key(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def backup(self) -> str | None: ...
    @property
    def approver(self) -> str | None: ...


def task_subject(
    task: _Task, *, lead: str, away: Deputies | None = None
) -> VerbSubject:
    """The subject of a verb about a task."""
    return VerbSubject(
        away=away,
        name=task.key,
        lead=lead,
        owner=task.owner,
        backup=task.backup,
        approver=task.approver,
    )


def may(actor: Actor, verb: Verb, subject: VerbSubject) -> Denial | None:
    """Why an actor may not do something; None if the actor may.

    While a person is away, their deputy may as well. Email addresses are compared without regard
    to case. A user of Slack who is no full member of the workspace may do nothing.
    """
    people = people_for(verb, subject)
    outside = OUTSIDERS.get(actor.via.standing)
    if outside is not None:
        act = RULES[verb].act.format(subject.name)
        return Denial(f"{actor.email} may not {act}: {outside}", people)
    if actor.email.lower() in {person.lower() for person in people}:
        return None
    if verb is Verb.CANCEL and actor.via.door is Door.PREFECT:
        return None
    act = RULES[verb].act.format(subject.name)
    why = ""
    if verb is Verb.CHECK:
        why = f": {_why_no_checker(actor, subject)}"
    text = f"{actor.email} may not {act}{why}; these may: {', '.join(people)}"
    return Denial(text, people)


def must(actor: Actor, verb: Verb, subject: VerbSubject) -> str | None:
    """Let an actor pass who may.

    Returns the absent person in whose place they act, if any. Raises NotYours.
    """
    reason = may(actor, verb, subject)
    if reason is not None:
        raise NotYours(reason.text)
    return _in_place_of(actor, verb, subject)


def people_for(verb: Verb, subject: VerbSubject) -> tuple[str, ...]:
    """Emails of the people who may, the person expected to act first."""
    people = tuple(
        dict.fromkeys(
            each
            for person in _involved(verb, subject)
            for each in (_deputy(verb, subject, person), person)
            if each
        )
    )
    if verb in _REVIEWS and subject.approver:
        return _without_owner(people, subject)
    if verb is not Verb.CHECK:
        return people
    return _not_alone(people, subject) or _not_alone(subject.team, subject) or people


def _in_place_of(actor: Actor, verb: Verb, subject: VerbSubject) -> str | None:
    """The absent person in whose place an actor acts; None if in their own place.

    The actor is one who may.
    """
    email = actor.email.casefold()
    for person in _involved(verb, subject):
        if person.casefold() == email:
            return None
        if (_deputy(verb, subject, person) or "").casefold() == email:
            return person
    return None


def _involved(verb: Verb, subject: VerbSubject) -> list[str]:
    """The people with a part that may, and the lead."""
    parts = [getattr(subject, part) for part in RULES[verb].parts]
    return [person for person in (*parts, subject.lead) if person]


def _deputy(verb: Verb, subject: VerbSubject, person: str) -> str | None:
    if subject.away is None:
        return None
    own = [subject.owner] if verb in _ANSWERS and subject.owner else []
    return subject.away.of(person, besides=own)


def _without_owner(people: tuple[str, ...], subject: VerbSubject) -> tuple[str, ...]:
    """The people among these besides the work's owner, unless they are its approver too."""
    owner = (subject.owner or "").casefold()
    approver = (subject.approver or "").casefold()
    if owner == approver:
        return people
    return tuple(person for person in people if person.casefold() != owner)


def _not_alone(people: tuple[str, ...], subject: VerbSubject) -> tuple[str, ...]:
    """The people among these who did not do all the work themselves."""
    return tuple(person for person in people if subject.workers != {person})


def _why_no_checker(actor: Actor, subject: VerbSubject) -> str:
    answerable = (subject.owner, subject.backup, subject.lead)
    if subject.workers == {actor.email} and actor.email in answerable:
        return "their own work alone, somebody else checks it"
    return "not theirs"
