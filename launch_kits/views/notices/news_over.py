"""News that ask for something, when nothing is left to do about them, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from launch_kits.database.records import Closing, LaunchStatus, Notice, TaskStatus
from launch_kits.plan.readiness import GateState
from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.decisions import gate_day
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.ended import (
    Over,
    due_by_launch,
    ended,
    over,
    with_another,
)
from launch_kits.views.notices.ended_waivers import open_again
from launch_kits.views.notices.news_events import NewsEvent

__all__ = ["news_over"]


def news_over(notice: Notice, launch: LaunchView) -> Over | None:
    """Return why nothing is left to do about news that ask for something, or None if it is.

    The facts are ``why``, a member of `Closing`, and those that the member lists.
    """
    event = NewsEvent(str(notice.facts.get("event")))
    if event in _OF_TASKS:
        task = launch.task(notice.task) if notice.task else None
        if task is None:
            return over(Closing.GONE)
        return ended(launch, task) or _OF_TASKS[event](notice, task)
    if event in _OF_LAUNCH:
        if launch.status != LaunchStatus.RUNNING:
            return over(Closing.ENDED, status=str(launch.status))
        return _OF_LAUNCH[event](notice, launch)
    return _card_settled(notice, launch)


def _blocked(notice: Notice, task: TaskView) -> Over | None:
    since = task.went_on_at
    went_on = since is not None and since > notice.filed_at
    if task.status is not TaskStatus.BLOCKED:
        return over(Closing.GOES_ON)
    return over(Closing.AGAIN, how="blocked") if went_on else None


def _help_wanted(notice: Notice, task: TaskView) -> Over | None:
    """Help is wanted until the work goes on, or another person has it."""
    owner = notice.facts.get("owner")
    if isinstance(owner, str) and owner.lower() != task.owner.lower():
        return over(Closing.HANDED_ON, to=task.owner, help=True)
    return _blocked(notice, task)


def _sent_back(notice: Notice, task: TaskView) -> Over | None:
    if task.status is TaskStatus.REVIEW:
        return over(Closing.ANSWERED, answer="handed in again")
    if task.status is TaskStatus.WAITING:
        return over(Closing.WAITS)
    since = task.submitted_at
    if since is not None and since > notice.filed_at:
        return over(Closing.AGAIN, how="sent back")
    return with_another(notice, task)


def _card_settled(notice: Notice, launch: LaunchView) -> Over | None:
    """A card is reviewed by a change of its ledger; a doubted line is answered, or changed.

    The verb that does it writes the fact ``settled``. Sellers use the cards of a launch that is
    done, too.
    """
    settled = notice.facts.get("settled")
    if isinstance(settled, Mapping) and not _is_asked_again(notice, launch):
        return over(Closing.SETTLED, **settled)
    if launch.status == LaunchStatus.CANCELLED:
        return over(Closing.ENDED, status=str(launch.status))
    keeper = launch.task(notice.task) if notice.task else None
    kept_by_reader = {notice.to.lower(), str(notice.facts.get("for")).lower()}
    if keeper is None or keeper.owner.lower() in kept_by_reader:
        return None
    return over(Closing.HANDED_ON, to=keeper.owner)


def _is_asked_again(notice: Notice, launch: LaunchView) -> bool:
    """Whether a review is still to be done, since the act that settled it was undone."""
    due = notice.facts.get("review_on")
    return due is not None and any(
        ask.wanted is AnswerKind.CARD
        and ask.key == notice.facts.get("card")
        and ask.due is not None
        and ask.due.isoformat() == due
        for ask in launch.asks
    )


def _gate_passed(notice: Notice, launch: LaunchView) -> Over | None:
    gate = _gate(notice, launch)
    if gate is None:
        return over(Closing.MET)
    day = gate_day(launch, gate)
    late = day is not None and day < launch.today
    return None if late and gate.open_checks(launch.today) else over(Closing.MET)


def _waiver_ended(notice: Notice, launch: LaunchView) -> Over | None:
    return None if open_again(notice.facts, launch) else over(Closing.MET)


def _launch_day_passed(notice: Notice, launch: LaunchView) -> Over | None:
    if notice.facts.get("launch_on") != launch.launch_on.isoformat():
        return over(Closing.LAUNCH_DAY, moved_to=launch.launch_on.isoformat())
    return None if due_by_launch(launch) else over(Closing.LAUNCH_DAY)


def _gate(notice: Notice, launch: LaunchView) -> GateState | None:
    title = notice.facts.get("gate")
    return next((gate for gate in launch.gates if gate.title == title), None)


_OF_TASKS: Mapping[NewsEvent, Callable[[Notice, TaskView], Over | None]] = {
    NewsEvent.BLOCKED: _blocked,
    NewsEvent.HELP_WANTED: _help_wanted,
    NewsEvent.SENT_BACK: _sent_back,
}
_OF_LAUNCH: Mapping[NewsEvent, Callable[[Notice, LaunchView], Over | None]] = {
    NewsEvent.GATE_PASSED: _gate_passed,
    NewsEvent.WAIVER_ENDED: _waiver_ended,
    NewsEvent.LAUNCH_DAY_PASSED: _launch_day_passed,
}
