"""News that were true when they were filed, and are not true any more when they would be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from launch_kits.database.records import LaunchStatus, Notice, TaskStatus
from launch_kits.plan import State
from launch_kits.views.decisions import gate_day
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["passed"]

_Facts = Mapping[str, object]


def passed(notice: Notice, launch: LaunchView) -> str | None:
    """Return why waiting news are not true any more, or None if they are.

    News of a launch that ended are told as they are, but for those that ask for something.
    """
    facts = notice.facts
    event = str(facts.get("event") or "")
    if event in _OF_TASKS:
        task = launch.task(notice.task) if notice.task else None
        if task is None:
            return "the task is gone"
        return _OF_TASKS[NewsEvent(event)](facts, task)
    if event in _OF_LAUNCH:
        if launch.status != LaunchStatus.RUNNING:
            return f"the launch is {launch.status}"
        return _OF_LAUNCH[NewsEvent(event)](facts, launch)
    return None


def _blocked(facts: _Facts, task: TaskView) -> str | None:
    if task.status is not TaskStatus.BLOCKED:
        return "the task is not blocked any more"
    note, now = facts.get("note"), task.blocked_by
    # a helper reads the reason alone; their name follows it in the record
    same = not note or str(now or "").startswith(str(note))
    return None if same else "it is blocked for another reason"


def _sent_back(_facts: _Facts, task: TaskView) -> str | None:
    over = not task.open or task.status is TaskStatus.REVIEW
    return f"the task is {task.status}" if over else None


def _answered(facts: _Facts, task: TaskView) -> str | None:
    if not task.open:
        return f"the task is {task.status}"
    same = facts.get("due") == task.due.isoformat()
    return None if same else "its due day changed again"


def _at_risk(_facts: _Facts, launch: LaunchView) -> str | None:
    return "the launch is on track again" if launch.state is State.ON_TRACK else None


def _launch_day_passed(facts: _Facts, launch: LaunchView) -> str | None:
    same = facts.get("launch_on") == launch.launch_on.isoformat()
    return None if same and launch.open_tasks else "the launch day was moved"


def _gate_passed(facts: _Facts, launch: LaunchView) -> str | None:
    for gate in launch.gates:
        if gate.title == facts.get("gate"):
            day = gate_day(launch, gate)
            late = day is not None and day < launch.today
            open_now = {check.title for check in gate.open_checks(launch.today)}
            checks = facts.get("checks")
            told = set(checks) if isinstance(checks, list) else set()
            return None if late and open_now >= told else "the gate changed since"
    return "the gate is gone"


def _waiver_ended(facts: _Facts, launch: LaunchView) -> str | None:
    for gate in launch.gates:
        if gate.title == facts.get("gate"):
            open_now = {check.title for check in gate.open_checks(launch.today)}
            return None if facts.get("check") in open_now else "the check holds again"
    return "the gate is gone"


_OF_TASKS: Mapping[NewsEvent, Callable[[_Facts, TaskView], str | None]] = {
    NewsEvent.BLOCKED: _blocked,
    NewsEvent.HELP_WANTED: _blocked,
    NewsEvent.SENT_BACK: _sent_back,
    NewsEvent.EXTENSION_ANSWERED: _answered,
    NewsEvent.EXTENSION_LAPSED: _answered,
}
_OF_LAUNCH: Mapping[NewsEvent, Callable[[_Facts, LaunchView], str | None]] = {
    NewsEvent.AT_RISK: _at_risk,
    NewsEvent.LAUNCH_DAY_PASSED: _launch_day_passed,
    NewsEvent.GATE_PASSED: _gate_passed,
    NewsEvent.WAIVER_ENDED: _waiver_ended,
}
