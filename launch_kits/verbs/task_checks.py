"""The gate checks that a task serves: taken as it is finished, or offered then."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from launch_kits.database.records import LaunchStatus, Task
from launch_kits.errors import Refused
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.verbs.gates import check_name, find_check, gate_subject, tick
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb, people_for
from launch_kits.verbs.transaction import Change
from launch_kits.views.gates import read_gates

__all__ = [
    "checks_after_approval",
    "lacks_link",
    "offered_checks",
    "served_checks",
    "take_checks",
]


def take_checks(
    change: Change,
    task: Task,
    named: Sequence[str],
    *,
    by: str,
    link: str | None = None,
) -> list[Outcome]:
    """Take gate checks with the link of a task that is done, in the name of who finished it.

    ``named`` holds texts such as ``sales.trained`` or ``sales.1``; ``link`` takes the place of the
    task's own. Returns the outcome of each.
    Raises as `gate check` does, and Refused for a check that waits for other tasks as well.
    """
    told = []
    for gate, check in (_named(change, written) for written in named):
        if task.key in check.tasks and check.waits_for:
            raise Refused(
                f"{check_name(gate.stage, check)} is met when {', '.join(check.waits_for)} "
                f"{'is' if len(check.waits_for) == 1 else 'are'} done too"
            )
        told.append(tick(change, gate, check, by=by, link=link or task.link))
    return told


def checks_after_approval(change: Change, task: Task, named: Sequence[str]) -> str:
    """Say who takes the checks of a task that another person approves first, and how.

    Its approver takes them with the approval if they may, else a person of the gate does
    afterwards. Raises Refused, NotFound for a check that is not there.
    """
    first = f"{task.approver} approves {task.key} first"
    found = [_named(change, written) for written in named]
    slug = change.launch.slug
    others = [key for _, check in found for key in check.waits_for if key != task.key]
    if not others and all(
        task.approver in people_for(Verb.CHECK, gate_subject(change, gate))
        for gate, _ in found
    ):
        keys = ",".join(f"{gate.stage}.{check.key}" for gate, check in found)
        command = shlex.join(
            ["launch-kits", "approve", slug, task.key, "--checks", keys]
        )
        return f"{first}; `{command}` takes them"
    commands = " and ".join(
        f"`{_command(change, gate, check, task)}`" for gate, check in found
    )
    verb = "takes it" if len(found) == 1 else "take them"
    when = f"once {', '.join(dict.fromkeys(others))} is done too" if others else "then"
    return f"{first}: leave out --checks; {commands} {verb} {when}"


def _named(change: Change, written: str) -> tuple[GateState, CheckState]:
    """Find a check by a text such as ``sales.trained``; raises Refused, NotFound."""
    stage, dot, wanted = written.strip().partition(".")
    if not (dot and stage and wanted):
        raise Refused(
            f'"{written}" is not a check; write its stage and its key or number, such as '
            "sales.trained or sales.1"
        )
    return find_check(change, stage, wanted)


def lacks_link(change: Change, task: Task, named: Sequence[str]) -> str | None:
    """Return the title of a check that needs a link, if the task has none; else None.

    Raises Refused, NotFound for a check that is not there.
    """
    found = [check for _, check in (_named(change, written) for written in named)]
    needing = (check.title for check in found if check.evidence and not task.link)
    return next(needing, None)


def served_checks(
    change: Change, task: Task, *, by: str
) -> list[tuple[GateState, CheckState]]:
    """Find the open checks that a person could take by finishing a task.

    None for a task that another person approves first: they are met once it is approved.
    """
    if task.approver not in (None, task.owner):
        return []
    gates = read_gates(
        change.session, change.launch, change.brief, change.tasks.values()
    )
    return [
        (gate, check)
        for gate, check in _served(gates, task)
        if check.waits_for == (task.key,)
        and check.checked_by is None
        and by in people_for(Verb.CHECK, gate_subject(change, gate))
    ]


def offered_checks(change: Change, task: Task) -> list[str]:
    """Say which open checks a finished task would meet, each with its command."""
    if change.launch.status != LaunchStatus.RUNNING:
        return []
    gates = read_gates(
        change.session, change.launch, change.brief, change.tasks.values()
    )
    return [
        _offer(change, gate, check, task)
        for gate, check in _served(gates, task)
        if check.offered
    ]


def _served(
    gates: Sequence[GateState], task: Task
) -> Iterator[tuple[GateState, CheckState]]:
    for gate in gates:
        for check in gate.checks:
            if task.key in check.tasks:
                yield gate, check


def _offer(change: Change, gate: GateState, check: CheckState, task: Task) -> str:
    name = check_name(gate.stage, check)
    command = _command(change, gate, check, task)
    return f"{task.key} would meet {name}; `{command}` checks it"


def _command(change: Change, gate: GateState, check: CheckState, task: Task) -> str:
    """The command by which a person who may takes a check."""
    people = people_for(Verb.CHECK, gate_subject(change, gate))
    by = "" if people[0] == gate.owner else f" --by {shlex.quote(people[0])}"
    linked = check.task_link or task.link
    link = " --link URL" if check.evidence and not linked else ""
    command = f"launch-kits gate {change.launch.slug} {gate.stage} check {check.key}"
    return f"{command}{link}{by}"
