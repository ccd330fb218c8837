"""Tasks in the hands of a deputy, until the owner or approver is back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.database.queries import notices_of
from launch_kits.database.records import (
    ACTIVE,
    EventVerb,
    Extension,
    ExtensionStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
    TaskStatus,
)
from launch_kits.verbs.digest_news import inform
from launch_kits.verbs.quiet_changes import put_in_hands
from launch_kits.verbs.transaction import SWEEP, Change
from launch_kits.views.notices.facts import part_fact

__all__ = ["awaited", "hold", "look_at_absences", "return_reviews"]


def awaited(change: Change, task: Task) -> str | None:
    """The person who is reminded of a task: the one whose turn it is, or their deputy."""
    if task.awaited is None or task.in_hands_of:
        return task.awaited
    return change.away.reached(task.answerable, besides=_own_work(task))


def hold(change: Change, task: Task, reader: str) -> dict[str, Any] | None:
    """Put a task into the hands of the person who is reminded of it.

    Returns the fact that names the person who is away, if the reader acts for them.
    """
    if reader == task.answerable:
        return None
    put_in_hands(change, task, reader)
    return {"for": task.answerable}


def return_reviews(change: Change) -> None:
    """Give open tasks and questions back to the people who are back.

    If a deputy goes away too, the next one gets them. Each reader is told once.
    """
    found: dict[tuple[str, str], list[Task]] = {}
    for task in change.tasks.values():
        before = task.in_hands_of
        if before is None or not _passes_on(change, task):
            continue
        person = task.answerable
        if change.away.of(person, besides=_own_work(task)) != before:
            found.setdefault((person, before), []).append(task)
    for (person, before), tasks in found.items():
        _pass_on(change, person, before, tasks)
    _ask_deputies(change)
    _ask_again(change)


def _ask_deputies(change: Change) -> None:
    """Ask the deputies of approvers who went away with work of others to approve.

    They are asked for as long as the approver is away; `return_reviews` asks the approver again.
    """
    for task in change.tasks.values():
        if task.status != TaskStatus.REVIEW or task.in_hands_of:
            continue
        approver = task.answerable
        if change.away.of(approver, besides=_own_work(task)) is None:
            continue
        if _reads_sooner(change, approver, task):
            continue
        change.hush(
            task, NoticeKind.REVIEW, NoticeKind.NUDGE, why=f"{approver} is away"
        )
        change.tell(
            NoticeKind.REVIEW,
            approver,
            task=task,
            facts=_asked_with(change, task),
            occasion=f"away-{change.today}",
        )


def _reads_sooner(change: Change, person: str, task: Task) -> bool:
    """Whether a person who is away is back before their deputy begins to work."""
    return change.away.reached(person, besides=[task.owner]) == person


def look_at_absences(change: Change, task: Task) -> Sequence[datetime]:
    """The instants at which another person has to hear of an active task.

    The person whose turn it is goes away or is back, or their deputy goes away.
    """
    if task.status not in ACTIVE:
        return ()
    people = [task.answerable, change.lead]
    instants = [change.away.back_at(person) for person in people]
    people += [task.in_hands_of] if task.in_hands_of else []
    instants += [change.away.away_from(person) for person in people]
    return [instant for instant in instants if instant and instant > change.now]


def _passes_on(change: Change, task: Task) -> bool:
    """Whether a deputy's task can go to another person now.

    One that waits is in no one's hands. A review that is blocked goes on once it is unblocked.
    """
    if task.status == TaskStatus.WAITING:
        task.in_hands_of = None
        change.session.add(task)
    return task.status in ACTIVE and task.status_before != TaskStatus.REVIEW


def _pass_on(change: Change, person: str, before: str, tasks: Sequence[Task]) -> None:
    """Tell the reader of each task, and its reader until now of all of them at once."""
    occasion = f"back-{change.away.calendars.hours_of(person).day(change.now)}"
    for task in tasks:
        task.in_hands_of = None
        facts = {**_asked_with(change, task), "from": before}
        why = f"{person} is back"
        change.hush(task, NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.NUDGE, why=why)
        reviewed = task.status == TaskStatus.REVIEW
        kind = NoticeKind.REVIEW if reviewed else NoticeKind.TASK
        change.tell(kind, person, task=task, facts=facts, occasion=occasion)
        outbox.outdate(
            change.session, launch=change.launch.slug, task=task.key, kinds=[kind]
        )
        change.session.add(task)
    now_with = change.away.reached(person)
    listed = [_listed(change, task) for task in tasks]
    inform(
        change,
        before,
        facts={
            "handed": {"from": before, "to": now_with, "back": person},
            "tasks": listed,
        },
        occasion=f"{occasion}-{person}",
    )
    change.record(
        EventVerb.DELEGATE,
        by=SWEEP,
        person=before,
        to=now_with,
        back=now_with == person,
        tasks=[task.key for task in tasks],
    )


def _asked_with(change: Change, task: Task) -> dict[str, Any]:
    """The facts of the question whether a task in review is approved."""
    if task.status != TaskStatus.REVIEW:
        return {}
    asked = change.questions(task, more_time=False)
    last = max(asked, key=lambda notice: notice.filed_at, default=None)
    facts = last.facts if last else {"by": task.owner, "link": task.link}
    return {name: fact for name, fact in facts.items() if name != "for"}


def _listed(change: Change, task: Task) -> dict[str, str | None]:
    """A task as the notice of a handover lists it."""
    part = "approver" if task.status == TaskStatus.REVIEW else "owner"
    return part_fact(
        change.launch.slug,
        change.launch.product,
        task=task.key,
        title=task.title,
        due=task.due,
        part=part,
    )


def _ask_again(change: Change) -> None:
    """Ask about more time anew if the lead is back, or went away: then their deputy."""
    brief = change.brief
    if not brief.absences and not brief.lead.away:
        return
    query = select(Extension.task).where(
        col(Extension.status) == ExtensionStatus.ASKED,
        col(Extension.task).in_(change.tasks),
    )
    for task_id in change.session.exec(query).all():
        task = change.tasks[task_id]
        asked = [
            *_listed_questions(change, task),
            *change.questions(task, more_time=True),
        ]
        last = max(asked, key=lambda notice: notice.filed_at, default=None)
        reader = change.away.of(change.lead, besides=[task.owner]) or change.lead
        if last is None or last.to.lower() == reader.lower():
            continue
        if reader != change.lead and _reads_sooner(change, change.lead, task):
            continue
        change.withdraw(task, more_time=True, why=f"{reader} is asked now")
        facts = {name: fact for name, fact in last.facts.items() if name != "for"}
        change.tell(
            NoticeKind.REVIEW,
            change.lead,
            task=task,
            facts=facts,
            occasion=f"{'back' if reader == change.lead else 'away'}-{change.today}",
        )
        kinds = [NoticeKind.REVIEW]
        outbox.outdate(
            change.session, launch=change.launch.slug, task=task.key, kinds=kinds
        )


def _listed_questions(change: Change, task: Task) -> Sequence[Notice]:
    """The questions about more time in a deputy's list."""
    return [
        notice
        for notice in notices_of(change.session, change.launch.slug, task=task.key)
        if notice.status == NoticeStatus.DROPPED
        and "until" in notice.facts
        and (notice.error or "").startswith(f"{NoticeKind.NEWS}:")
    ]


def _own_work(task: Task) -> Sequence[str]:
    """The person who cannot approve a task in review: it is their work."""
    return [task.owner] if task.status == TaskStatus.REVIEW else []
