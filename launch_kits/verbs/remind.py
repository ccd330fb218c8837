"""Reminders.

Nudges, the ladder, the sponsor's week, cards to review, the day's headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlmodel import col, func, select

from launch_kits import outbox
from launch_kits.database.records import (
    ACTIVE,
    WITH_OWNER,
    Event,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
    TaskStatus,
)
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.team import Person
from launch_kits.plan.reminders import EscalationStep, Reminder, ReminderState, owed
from launch_kits.verbs.absence import awaited, hold
from launch_kits.verbs.asked_in_turn import look_at_asked
from launch_kits.verbs.cards import retire_claims, tell_of_cards
from launch_kits.verbs.desk_clock import look_at_questions, remind_of_questions
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.verbs.digest_news import tell_with
from launch_kits.verbs.digests import bundle, digest_for
from launch_kits.verbs.sponsor import SPONSOR, tell_sponsor
from launch_kits.verbs.transaction import SWEEP, Change
from launch_kits.verbs.turns import tell_of_gates, tell_of_state
from launch_kits.views.planned_now import planned_now

__all__ = ["look_at_launch", "remind", "reminder_state_of"]

_TOLD = (NoticeKind.TASK, NoticeKind.REVIEW, NoticeKind.NUDGE, NoticeKind.ESCALATION)


def remind(change: Change, launches: RunningLaunches | None = None) -> None:
    """File the reminders that are due in a running launch.

    Nudges, escalations, the week's summary and the day's news.

    Asked any number of times at one instant it files nothing twice. Only those whose working hours
    it is are told; the others are when their hours begin. ``launches`` are those of the sweep.
    """
    if change.launch.status != LaunchStatus.RUNNING:
        return
    told: set[str] = set()
    nudges: list[tuple[Task, Notice]] = []
    for task, reminder in _owed(change):
        digest_for(change.session, reminder.to, now=change.now, launches=launches)
        kind = NoticeKind.ESCALATION if reminder.escalation else NoticeKind.NUDGE
        facts = {} if reminder.escalation else hold(change, task, reminder.to) or {}
        if reminder.planned:
            facts["planned_finish"] = _planned_finish(change, task).isoformat()
        notice = change.tell(
            kind, reminder.to, task=task, occasion=reminder.occasion, facts=facts
        )
        told.add(reminder.to)
        nudges += [] if reminder.escalation else [(task, notice)]
    for person in sorted(told):
        bundle(
            change.session,
            person,
            hours=change.hours_of(person),
            now=change.now,
            launches=launches,
        )
    for task, notice in nudges:
        if notice.status == NoticeStatus.PENDING:
            tell_with(change.session, notice, task)
    tell_sponsor(change)
    tell_of_state(change, launches)
    remind_of_questions(change)
    if change.launch.look_at is None or change.launch.look_at <= change.now:
        outbox.outdate(
            change.session, launch=change.launch.slug, kinds=[NoticeKind.HEADLINE]
        )
        tell_of_gates(change)
        tell_of_cards(change)
        retire_claims(change)
        look_at_launch(change)


def reminder_state_of(change: Change, task: Task) -> ReminderState | None:
    """A task as its reminders see it, without its notices.

    Returns None if no one can work on it, or if its owner was not told of it yet.
    """
    if task.status not in ACTIVE or task.handed_out_at is None:
        return None
    return ReminderState(
        task.due,
        task.owner,
        awaited(change, task),
        ladder=_ladder(change, task),
        planned_finish=_planned_finish(change, task)
        if task.status in WITH_OWNER
        else None,
    )


def _planned_finish(change: Change, task: Task) -> date:
    """The day on which the owner means to be done, by the facts."""
    graph = change.graph
    return planned_now(task, change.calendars, change.launch, graph=graph)[1]


def look_at_launch(change: Change) -> None:
    """Set when the launch as a whole is looked at next.

    Its next day, or the sponsor's next week if that is sooner.
    """
    change.launch.look_at = None
    if change.launch.status == LaunchStatus.DONE:
        # sellers still ask when the work is done
        change.launch.look_at = look_at_questions(change)
    if change.launch.status == LaunchStatus.RUNNING:
        tomorrow = datetime.combine(change.today + timedelta(1), time(), change.zone)
        sponsor = change.brief.team.get(SPONSOR)
        opens = [change.hours_of(sponsor.email).opens(change.now)] if sponsor else []
        question = look_at_questions(change)
        opens += [question] if question else []
        opens += look_at_asked(change)
        change.launch.look_at = min(
            instant for instant in [tomorrow, *opens] if instant > change.now
        )
    change.session.add(change.launch)


def _owed(change: Change) -> Sequence[tuple[Task, Reminder]]:
    policy = change.brief.kit_in_place.nudges
    launch = change.calendars.launch
    states = [
        (task, state)
        for task in change.tasks.values()
        if (state := reminder_state_of(change, task))
    ]
    if not states:
        return []
    notices = _notices(change)
    heard = _heard(change, [task.key for task, _ in states])
    found: list[tuple[Task, Reminder]] = []
    for task, state in states:
        known = _with_history(
            state,
            task,
            notices.get(task.key, []),
            heard.get(task.key),
            now=change.now,
        )
        reminders = owed(
            known, policy, hours=change.hours_of, calendar=launch, now=change.now
        )
        found += [(task, reminder) for reminder in reminders]
    return found


def _ladder(change: Change, task: Task) -> list[EscalationStep]:
    """The rungs of the kit's ladder that have a person.

    In review they are the approver's: their backup is the first of them.
    """
    brief = change.brief
    reviewed = task.status == TaskStatus.REVIEW
    # a person may hear of work that its owner has late, and later of an approval that is late
    suffix = "-review" if reviewed else ""
    person = brief.person(task.answerable)
    manager = brief.team.get(person.manager) if person and person.manager else None
    people = {
        "backup": _backup(brief, person) if reviewed else task.backup,
        "manager": manager.email if manager else None,
    }
    rungs = []
    for rung in brief.kit_in_place.nudges.ladder:
        to = people[rung.to] if rung.to in people else brief.holder(rung.to).email
        if to and not (reviewed and to == task.owner):
            to = change.away.reached(to)
            rungs.append(EscalationStep(rung.after, f"{rung.to}{suffix}", to))
    return rungs


def _backup(brief: Brief, person: Person | None) -> str | None:
    return brief.holder(person.backup).email if person and person.backup else None


def _notices(change: Change) -> dict[str, list[Notice]]:
    """Task → its notices."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug, col(Notice.kind).in_(_TOLD)
    )
    found: dict[str, list[Notice]] = {}
    for notice in change.session.exec(query).all():
        found.setdefault(str(notice.task), []).append(notice)
    return found


