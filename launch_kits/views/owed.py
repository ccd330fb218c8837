"""All that a person owes to a launch: answers, help, and work.

Every list that a person gets or opens is made from this: digests, the Home tab and `/launch mine`
in Slack, the room's page, and the console's list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import WITH_OWNER, LaunchStatus, TaskStatus
from launch_kits.views.answer_kinds import AnswerKind, ToDecide, place_of
from launch_kits.views.decisions import to_decide, turn_of
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.closing import closing

__all__ = ["Owed", "asks_of", "late_questions", "owed_by"]

#: a go or no-go is work of its owner, who decides it instead of finishing it
_OF_OWNER = (AnswerKind.DECISION, AnswerKind.DECISION_AHEAD)


@dataclass(frozen=True, slots=True)
class Owed:
    """All that one person owes to a launch, each list with the longest overdue first."""

    #: answers and help
    answers: Sequence[ToDecide] = ()
    #: tasks that they can work on, their own or those of a person they act for
    now: Sequence[TaskView] = ()
    #: tasks that are ready, and planned for later
    later: Sequence[TaskView] = ()
    #: open tasks of theirs that are no one's turn, or another person's: nothing is owed by them
    waiting: Sequence[TaskView] = ()


def owed_by(launch: LaunchView, email: str) -> Owed:
    """Return all that the person with an email owes to a launch, whatever its capitals.

    While a person is away it is owed by the one who acts for them, and listed for both.
    """
    person = email.casefold()
    answers = [
        each
        for each in asks_of(launch)
        if person in (each.who.casefold(), (each.instead_of or "").casefold())
    ]
    own = [task for task in launch.open_tasks if _is_at(task, launch, person)]
    running = launch.status == LaunchStatus.RUNNING
    at_work = [task for task in own if running and task.status in WITH_OWNER]
    return Owed(
        answers=_first_due(answers, today=launch.today),
        now=_soonest(task for task in at_work if not task.later),
        later=_soonest(task for task in at_work if task.later),
        waiting=_soonest(task for task in own if running and task not in at_work),
    )


def asks_of(launch: LaunchView) -> list[ToDecide]:
    """Return the answers and the help that people owe to a launch now, of all people."""
    found = [each for each in to_decide(launch) if each.wanted not in _OF_OWNER]
    found += [each for each in launch.asks if not _is_over(each, launch)]
    return found


def late_questions(launch: LaunchView) -> list[ToDecide]:
    """Return the questions to the answer desk whose time is over, once each."""
    late = {each.key: each for each in reversed(launch.asks) if each.late}
    return [*reversed(late.values())]


def _is_at(task: TaskView, launch: LaunchView, person: str) -> bool:
    """Whether a task is a person's own, or they act for its owner."""
    if task.owner.casefold() == person:
        return True
    return (
        task.status is not TaskStatus.REVIEW
        and turn_of(task, launch)[0].casefold() == person
    )


def _is_over(each: ToDecide, launch: LaunchView) -> bool:
    """Whether a call for help, or a question of a message, needs no answer any more."""
    return each.notice is not None and closing(each.notice, launch) is not None


def _first_due(found: Iterable[ToDecide], *, today: date) -> Sequence[ToDecide]:
    order = list(AnswerKind)

    def place(each: ToDecide) -> tuple[date, int]:
        day = place_of(each.wanted, each.due, today=today)
        return day, order.index(each.wanted)

    return sorted(found, key=place)


def _soonest(found: Iterable[TaskView]) -> Sequence[TaskView]:
    return sorted(found, key=lambda task: (task.due, task.key))
