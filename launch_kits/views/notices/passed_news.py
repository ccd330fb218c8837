"""News that were true when they were filed, and are not true any more when they would be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from launch_kits.database.records import Closing, LaunchStatus, Notice, TaskStatus
from launch_kits.plan import State
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.facts import mapping_of, rows_of
from launch_kits.views.notices.news_events import NewsEvent
from launch_kits.views.notices.news_over import news_over

__all__ = ["REASONS", "passed"]

#: why a notice is not sent any more, by the reason for which its message would be over
REASONS = {
    Closing.DONE: "the task is done",
    Closing.DROPPED: "the task is dropped",
    Closing.ENDED: "the launch is {status}",
    Closing.HANDED_ON: "it is with {to} now",
    Closing.ANSWERED: "it was answered",
    Closing.REPLACED: "a newer notice says the same",
    Closing.AGAIN: "the task went on, and is {how} again",
    Closing.IN_TIME: "the task is no longer late",
    Closing.GOES_ON: "the task goes on",
    Closing.WAITS: "the task waits for other work",
    Closing.MET: "the gate needs nothing any more",
    Closing.LAUNCH_DAY: "the launch was moved, or its work is done",
    Closing.SETTLED: "the card was changed or answered for",
    Closing.GONE: "the task is gone",
    Closing.DELETED: "its message was deleted",
}

_Facts = Mapping[str, object]


def passed(notice: Notice, launch: LaunchView) -> str | None:
    """Return why waiting news are not true any more, or None if they are.

    News of a launch that ended are told as they are, but for those that ask for something.
    """
    if notice.asks:
        over = news_over(notice, launch)
        return REASONS[Closing(over["why"])].format_map(over) if over else None
    facts = notice.facts
    if mapping_of(facts, "handed").get("back") is not None:
        return _given_back(facts, launch)
    return _event_passed(notice, launch)


def _event_passed(notice: Notice, launch: LaunchView) -> str | None:
    """Return why an event is not news any more, or None if it is."""
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


def _answered(facts: _Facts, task: TaskView) -> str | None:
    if not task.open:
        return f"the task is {task.status}"
    same = facts.get("due") == task.due.isoformat()
    return None if same else "its due day changed again"


def _closed(_facts: _Facts, task: TaskView) -> str | None:
    return f"the task is {task.status} again" if task.open else None


def _done_again(_facts: _Facts, task: TaskView) -> str | None:
    return None if task.open else f"the task is {task.status}"


def _unblocked(_facts: _Facts, task: TaskView) -> str | None:
    if not task.open:
        return f"the task is {task.status}"
    blocked = task.status is TaskStatus.BLOCKED
    return "the task is blocked again" if blocked else None


def _help_answered(_facts: _Facts, task: TaskView) -> str | None:
    return None if task.open else f"the task is {task.status}"


def _given_back(facts: _Facts, launch: LaunchView) -> str | None:
    """Say that all work of a return was dealt with."""
    for row in rows_of(facts, "tasks"):
        task = launch.task(str(row.get("task")))
        reviewed = task is not None and task.status is TaskStatus.REVIEW
        if task and task.open and reviewed == (row.get("field") == "approver"):
            return None
    return "all of it was dealt with"


def _at_risk(_facts: _Facts, launch: LaunchView) -> str | None:
    return "the launch is on track again" if launch.state is State.ON_TRACK else None


def _on_track(_facts: _Facts, launch: LaunchView) -> str | None:
    return None if launch.state is State.ON_TRACK else f"the launch is {launch.state}"


_OF_TASKS: Mapping[NewsEvent, Callable[[_Facts, TaskView], str | None]] = {
    NewsEvent.CLOSED: _closed,
    NewsEvent.CHECK_REOPENED: _done_again,
    NewsEvent.HELP_ANSWERED: _help_answered,
    NewsEvent.UNBLOCKED: _unblocked,
    NewsEvent.EXTENSION_ANSWERED: _answered,
    NewsEvent.EXTENSION_LAPSED: _answered,
}
_OF_LAUNCH: Mapping[NewsEvent, Callable[[_Facts, LaunchView], str | None]] = {
    NewsEvent.AT_RISK: _at_risk,
    NewsEvent.ON_TRACK: _on_track,
}