def _heard(change: Change, keys: Sequence[str]) -> dict[str, datetime]:
    """Task → when a person last did or said something about it."""
    query = (
        select(Event.task, func.max(Event.id))
        .where(
            Event.launch == change.launch.slug,
            Event.by != SWEEP,
            col(Event.task).in_(keys),
        )
        .group_by(col(Event.task))
    )
    last = [number for _, number in change.session.exec(query).all()]
    events = change.session.exec(select(Event).where(col(Event.id).in_(last))).all()
    return {str(event.task): event.at for event in events}


def _with_history(
    state: ReminderState,
    task: Task,
    notices: Sequence[Notice],
    heard: datetime | None,
    *,
    now: datetime,
) -> ReminderState:
    def occasion(notice: Notice) -> str:
        return notice.key.removeprefix(
            outbox.notice_key(
                NoticeKind(notice.kind), task.launch, task.key, notice.to, ""
            )
        )

    there = {NoticeKind.TASK, NoticeKind.REVIEW}
    # a message that waits for a person's return holds no one else up
    told_at = [
        at if (at := outbox.told_at(each)) <= now else each.filed_at
        for each in notices
        if each.kind in there and each.to == state.awaited
    ]
    said = Counter(
        each.kind
        for each in notices
        if each.status != NoticeStatus.DROPPED or outbox.merged_into(each) is not None
    )
    return replace(
        state,
        told_at=max(told_at, default=None),
        heard_at=heard,
        told=frozenset(
            (each.to, occasion(each)) for each in notices if each.kind not in there
        ),
        count=said[NoticeKind.NUDGE],
    )
