"""People and work: duplicate tasks, and people who are their own backup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from launch_kits.errors import Fault
from launch_kits.inputs.kit import Kit, KitTask, When
from launch_kits.inputs.titles import without_names
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.subject import Subject, task_places

__all__ = ["backups", "duplicates"]

#: how alike two words must be to be one word written twice
ALIKE = 0.85
#: shorter words distinguish titles: a number, a letter, a name
SHORT = 5
#: in larger groups only titles of the very same words are compared
MANY = 60
FILLERS = frozenset({"a", "an", "the", "of", "for", "to", "and", "in", "on", "with"})


def duplicates(kit: Kit, source: Yaml) -> Iterator[Fault]:
    """Yield tasks of one role, for the same list, with the same title.

    Within a stage nearly the same words are enough.
    """
    places = dict(task_places(kit))
    groups: dict[tuple[str, str, str], list[tuple[KitTask, tuple[str, ...]]]] = {}
    exact: dict[tuple[str, str, tuple[str, ...]], KitTask] = {}
    for stage, task in kit.tasks():
        words = _words(task.title)
        group = groups.setdefault((stage.key, task.role, str(task.each)), [])
        there = exact.get((task.role, str(task.each), words))
        near = group if len(group) <= MANY else []
        twin = there or next(
            (other for other, others in near if _near(words, others)), None
        )
        if twin is not None and words and _may_meet(twin.when, task.when):
            message = f'task "{task.key}" ({task.title}) says the same as "{twin.key}" ({twin.title}); keep one of them'
            yield source.fault((*places[task.key], "title"), "duplicate-title", message)
        exact.setdefault((task.role, str(task.each), words), task)
        group.append((task, words))


def _words(title: str) -> tuple[str, ...]:
    words = re.findall(r"\w+", without_names(title).casefold())
    return tuple(
        sorted(word.removesuffix("s") for word in words if word not in FILLERS)
    )


def _near(one: Sequence[str], other: Sequence[str]) -> bool:
    if len(one) != len(other):
        return False
    pairs = zip(
        sorted(set(one) - set(other)), sorted(set(other) - set(one)), strict=False
    )
    return len(set(one) - set(other)) == len(set(other) - set(one)) and all(
        _alike(*pair) for pair in pairs
    )


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORT or any(
        letter.isdigit() for letter in one + other
    ):
        return False
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _may_meet(one: When, other: When) -> bool:
    """Return whether a launch can need both tasks."""
    pairs: Sequence[tuple[Sequence[object], Sequence[object]]] = (
        (one.tier, other.tier),
        (one.company, other.company),
        (one.market, other.market),
    )
    return all(
        not left or not right or set(left) & set(right) or "both" in (*left, *right)
        for left, right in pairs
    )


def backups(subject: Subject) -> Iterator[Fault]:
    """Yield people who are their own backup or manager."""
    team = subject.brief.team
    for role, person in team.items():
        for relation, named in (("backup", person.backup), ("manager", person.manager)):
            if named is not None and team[named].email == person.email:
                message = f"{relation} of {role} is {person.email} again; name another person, or leave it out"
                yield subject.source.fault(
                    ("team", role, relation), "no-real-backup", message
                )
