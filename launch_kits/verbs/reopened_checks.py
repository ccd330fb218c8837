"""Gate checks that are open again because the work that proves them is done anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from launch_kits.database.records import EventVerb, GateCheck, Task, TaskStatus
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.verbs.digest_news import inform
from launch_kits.verbs.gates import check_facts, check_name
from launch_kits.verbs.transaction import Change
from launch_kits.views.gates import read_gates
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["done_tasks", "reopen_checks"]


def done_tasks(change: Change) -> Mapping[str, datetime]:
    """Return the keys of the tasks that are done, each with the instant."""
    return {
        task.key: task.done_at
        for task in change.tasks.values()
        if task.status == TaskStatus.DONE and task.done_at is not None
    }


def reopen_checks(
    change: Change, before: Mapping[str, datetime], *, by: str
) -> list[str]:
    """Open the gate checks again that reopened work had ticked.

    ``before`` holds the tasks that were done before the change, as `done_tasks` returns them. A
    check that was ticked before its task was done rests on other evidence and stays, unless its
    link is the task's. The owner of the gate, the person who ticked it and, for a hard gate, the
    lead are told. Returns the names of the checks.
    """
    redone = {
        task.key: task
        for task in change.tasks.values()
        if task.key in before and task.status != TaskStatus.DONE
    }
    gates = read_gates(
        change.session, change.launch, change.brief, change.tasks.values()
    )
    named = []
    for gate in gates:
        found = list(_resting_on(gate, redone, before))
        for check, task in found:
            _open_again(change, gate, check, task, by=by)
            named.append(check_name(gate.stage, check))
        for key in dict.fromkeys(task.key for _, task in found):
            checks = [check for check, task in found if task.key == key]
            _tell(change, gate, checks, redone[key], by=by)
    change.session.flush()
    return named


def _resting_on(
    gate: GateState, redone: Mapping[str, Task], before: Mapping[str, datetime]
) -> Iterator[tuple[CheckState, Task]]:
    """Yield the ticked checks, each with the task that it rests on."""
    for check in gate.checks:
        for key in check.tasks:
            task = redone.get(key)
            if task is None or check.checked_at is None:
                continue
            linked = check.link is not None and check.link == task.link
            if linked or check.checked_at >= before[key]:
                yield check, task
                break


def _open_again(
    change: Change, gate: GateState, check: CheckState, task: Task, *, by: str
) -> None:
    key = (change.launch.slug, gate.stage, check.key)
    change.session.delete(change.session.get_one(GateCheck, key))
    facts = check_facts(gate, check)
    change.record(EventVerb.UNCHECK, by=by, **facts, reopened=task.key)


def _tell(
    change: Change, gate: GateState, checks: list[CheckState], task: Task, *, by: str
) -> None:
    ticked_by = (check.checked_by for check in checks)
    people = (gate.owner, *filter(None, ticked_by), *([change.lead] * gate.hard))
    for person in dict.fromkeys(people):
        if by.casefold() in (person.casefold(), change.away.reached(person).casefold()):
            continue
        facts = {
            "event": NewsEvent.CHECK_REOPENED,
            "by": by,
            "gate": gate.title,
            "checks": [check.title for check in checks],
        }
        inform(change, person, task=task, facts=facts)
