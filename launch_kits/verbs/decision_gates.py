"""The gates before a go or no-go task: none may be open when it is closed."""

from __future__ import annotations

from launch_kits.database.records import Task
from launch_kits.errors import NotReady
from launch_kits.plan.readiness import Verdict, verdict
from launch_kits.verbs.transaction import Change
from launch_kits.views.gates import decides_at, read_gates
from launch_kits.views.task_graph import is_overdue

__all__ = ["decision_verdict", "must_pass_gates", "remedies"]


def decision_verdict(change: Change, task: Task | None) -> Verdict:
    """Judge whether a launch can go, by the gates before a task that decides.

    These are the gates of the stages up to the task's own, without those after the launch.
    Without a task, all gates before the launch count.
    """
    tasks = change.tasks.values()
    late = [
        each.title
        for each in tasks
        if each is not task
        and is_overdue(each, change.brief.zone(each.owner), now=change.now)
    ]
    return verdict(
        read_gates(change.session, change.launch, change.brief, tasks),
        overdue=late,
        today=change.today,
        up_to=decides_at(change.brief, task),
    )


def must_pass_gates(change: Change, task: Task, *, verb: str) -> None:
    """Raise NotReady for a go or no-go, if a hard gate before it is open."""
    if task.decides is None:
        return
    found = decision_verdict(change, task)
    reasons = found.reasons
    if reasons:
        raise NotReady(
            f'task "{task.key}" decides on the {task.decides}; `{verb}` is refused while a '
            "hard gate before it is open",
            reasons,
            remedies=remedies(change.launch.slug, found),
        )


def remedies(slug: str, found: Verdict) -> list[str]:
    """The commands that clear the checks which prevent a go."""
    commands = []
    for stage, check in found.missing:
        link = " --link URL" if check.evidence else ""
        commands.append(f"launch-kits gate {slug} {stage} check {check.key}{link}")
    if commands:
        stage, check = found.missing[0]
        commands.append(
            f"launch-kits waive {slug} {stage} {check.key} --until DATE --note WHY"
        )
    return commands
