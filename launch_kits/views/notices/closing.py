"""When there is nothing left to do about a message, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from launch_kits.database.records import (
    Closing,
    ExtensionStatus,
    LaunchStatus,
    Notice,
    NoticeKind,
    TaskStatus,
)
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.ended import Over, done_by, ended, over, with_another
from launch_kits.views.notices.news_over import news_over
from launch_kits.views.notices.other_reader import with_other_reader
from launch_kits.views.reader import iso_day

__all__ = ["closing"]

#: the kinds that end with their task
_ABOUT_TASKS = frozenset(
    [NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.NUDGE, NoticeKind.ESCALATION]
)


def closing(notice: Notice, launch: LaunchView) -> Over | None:
    """Return why nothing is left to do about a message, or None if something is.

    The facts are ``why``, a member of `Closing`, and those that the member lists.
    """
    if notice.asks:
        return news_over(notice, launch) or with_other_reader(notice, launch)
    if notice.kind not in _ABOUT_TASKS or notice.task is None:
        return None
    task = launch.task(notice.task)
    if task is None:
        return over(Closing.GONE)
    if "content" in notice.facts:
        return _content_asked(launch, task) or with_other_reader(notice, launch)
    question = notice.kind == NoticeKind.REVIEW
    answered = _answered(notice, launch, task) if question else None
    return answered or ended(launch, task) or _past(notice, task)


def _content_asked(launch: LaunchView, task: TaskView) -> Over | None:
    """Return why a question about new content is over."""
    if task.status is not TaskStatus.DONE:
        return over(Closing.ANSWERED, answer="answered")
    if launch.status == LaunchStatus.CANCELLED:
        return over(Closing.ENDED, status=str(launch.status))
    return None


def _past(notice: Notice, task: TaskView) -> Over | None:
    """Return why a message about an open task is over for its reader."""
    kind = NoticeKind(notice.kind)
    match kind:
        case NoticeKind.TASK:
            return with_another(notice, task)
        case NoticeKind.NUDGE:
            return _another_reminded(notice, task)
        case NoticeKind.ESCALATION:
            return _helped(notice, task)
        case (
            NoticeKind.REVIEW
            | NoticeKind.DIGEST
            | NoticeKind.HEADLINE
            | NoticeKind.NEWS
            | NoticeKind.CANCELLED
            | NoticeKind.QUESTION
            | NoticeKind.ANSWER
        ):
            return None
        case _:
            assert_never(kind)


def _another_reminded(notice: Notice, task: TaskView) -> Over | None:
    """Return why a reminder is over, or None if it is still the reader's turn."""
    if task.awaited is None:
        blocked = task.status is TaskStatus.BLOCKED
        return over(Closing.WAITS, blocked=True) if blocked else over(Closing.WAITS)
    to = notice.to.lower()
    if to == task.awaited.lower():
        return None
    away = to == _turn_of(task).lower()
    return _handed_to(task.awaited, away=away)


def _turns_of(task: TaskView) -> list[str]:
    """Return the person whose turn a task is, and the one who acts for them."""
    return [each for each in (task.awaited, _turn_of(task)) if each]


def _their_own(task: TaskView, person: str) -> Over:
    """Return that help is over, since the person who was asked for it has the work."""
    if task.status is TaskStatus.REVIEW:
        return over(Closing.GOES_ON, to=person)
    return over(Closing.HANDED_ON, to=person, help=True)


def _handed_to(person: str, *, away: bool) -> Over:
    """Return that a person has the work; ``away`` if its reader is away only."""
    if away:
        return over(Closing.HANDED_ON, to=person, away=True)
    return over(Closing.HANDED_ON, to=person)


def _turn_of(task: TaskView) -> str:
    """Return the person who works on a task, or approves it, unless they are away."""
    if task.status is TaskStatus.REVIEW and task.approver:
        return task.approver
    return task.owner


def _helped(notice: Notice, task: TaskView) -> Over | None:
    """Return why no help is needed any more, or None if it is."""
    if not task.overdue:
        return over(Closing.IN_TIME, due=task.due.isoformat())
    asked = {notice.to.lower(), str(notice.facts.get("for") or notice.to).lower()}
    theirs = next((each for each in _turns_of(task) if each.lower() in asked), None)
    if theirs is not None:
        return _their_own(task, theirs)
    since = task.went_on_at
    if since is None or since <= notice.filed_at or task.status is TaskStatus.BLOCKED:
        return None
    if task.status is TaskStatus.REVIEW:
        return over(Closing.GOES_ON, to=_turn_of(task))
    return over(Closing.GOES_ON)


def _answered(notice: Notice, launch: LaunchView, task: TaskView) -> Over | None:
    """Return why a question is over, or None if its reader is still asked."""
    until = iso_day(notice.facts.get("until"))
    if until is not None:
        return _more_time_answered(notice, launch, task, until)
    answer = _APPROVALS.get(task.status)
    if answer is not None:
        return over(Closing.ANSWERED, answer=answer, **done_by(task))
    return ended(launch, task) or _asked_another(notice, launch, task)


def _more_time_answered(
    notice: Notice, launch: LaunchView, task: TaskView, until: date
) -> Over | None:
    """Return why a question about more time is over, or None if its reader is still asked."""
    answer = dict(task.requests).get(until)
    given = over(Closing.ANSWERED, answer=answer, due=task.due.isoformat())
    if answer in _GIVEN:
        return given
    at_end = ended(launch, task)
    if at_end is not None:
        return at_end
    if task.asked_until != until:
        return given
    return _asked_another(notice, launch, task)


def _asked_another(notice: Notice, launch: LaunchView, task: TaskView) -> Over | None:
    """Return the person who is asked instead of the reader, or None if they are asked."""
    to = notice.to.lower()
    more_time = "until" in notice.facts
    person = launch.lead if more_time else task.approver
    if person is None:
        return None
    for_another = notice.facts.get("for") is not None
    if to == person.lower() and not for_another:
        return None
    deputy = None
    if launch.away:
        deputy = launch.away.of(person, besides=[task.owner])
    if deputy is None and not more_time:
        deputy = task.in_hands_of
    asked = deputy or person
    if to == asked.lower():
        return None
    return _handed_to(asked, away=to == person.lower())


#: the answers of the lead to a request for more time
_GIVEN = (ExtensionStatus.GRANTED, ExtensionStatus.REFUSED)
#: the status after a question whether work is approved → its answer
_APPROVALS: Mapping[TaskStatus, str] = {
    TaskStatus.DONE: "approved",
    TaskStatus.DOING: "sent back",
    TaskStatus.READY: "answered",
    TaskStatus.WAITING: "answered",
}
