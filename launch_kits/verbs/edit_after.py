"""The tasks that a task waits for, edited."""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.database.records import Dependency, Task, TaskStatus
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.plan import find_cycle
from launch_kits.verbs.drop import not_begun, take_back
from launch_kits.verbs.transaction import Change

__all__ = ["change_after", "no_cycle"]


def change_after(
    change: Change, task: Task, wanted: Sequence[str]
) -> tuple[list[str], list[str]] | None:
    """Let a task wait for others, or no more.

    ``wanted`` holds ``+KEY`` and ``-KEY``; a key without its part behind the colon is all tasks
    fanned out from it. A task that was ready waits again if a new predecessor is open. Returns the
    keys before and after, None if they are the same. Raises Refused for a task that would wait for
    itself or has begun, NotFound.
    """
    keys = {other.id: other.key for other in change.tasks.values()}
    lags = {keys[before]: lag for before, lag in change.graph.waits[task.id]}
    now = dict.fromkeys(lags)
    for sign, key in map(_signed, wanted):
        if sign == "-":
            for each in _removed(key, now, task):
                del now[each]
        else:
            now |= dict.fromkeys(_added(change, key, task))
    added = [key for key in now if key not in lags]
    gone = lags.keys() - now.keys()
    if not added and not gone:
        return None
    _write(change, task, added=added, gone=gone)
    return list(lags), list(now)


def _signed(written: str) -> tuple[str, str]:
    return (written[0], written[1:]) if written[:1] in ("+", "-") else ("+", written)


def _family(key: str, known: Sequence[str]) -> list[str]:
    """The task of a key, or all tasks fanned out from it."""
    if key in known:
        return [key]
    return [each for each in known if each.startswith(f"{key}:")]


def _removed(key: str, now: dict[str, None], task: Task) -> list[str]:
    found = _family(key, list(now))
    if not found:
        known = f"; it waits for {', '.join(now)}" if now else "; it waits for no task"
        raise NotFound(
            f'task "{task.key}" does not wait for "{key}"{suggest(key, now) or known}'
        )
    return found


def _added(change: Change, key: str, task: Task) -> list[str]:
    if task.begun_at is not None or task.status == TaskStatus.REVIEW:
        raise Refused(f'task "{task.key}" has begun; nothing can be put before it')
    found = _family(key, [other.key for other in change.tasks.values()])
    if not found:
        # raises NotFound with a suggestion
        change.task(key)
    if task.key in found:
        raise Refused(f'task "{task.key}" cannot wait for itself; leave it out')
    return found


def _write(
    change: Change, task: Task, *, added: Sequence[str], gone: Sequence[str] | set[str]
) -> None:
    session = change.session
    for key in gone:
        row = session.get(Dependency, (task.id, change.task(key).id))
        if row is not None:
            session.delete(row)
    for key in added:
        session.add(Dependency(task=task.id, after=change.task(key).id))
    session.flush()
    change.look_again()
    no_cycle(change)
    if not_begun(task) and change.graph.held_by(task):
        first = ", ".join(each.key for each in change.graph.held_by(task))
        take_back(change, task, why=f"{first} comes first")


def no_cycle(change: Change) -> None:
    """Raise Refused if tasks of the launch would wait for each other."""
    cycle = find_cycle(change.graph.work(change.calendars, zone=change.zone))
    if cycle:
        raise Refused(f"these tasks would wait for each other: {' → '.join(cycle)}")
