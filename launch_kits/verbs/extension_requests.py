"""Requests for more time: granted or refused by the lead, or lapsed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import col, select

from launch_kits.database.records import (
    EventVerb,
    Extension,
    ExtensionStatus,
    NoticeKind,
    Task,
)
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.plan.doubts import CANNOT_BE_MADE, doubts_in_words
from launch_kits.verbs.advance import settle
from launch_kits.verbs.day_changes import set_due
from launch_kits.verbs.extension_effects import Effect, TaskOutlook
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.plan_effect import PlanBefore, replanned
from launch_kits.verbs.transaction import Change, changing
from launch_kits.views.notices.news import NewsEvent

__all__ = [
    "answer_extension",
    "answer_for_day",
    "answer_request",
    "ask",
    "asked_of",
    "grant",
    "settle_request",
    "write_extension",
]

#: codes of the doubts that the effect of more time tells in words of its own
IN_MESSAGE = (
    CANNOT_BE_MADE,
    "notice-too-short",
    "notice-doubtful",
    "told-out-of-order",
)


def answer_extension(
    store: Store | Change,
    slug: str,
    key: str,
    *,
    until: date,
    granted: bool,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
) -> Outcome:
    """Answer the request for one day, whatever else is asked about the task.

    Raises Refused if that day was never asked for, or is past; NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_not_be_cancelled()
        return answer_for_day(
            change, change.task(key), until, by=by, granted=granted, note=note
        )


def answer_for_day(
    change: Change,
    task: Task,
    until: date,
    *,
    by: str | None,
    granted: bool,
    note: str | None,
) -> Outcome:
    """Answer the request for a day, or for the working day that it means."""
    request = asked_of(change, task)
    meant = until
    if request is not None:
        meant = TaskOutlook(change, task).calendar.last_on_or_before(until)
    if request is not None and request.until in (until, meant):
        by = change.actor(by, change.lead)
        return answer_request(change, task, request, by=by, granted=granted, note=note)
    query = select(Extension).where(
        Extension.task == task.id, col(Extension.until).in_([until, meant])
    )
    if change.session.exec(query).first() is None:
        asked = f"; {request.by} asks for {request.until}" if request else ""
        raise Refused(f'no one asked for {until} for task "{task.key}"{asked}')
    return Outcome(
        changed=False,
        message=f"no one asks for {until} any more; {task.key} is due {task.due}",
    )


def ask(
    change: Change,
    task: Task,
    until: date,
    effect: Effect,
    *,
    by: str,
    note: str | None,
) -> Outcome:
    """Ask the lead for a day after the due day, and tell the effect."""
    change.record(
        EventVerb.EXTEND,
        by=by,
        task=task,
        note=note,
        until=until.isoformat(),
        asked=True,
    )
    facts = {
        "until": until.isoformat(),
        "reason": note,
        "by": by,
        "due": task.due.isoformat(),
        **effect.facts(),
    }
    change.tell(NoticeKind.REVIEW, change.lead, task=task, facts=facts)
    settle(change)
    return Outcome(
        changed=True,
        message=f"{change.away.reached(change.lead)} is asked for {until}: {effect}; "
        f"until the answer {task.key} stays due {task.due}",
    )


def grant(
    change: Change,
    task: Task,
    until: date,
    effect: Effect,
    *,
    by: str,
    note: str | None,
    reason: str | None = None,
) -> Outcome:
    """Give a task until a day; move an earlier due day, for the ``reason`` asked with or a note."""
    standing = PlanBefore.of(change)
    before = task.due
    moved = until > before
    task.extended_until = until
    if moved:
        set_due(
            change,
            task,
            until,
            by=by,
            verb=EventVerb.EXTEND,
            why=note or reason,
            planned=False,
        )
    data = {"due_before": before.isoformat()} if moved else {"due": before.isoformat()}
    change.record(
        EventVerb.EXTEND,
        by=by,
        task=task,
        note=note,
        until=until.isoformat(),
        **data,
    )
    if effect.harms and by != change.lead:
        facts = {
            "event": NewsEvent.EXTENDED,
            "by": by,
            "until": until.isoformat(),
            **effect.facts(),
        }
        change.tell(NoticeKind.NEWS, change.lead, task=task, facts=facts)
    then, _ = replanned(change, standing)
    stays = f"has until {until} and stays due {before}"
    told = f"is due {until} instead of {before}" if moved else stays
    # the message says which tasks and announcements suffer
    others = (each for each in then.warnings if each.code not in IN_MESSAGE)
    warnings = doubts_in_words(others)
    message = f"{task.key} {told}; {effect}"
    return Outcome(changed=True, message=message, warnings=warnings, effect=then)


def write_extension(
    change: Change,
    task: Task,
    until: date,
    *,
    by: str,
    note: str | None,
    status: ExtensionStatus,
) -> None:
    """Write down that a day was asked for, or granted at once."""
    answered = status is not ExtensionStatus.ASKED
    change.session.add(
        Extension(
            task=task.id,
            until=until,
            due_before=task.due,
            reason=note,
            by=by,
            asked_at=change.now,
            status=status,
            answered_by=by if answered else None,
            answered_at=change.now if answered else None,
        )
    )


def asked_of(change: Change, task: Task) -> Extension | None:
    """The request for more time that the lead has not answered yet."""
    query = select(Extension).where(
        Extension.task == task.id, col(Extension.status) == ExtensionStatus.ASKED
    )
    return change.session.exec(query).first()


def answer_request(
    change: Change,
    task: Task,
    request: Extension,
    *,
    by: str,
    granted: bool,
    note: str | None,
) -> Outcome:
    """Grant or refuse more time; only the lead may. The owner hears of it."""
    change.must(by, Verb.ANSWER, task)
    if granted and request.until < change.today:
        raise Refused(
            f"{request.until}, the day asked for, has passed; "
            "reject it, or give a later day with `extend`"
        )
    status = ExtensionStatus.GRANTED if granted else ExtensionStatus.REFUSED
    settle_request(change, request, by=by, status=status)
    change.withdraw(task, more_time=True, why="answered")
    if granted:
        until = request.until
        reason = request.reason
        effect = TaskOutlook(change, task).effect(until)
        outcome = grant(change, task, until, effect, by=by, note=note, reason=reason)
    else:
        change.record(
            EventVerb.REFUSE,
            by=by,
            task=task,
            note=note,
            until=request.until.isoformat(),
        )
        settle(change)
        outcome = Outcome(changed=True, message=f"{task.key} stays due {task.due}")
    facts = {
        "event": NewsEvent.EXTENSION_ANSWERED,
        "granted": granted,
        "due": task.due.isoformat(),
        "by": by,
        "note": note,
    }
    # the person who asked plans their days by the answer, so it does not wait for a digest
    change.tell(NoticeKind.NEWS, request.by, task=task, facts=facts)
    if outcome.effect is None:
        return outcome
    return replace(outcome, effect=replace(outcome.effect, told=change.told))


def settle_request(
    change: Change, request: Extension, *, by: str, status: ExtensionStatus
) -> None:
    """Write down how a request ended."""
    request.status = status
    request.answered_by = by
    request.answered_at = change.now
    change.session.add(request)
    change.session.flush()
