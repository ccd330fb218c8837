"""The contents of a person's digest, and the parts that are worth a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from launch_kits.database.records import Task
from launch_kits.plan.absence import Deputies
from launch_kits.plan.calendars import Calendars
from launch_kits.plan.reminders import LATE_AGAIN
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.verbs.digest_lines import launch_line, task_line
from launch_kits.verbs.digest_others import add_answers, add_seen
from launch_kits.verbs.digest_parts import (
    SOON,
    DigestContents,
    due_mark,
    is_repeated,
    landing_mark,
    planned_mark,
)
from launch_kits.verbs.digest_told import (
    asked_in_digest,
    asked_lately,
    listed_lately,
    told_lately,
    told_today,
)
from launch_kits.verbs.handout import waits_for_hand_out
from launch_kits.verbs.handover_facts import given_now
from launch_kits.verbs.message_limit import presses
from launch_kits.views.answer_kinds import AnswerKind
from launch_kits.views.concerned import launches_concerning
from launch_kits.views.decisions import turn_of
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.owed import Owed, owed_by

__all__ = ["contents_of"]


def contents_of(
    session: Session, person: str, launches: RunningLaunches
) -> DigestContents | None:
    """Gather a person's digest as of now; None if no launch concerns them."""
    now = launches.now
    slugs = launches_concerning(session, person)
    if not slugs:
        return None
    found = {slug: launches.of(session, slug) for slug in slugs}
    views = {slug: view for slug, (_, view) in found.items()}
    owed = {slug: _owed(view, person) for slug, view in views.items()}
    work = _work(session, views, owed)
    first = work[0][0].launch if work else slugs[0]
    hours = found[first][0].hours_of(person)
    contents = DigestContents(first, hours, hours.day(now))
    told = told_today(session, person, hours, now=now)
    told |= {
        (task.launch, task.key)
        for task, _ in work
        if _comes_back(found[task.launch][0], task, person, now)
    }
    contents.told_soon = listed_lately(session, person, hours, now=now, within=SOON)
    contents.told_late = listed_lately(
        session, person, hours, now=now, within=LATE_AGAIN - 1
    )
    contents.asked_late = asked_in_digest(session, person, hours, now=now)
    contents.asked_lately = asked_lately(session, person, hours, now=now)
    contents.told_lately = told_lately(session, person, hours, now=now)
    for task, seen in work:
        calendars, view = found[task.launch]
        paused = _is_paused(contents, seen, calendars)
        if _add_task(contents, task, seen.meant_days[1], told, paused=paused):
            line = task_line(seen, view, to=person, paused=paused)
            contents.tasks.append({**given_now(session, task, person), **line})
        else:
            contents.told.add(task.key)
    for slug, (calendars, view) in found.items():
        add_answers(contents, view, owed[slug].answers)
        leads = person.casefold() in _leading(calendars, now)
        if leads:
            add_seen(contents, view, person, owed[slug])
        if leads or any(task.launch == slug for task, _ in work):
            contents.launches.append(line := launch_line(view, leads=leads))
            if leads and not view.launched_on:
                contents.marks.add(landing_mark(line))
    contents.asks.sort(key=lambda line: str(line["due"] or date.max))
    return contents


def _owed(view: LaunchView, person: str) -> Owed:
    """All that a person owes, without the part that another has while they are away."""
    owed = owed_by(view, person)
    mine = person.casefold()
    return Owed(
        answers=[each for each in owed.answers if each.who.casefold() == mine],
        now=[each for each in owed.now if turn_of(each, view)[0].casefold() == mine],
        later=owed.later,
    )


def _work(
    session: Session, found: Mapping[str, LaunchView], owed: Mapping[str, Owed]
) -> Sequence[tuple[Task, TaskView]]:
    """A person's tasks and reviews with their records, the longest overdue first.

    Among them are those of which the person is told later.
    """
    views: dict[tuple[str, str], TaskView] = {}
    for slug, view in found.items():
        reviewed = {
            ask.key for ask in owed[slug].answers if ask.wanted is AnswerKind.REVIEW
        }
        tasks = [task for task in view.open_tasks if task.key in reviewed]
        tasks += [*owed[slug].now, *owed[slug].later]
        views |= {(slug, task.key): task for task in tasks}
    query = select(Task).where(
        col(Task.launch).in_({slug for slug, _ in views}),
        col(Task.key).in_({key for _, key in views}),
    )
    order = col(Task.due), col(Task.launch), col(Task.position)
    rows = session.exec(query.order_by(*order)).all()
    return [
        (row, views[row.launch, row.key])
        for row in rows
        if (row.launch, row.key) in views
    ]


def _is_paused(contents: DigestContents, task: TaskView, calendars: Calendars) -> bool:
    """Whether a person answered for an overdue task lately, so that its reminders pause."""
    if task.heard_at is None or contents.today <= task.due:
        return False
    pause = calendars.brief.kit_in_place.nudges.pause
    heard_on = contents.hours.day(task.heard_at)
    return contents.today <= contents.hours.calendar.shift(heard_on, pause)


def _comes_back(calendars: Calendars, task: Task, person: str, now: datetime) -> bool:
    """Whether a deputy holds a task of a person who is back; a sweep tells them of it today."""
    if task.in_hands_of in (None, person) or task.answerable != person:
        return False
    return Deputies(calendars, now).back_at(person) is None


def _leading(calendars: Calendars, now: datetime) -> set[str]:
    """The lead of a launch and the person who acts for them, as identities."""
    lead = calendars.brief.lead.email
    acting = Deputies(calendars, now).of(lead)
    return {each.casefold() for each in (lead, acting) if each}


def _add_task(
    contents: DigestContents,
    task: Task,
    finish: date,
    told: set[tuple[str, str]],
    *,
    paused: bool,
) -> bool:
    """Add the marks of a task of the person's own.

    ``finish`` is its planned finish by the facts. A task that is ``paused`` asks for nothing: its
    mark is said when the pause is over. Returns whether it is listed: not if its own message comes
    today.
    """
    waits = waits_for_hand_out(task)
    contents.in_hand += not waits and task.handed_out_at is not None
    due = None if waits or paused else due_mark(task, contents.hours, contents.today)
    planned = None if waits else planned_mark(task, finish)
    contents.marks |= {mark for mark in (due, planned) if mark}
    if (task.launch, task.key) in told:
        return False
    ends = contents.hours.calendar.last_on_or_before(finish)
    today = planned if ends == contents.today else None
    if contents.today <= task.due and (task.launch, task.key) in contents.told_lately:
        # the due day and those ahead are in the message that they got a working day ago
        due = today = None
    name = task.launch, task.key
    soon = name in contents.told_soon
    late = name in contents.told_late
    if due is not None and is_repeated(due, soon=soon, late=late):
        due = None
    contents.worth |= {mark for mark in (due, today) if mark}
    days = contents.hours.calendar.count(task.due, contents.today)
    if due is not None and presses(due, named=soon, late=days):
        contents.pressing.add(due)
    return True
