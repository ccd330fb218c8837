"""People and work: duplicate tasks, and people who are their own backup."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from launch_kits.errors import Fault
from launch_kits.inputs.kit import Kit, KitTask, When
from launch_kits.inputs.titles import without_names
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.subject import LintSubject, task_places

__all__ = ["backups", "duplicates"]

#: how alike two words must be to be one word written twice
ALIKE = 0.85
#: shorter words distinguish titles: a number, a letter, a name
SHORT = 5
#: in larger groups only titles of the very same words are compared
MANY = 60
#: a task with the words of its title
_Titled = tuple[KitTask, tuple[str, ...]]
FILLERS = frozenset({"a", "an", "the", "of", "for", "to", "and", "in", "on", "with"})


def duplicates(kit: Kit, source: Yaml) -> Iterator[Fault]:
    """Yield tasks of one role, for the same list, with the same title.

    Within a stage nearly the same words are enough.
    """
    places = dict(task_places(kit))
    for task, twin in _twins(kit):
        message = (
            f'task "{task.key}" ({task.title}) says the same '
            f'as "{twin.key}" ({twin.title}); keep one of them'
        )
        place = (*places[task.key], "title")
        yield source.fault(place, "duplicate-title", message)


def _twins(kit: Kit) -> Iterator[tuple[KitTask, KitTask]]:
    """Yield tasks with the same title, if a launch can need both."""
    by_stage: defaultdict[tuple[str, str, str], list[_Titled]] = defaultdict(list)
    first: dict[tuple[str, str, tuple[str, ...]], KitTask] = {}
    for stage, task in kit.tasks():
        words = _words(task.title)
        members = str(task.each)
        title = (task.role, members, words)
        neighbours = by_stage[stage.key, task.role, members]
        twin = first.get(title)
        if twin is None:
            twin = _near_twin(neighbours, words)
        if twin is not None and words and _may_meet(twin.when, task.when):
            yield task, twin
        first.setdefault(title, task)
        neighbours.append((task, words))


def _near_twin(group: Sequence[_Titled], words: Sequence[str]) -> KitTask | None:
    if len(group) > MANY:
        return None
    near = (task for task, others in group if _near(words, others))
    return next(near, None)


def _words(title: str) -> tuple[str, ...]:
    words = re.findall(r"\w+", without_names(title).casefold())
    return tuple(
        sorted(word.removesuffix("s") for word in words if word not in FILLERS)
    )


def _near(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two titles have the same words, but for words that are alike."""
    if len(one) != len(other):
        return False
    left = sorted(set(one) - set(other))
    right = sorted(set(other) - set(one))
    if len(left) != len(right):
        return False
    return all(map(_alike, left, right))


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORT:
        return False
    if any(letter.isdigit() for letter in one + other):
        return False
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _may_meet(one: When, other: When) -> bool:
    """Return whether a launch can need both tasks."""
    return (
        _overlap(one.tier, other.tier)
        and _overlap(one.company, other.company)
        and _overlap(one.market, other.market)
    )


def _overlap(one: Sequence[object], other: Sequence[object]) -> bool:
    """Return whether some launch meets two conditions; an empty one is always met."""
    if not one or not other:
        return True
    if "both" in one or "both" in other:
        return True
    return not set(one).isdisjoint(other)


def backups(subject: LintSubject) -> Iterator[Fault]:
    """Yield people who are their own backup or manager."""
    team = subject.brief.team
    for role, person in team.items():
        relations = {"backup": person.backup, "manager": person.manager}
        for relation, named in relations.items():
            if named is None or team[named].email != person.email:
                continue
            message = (
                f"{relation} of {role} is {person.email} again; "
                "name another person, or leave it out"
            )
            where = ("team", role, relation)
            yield subject.source.fault(where, "no-real-backup", message)
