"""Delegating: another person acts for one who is away, or takes over for one who left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.errors import Fault, NotFound, NotYours, Refused
from launch_kits.plan.doubts import CANNOT_BE_MADE, DAY_OFF
from launch_kits.plan.workload import exact, owner_key
from launch_kits.settings.visible import is_blank
from launch_kits.verbs.actors import Via, via_of
from launch_kits.verbs.advance import settle
from launch_kits.verbs.arrangements import roles_held
from launch_kits.verbs.delegated_parts import (
    DelegatedPart,
    DelegationRequest,
    doubts,
    hand_on,
    open_parts,
    unfit,
)
from launch_kits.verbs.delegation_notices import merge_handed_out, tell_readers
from launch_kits.verbs.permissions import Verb, VerbSubject
from launch_kits.verbs.plan_doubts import running_plan
from launch_kits.verbs.plan_effect import PlanBefore, effect_of
from launch_kits.verbs.planned_dates import levelled_plan, write_planned
from launch_kits.verbs.reassign import must_be_email
from launch_kits.verbs.transaction import Change
from launch_kits.views.notices.text import shorten
from launch_kits.views.running_load import read_running_load

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = ["Delegation", "LaunchDelegation", "delegate", "preview_delegation"]

#: codes of the doubts that a delegation tells in words of its own
IN_OWN_WORDS = (CANNOT_BE_MADE, DAY_OFF)


@dataclass(frozen=True, slots=True)
class LaunchDelegation:
    """The effect of a delegation on one launch."""

    launch: str
    parts: tuple[DelegatedPart, ...]
    lands_on: date | None
    warnings: tuple[Fault, ...]
    #: the plan of the work not begun
    levelled: LevelledPlan = field(compare=False, repr=False)

    @property
    def days(self) -> Fraction:
        """The days of work in the tasks that a person owned."""
        owned = (part.task for part in self.parts if part.part == "owner" and part.task)
        return sum((task.days * exact(task.share) for task in owned), Fraction(0))


@dataclass(frozen=True, slots=True)
class Delegation:
    """The effect of a delegation, launch by launch; those it does not change are left out."""

    person: str
    to: str
    #: the last day of the absence; None if the person left
    until: date | None
    launches: tuple[LaunchDelegation, ...]
    #: people who are told, by email
    told: tuple[str, ...] = ()
    #: days of work ahead of the other person in all running launches, before it
    had: Fraction = Fraction(0)

    @property
    def days(self) -> Fraction:
        """The days of work that change hands; none if the person stays the owner."""
        if self.until is not None:
            return Fraction(0)
        return sum((launch.days for launch in self.launches), Fraction(0))

    @property
    def parts(self) -> list[DelegatedPart]:
        """The tasks and gates of all launches."""
        return [part for launch in self.launches for part in launch.parts]

    @property
    def warnings(self) -> list[Fault]:
        """The warnings of all launches."""
        return [warning for launch in self.launches for warning in launch.warnings]


def preview_delegation(
    store: Store,
    *,
    person: str,
    to: str,
    until: date | None = None,
    launch: str | None = None,
    by: str | None = None,
    note: str | None = None,
    name: str | None = None,
    now: datetime,
) -> Delegation:
    """Show the effect of a delegation; nothing is written. Raises as `delegate` does."""
    asked = DelegationRequest(person, to, until, by, note, name)
    with store.trial() as session:
        return _delegated(session, asked, launch, now=now, via=via_of(store))


def delegate(
    store: Store,
    *,
    person: str,
    to: str,
    until: date | None = None,
    launch: str | None = None,
    by: str | None = None,
    note: str | None = None,
    name: str | None = None,
    now: datetime,
) -> Delegation:
    """Let one person act for another, in one running launch or in all.

    With ``until``, a person is away from today until that day, this included: they stay the owner,
    and messages, questions and authority go to ``to``. Without it, all their open tasks, reviews,
    roles and gates become those of ``to``, for good. ``name`` is the name of ``to`` for launches
    whose team they are not in. All launches change in one transaction.
    Raises Refused for a day that is past, or a person without a part; NotYours, NotFound.
    """
    asked = DelegationRequest(person, to, until, by, note, name)
    with store.write() as session:
        return _delegated(session, asked, launch, now=now, via=via_of(store))


def _delegated(
    session: Session,
    asked: DelegationRequest,
    launch: str | None,
    *,
    now: datetime,
    via: Via,
) -> Delegation:
    """Carry out a delegation; find the people who are told."""
    changes = _concerned(session, asked, launch, now=now, via=via)
    # a person who left is no longer in the team, so their name is read before
    known = (change.brief.person(asked.person) for change in changes)
    name = next((each.name for each in known if each), asked.person)
    had = _days_of_work(session, asked.to, now=now)
    # a lead who left leads no longer, but arranged it unless another did
    arranged = {change: change.actor(asked.by, change.lead) for change in changes}
    found, parts = _carry_out(changes, asked)
    lists = tell_readers(parts, asked, name=name, by=arranged)
    for change, each in zip(parts, found, strict=True):
        write_planned(change, each.levelled)
        settle(change)
        merge_handed_out(change, asked.to, lists)
    told = tuple(dict.fromkeys(who for change in parts for who in change.told))
    return Delegation(asked.person, asked.to, asked.until, found, told, had)


def _days_of_work(session: Session, person: str, *, now: datetime) -> Fraction:
    """Count the days of work ahead of a person in all running launches."""
    found = read_running_load(session, now=now, of={person}).workloads()
    loads = [load for load in found if load.owner == owner_key(person)]
    return sum((load.behind + load.asked for load in loads), Fraction(0))


def _concerned(
    session: Session,
    asked: DelegationRequest,
    slug: str | None,
    *,
    now: datetime,
    via: Via,
) -> list[Change]:
    """The running launches in which a person has a part, by slug."""
    must_be_email(asked.person)
    must_be_email(asked.to)
    if asked.person.casefold() == asked.to.casefold():
        raise Refused(f"{asked.person} cannot act for themself; name another --to")
    if asked.name is not None and is_blank(asked.name):
        raise Refused("--name is empty; give the name of the person, or leave it out")
    slugs = [slug] if slug else _running(session)
    changes = [
        Change(session, find_launch(session, each, lock=True), now, via=via)
        for each in slugs
    ]
    if slug:
        changes[0].must_run()
    found = [change for change in changes if _has_part(change, asked)]
    if not found:
        place = f'launch "{slug}"' if slug else "any running launch"
        raise NotFound(
            f"{asked.person} has no part in {place}: no role, no open task and no review; "
            "correct --from"
        )
    return found


def _running(session: Session) -> Sequence[str]:
    query = select(Launch.slug).where(Launch.status == LaunchStatus.RUNNING)
    return session.exec(query.order_by(col(Launch.slug))).all()


def _has_part(change: Change, asked: DelegationRequest) -> bool:
    person = asked.person.casefold()
    left = any(each.who.casefold() == person for each in change.brief.absences)
    held = roles_held(change.brief, asked.person)
    return bool(held or left or open_parts(change, asked.person))


def _carry_out(
    changes: Sequence[Change], asked: DelegationRequest
) -> tuple[tuple[LaunchDelegation, ...], dict[Change, tuple[DelegatedPart, ...]]]:
    """Change the launches; those in which it is so already are left out."""
    found: list[LaunchDelegation] = []
    by_launch: dict[Change, tuple[DelegatedPart, ...]] = {}
    for change in changes:
        by = change.actor(asked.by, change.lead)
        _must(change, by, asked.person)
        if asked.until is not None and asked.until < change.today:
            raise Refused(
                f"{asked.until} is past; name today, {change.today}, or a later day"
            )
        if _is_so(change, asked):
            continue
        asked_here = _spelled(change, asked)
        before = PlanBefore.of(change)
        misfits = list(unfit(change, asked_here))
        by_launch[change] = parts = hand_on(change, asked_here, by=by)
        after = running_plan(change)
        levelled = levelled_plan(change)
        effect = effect_of(change, before, levelled)
        slug = change.launch.slug
        others = (each for each in effect.warnings if each.code not in IN_OWN_WORDS)
        warnings = (
            *misfits,
            *doubts(change, asked_here, before=before.plan, after=after),
            *(replace(each, message=f"{slug}: {each.message}") for each in others),
        )
        lands_on = effect.lands_on
        found.append(LaunchDelegation(slug, parts, lands_on, warnings, levelled))
    return tuple(found), by_launch


def _spelled(change: Change, asked: DelegationRequest) -> DelegationRequest:
    """The request with the people as the launch spells them."""
    person, to = (change.actor(each, each) for each in (asked.person, asked.to))
    return replace(asked, person=person, to=to)


def _must(change: Change, by: str, person: str) -> None:
    """Let the person, their backup and the lead pass; raises NotYours with the launch."""
    team = change.brief.team
    backups = [
        team[each.backup].email for each in change.brief.roles_of(person) if each.backup
    ]
    subject = VerbSubject(
        name=person,
        lead=change.lead,
        title=shorten(change.name(person)),
        owner=person,
        backup=next(iter(backups), None),
    )
    try:
        change.must(by, Verb.DELEGATE, subject)
    except NotYours as error:
        text = f'launch "{change.launch.slug}": {error}'
        raise NotYours(text, act=error.act, people=error.people) from None


def _is_so(change: Change, asked: DelegationRequest) -> bool:
    """Whether a launch is as it is asked for already."""
    person = asked.person.casefold()
    to = asked.to.casefold()
    arranged = [
        each
        for each in change.brief.absences
        if each.by is not None
        and each.who.casefold() == person
        and each.covers(change.today)
    ]
    last = arranged[-1] if arranged else None
    same = last is not None and (last.backup.casefold(), last.to) == (to, asked.until)
    return same and (asked.until is not None or not open_parts(change, asked.person))
