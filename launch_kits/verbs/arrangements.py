"""The absences that `delegate` arranges in a launch's brief, and the roles of people who left."""

from __future__ import annotations

from datetime import timedelta

from launch_kits.inputs.brief import Brief
from launch_kits.inputs.team import Absence, Person

__all__ = ["arrange", "arranged", "roles_held"]


def arrange(brief: Brief, absence: Absence) -> Brief:
    """Add an absence to a brief.

    It replaces the one arranged for the same person before, from its first day on. One for good
    gives their roles to the backup, who counts as there again.
    """
    kept = [
        left for each in brief.absences if (left := _left(each, absence)) is not None
    ]
    found = brief.model_copy(update={"absences": (*kept, absence)})
    return _handed_over(found, absence)


def arranged(old: Brief, new: Brief) -> Brief:
    """Another brief of a launch, with the absences that were arranged while it ran.

    Roles that it still gives to a person who left go to their successor.
    """
    running = [each for each in old.absences if each.by is not None]
    written = [each for each in new.absences if each not in running]
    found = new.model_copy(update={"absences": (*written, *running)})
    for each in running:
        found = _handed_over(found, each)
    return found


def roles_held(brief: Brief, email: str) -> list[str]:
    """The roles of the team that a person holds."""
    return [role for role, person in brief.team.items() if _same(person.email, email)]


def _left(earlier: Absence, absence: Absence) -> Absence | None:
    """The part of an absence that stays once another one is arranged; None for nothing."""
    if earlier.by is None:
        return earlier
    if absence.to is None and earlier.to is None and _same(earlier.who, absence.backup):
        return None
    over = earlier.to is not None and earlier.to < absence.from_
    if not _same(earlier.who, absence.who) or over:
        return earlier
    if earlier.from_ >= absence.from_:
        return None
    return earlier.model_copy(update={"to": absence.from_ - timedelta(1)})


def _handed_over(brief: Brief, absence: Absence) -> Brief:
    """The brief with a successor, in all roles of a person who left."""
    if absence.to is not None:
        return brief
    held = roles_held(brief, absence.who)
    if not held:
        return brief
    known = brief.person(absence.backup)
    team = {
        role: _successor(brief, person, known, absence) if role in held else person
        for role, person in brief.team.items()
    }
    return brief.model_copy(update={"team": team})


def _successor(
    brief: Brief, before: Person, known: Person | None, absence: Absence
) -> Person:
    """The entry of a role for its new holder: the role's manager and backup, if not themself."""
    to = absence.backup
    person = known or Person(name=absence.name or to, email=to)
    named = {
        relation: role
        for relation in ("manager", "backup")
        if (role := getattr(before, relation)) and not _same(brief.team[role].email, to)
    }
    return person.model_copy(update=named)


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
