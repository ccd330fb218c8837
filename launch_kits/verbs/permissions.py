"""Permissions: who may do what.

A verb enforces its rule with `must`, and every door asks `may` which actions to offer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from launch_kits.errors import NotYours
from launch_kits.plan.absence import Deputies
from launch_kits.verbs.actors import OUTSIDERS, PREFECT, Actor, Door, Via
from launch_kits.verbs.permission_rules import (
    RULES,
    Involvement,
    Permission,
    Verb,
)
from launch_kits.views.notices.text import quoted, shorten

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
    "launch_subject",
    "may",
    "must",
    "people_for",
    "subject_of",
    "task_subject",
]


@dataclass(frozen=True, slots=True)
class VerbSubject:
    """The launch, task or gate that a verb is about, with its people by email."""

    name: str
    lead: str
    #: the name that people read, with quotes if it is a title; ``name`` if it is empty
    title: str = ""
    owner: str | None = None
    backup: str | None = None
    manager: str | None = None
    approver: str | None = None
    sponsor: str | None = None
    helper: str | None = None
    checker: str | None = None
    author: str | None = None
    #: of a gate: the owners of the work that it checks, and the launch's team
    workers: frozenset[str] = frozenset()
    team: tuple[str, ...] = ()
    #: who acts for those who are away; None if everyone is there
    away: Deputies | None = None


@dataclass(frozen=True, slots=True)
class Denial:
    """Why an actor may not: a sentence, and the people who may."""

    text: str
    #: the first is the person expected to act
    people: tuple[str, ...]
    #: the act in plain words, with the subject's title: ``begin "Press kit"``
    act: str

    def refusal(self) -> NotYours:
        """The error that tells it, for the caller to raise."""
        return NotYours(self.text, act=self.act, people=self.people)


#: the answers that no one gives to their own work, in another's place either
_ANSWERS = (Verb.APPROVE, Verb.REJECT, Verb.ANSWER)
#: the answers that a lead who owns the work leaves to its approver
_REVIEWS = (Verb.APPROVE, Verb.REJECT)


class _Task(Protocol):
    """A task's row or its view."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def backup(self) -> str | None: ...
    @property
    def approver(self) -> str | None: ...


class _Launch(Protocol):
    """A launch's row or its view."""

    @property
    def slug(self) -> str: ...
    @property
    def product(self) -> str: ...


def task_subject(
    task: _Task,
    *,
    lead: str,
    helper: str | None = None,
    away: Deputies | None = None,
) -> VerbSubject:
    """The subject of a verb about a task; ``helper`` was named as the one who can help."""
    return VerbSubject(
        away=away,
        name=task.key,
        title=quoted(task.title),
        lead=lead,
        owner=task.owner,
        backup=task.backup,
        approver=task.approver,
        helper=helper,
    )


def launch_subject(
    launch: _Launch,
    *,
    lead: str,
    sponsor: str | None = None,
    author: str | None = None,
    away: Deputies | None = None,
) -> VerbSubject:
    """The subject of a verb about a launch; ``author`` made the change of it that is meant."""
    return VerbSubject(
        launch.slug,
        lead,
        title=shorten(launch.product),
        sponsor=sponsor,
        author=author,
        away=away,
    )


def subject_of(
    subject: VerbSubject | _Task | None,
    launch: _Launch,
    *,
    lead: str,
    away: Deputies | None,
) -> VerbSubject:
    """The subject of a verb; without one it is the launch."""
    if isinstance(subject, VerbSubject):
        return replace(subject, away=away)
    if subject is None:
        return launch_subject(launch, lead=lead, away=away)
    return task_subject(subject, lead=lead, away=away)


def may(actor: Actor, verb: Verb, subject: VerbSubject) -> Denial | None:
    """Why an actor may not do something; None if the actor may.

    While a person is away, their deputy may as well. Email addresses are compared without regard
    to case. A user of Slack who is not a full member of the workspace may do nothing.
    """
    people = people_for(verb, subject)
    rule = RULES[verb]
    act = rule.act.format(subject.title or subject.name)
    outside = OUTSIDERS.get(actor.via.standing)
    if outside is not None:
        return Denial(f"{actor.email} may not {act}: {outside}", people, act)
    if rule.anyone or actor.email.lower() in {person.lower() for person in people}:
        return None
    if verb is Verb.CANCEL and actor.via.door is Door.PREFECT:
        return None
    why = ""
    if verb is Verb.CHECK:
        why = f": {_why_no_checker(actor, subject)}"
    text = f"{actor.email} may not {act}{why}; these may: {', '.join(people)}"
    return Denial(text, people, act)


def must(actor: Actor, verb: Verb, subject: VerbSubject) -> str | None:
    """Let an actor pass who may.

    Returns the absent person in whose place they act, if any. Raises NotYours.
    """
    reason = may(actor, verb, subject)
    if reason is not None:
        raise reason.refusal()
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
    """The people with a part that may, and the lead if the rule names the lead."""
    rule = RULES[verb]
    parts = [getattr(subject, part) for part in rule.parts]
    return [
        person for person in (*parts, subject.lead if rule.lead else None) if person
    ]


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
        return "they did all the work, so someone else must check it"
    return "not theirs"
