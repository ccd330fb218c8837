"""Turns that a lead is told of: a launch at risk, and days that pass with work left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlmodel import col, select

from launch_kits.database.records import (
    Notice,
    NoticeKind,
    NoticeStatus,
    TaskStatus,
)
from launch_kits.plan import State
from launch_kits.plan.readiness import GateState
from launch_kits.verbs.digest_news import inform, put_first
from launch_kits.verbs.digest_told import digests_of
from launch_kits.verbs.transaction import Change
from launch_kits.views.gates import read_gates
from launch_kits.views.notices.news_events import NewsEvent
from launch_kits.views.running_plan import RunningPlan, read_plan
from launch_kits.views.task_graph import is_overdue

__all__ = ["tell_of_gates", "tell_of_state"]

#: working days within which a launch that turns at risk again is not told of again
AGAIN = 5


def tell_of_state(change: Change) -> None:
    """Tell the lead that a launch turned at risk, or that its day passed with work left.

    The state of the start is known to them, since they accepted it.
    """
    launch = change.launch
    plan = read_plan(
        launch, graph=change.graph, calendars=change.calendars, today=change.today
    )
    late = sum(
        is_overdue(task, change.brief.zone(task.owner), now=change.now)
        for task in change.tasks.values()
    )
    state = plan.state(overdue=late > 0)
    before = launch.state_told
    if state == before:
        return
    launch.state_told = state
    change.session.add(launch)
    if before is None:
        return
    if state is State.AT_RISK and before == State.ON_TRACK:
        _tell_at_risk(change, plan, late=late)
    elif state is State.LATE:
        _tell_day_passed(change)


def tell_of_gates(change: Change) -> None:
    """Tell of gates whose day passed with open checks, and of waivers that ended.

    Each is told once: to the lead, and of a waiver also to the owner of the gate, whose digest
    asks for the checks.
    """
    gates = read_gates(
        change.session, change.launch, change.brief, change.tasks.values()
    )
    for gate in gates:
        day = _day_of(change, gate)
        checks = [each.title for each in gate.open_checks(change.today)]
        if day is not None and day < change.today and checks:
            facts: dict[str, Any] = {
                "event": NewsEvent.GATE_PASSED,
                "gate": gate.title,
                "day": day.isoformat(),
                "checks": checks,
            }
            occasion = f"gate-{gate.stage}-{day}"
            inform(change, change.lead, occasion=occasion, facts=facts)
        for each in gate.checks:
            until = each.waived_until
            if each.checked_by is None and until is not None and until < change.today:
                facts = {
                    "event": NewsEvent.WAIVER_ENDED,
                    "gate": gate.title,
                    "check": each.title,
                    "until": until.isoformat(),
                }
                occasion = f"waiver-{gate.stage}-{each.key}-{until}"
                for person in dict.fromkeys((change.lead, gate.owner)):
                    change.tell(NoticeKind.NEWS, person, occasion=occasion, facts=facts)


def _tell_at_risk(change: Change, plan: RunningPlan, *, late: int) -> None:
    if _told_lately(change):
        return
    lands_on = plan.standing.lands_on if plan.standing else None
    tasks = {task.key: task for task in change.tasks.values()}
    behind = sorted(
        (each.float_days, tasks[key].due, key)
        for key, each in plan.forecast.items()
        if each.float_days < 0
    )
    facts = {
        "event": NewsEvent.AT_RISK,
        "launch_on": change.launch.launch_on.isoformat(),
        "lands_on": lands_on.isoformat() if lands_on else None,
        "launched_on": plan.launched_on.isoformat() if plan.launched_on else None,
        "late": late,
        "behind": [
            {
                "title": tasks[key].title,
                "owner": tasks[key].owner,
                "due": due.isoformat(),
            }
            for _, due, key in behind
        ],
    }
    occasion = f"at-risk-{change.today}"
    told = change.tell(NoticeKind.NEWS, change.lead, occasion=occasion, facts=facts)
    day = change.hours_of(told.to).day(change.now).isoformat()
    for digest in digests_of(change.session, told.to, day=day):
        if digest.status == NoticeStatus.PENDING:
            put_first(change.session, digest)


def _told_lately(change: Change) -> bool:
    """Whether the lead was told lately, that the launch is at risk."""
    query = select(Notice.filed_at).where(
        Notice.launch == change.launch.slug,
        Notice.kind == NoticeKind.NEWS,
        col(Notice.key).contains(":at-risk-"),
    )
    days = [change.day(at) for at in change.session.exec(query).all()]
    since = change.calendars.launch.shift(change.today, -AGAIN)
    return any(day is not None and day > since for day in days)


def _tell_day_passed(change: Change) -> None:
    launch_on = change.launch.launch_on
    facts = {
        "event": NewsEvent.LAUNCH_DAY_PASSED,
        "launch_on": launch_on.isoformat(),
    }
    occasion = f"passed-{launch_on}"
    change.tell(NoticeKind.NEWS, change.lead, occasion=occasion, facts=facts)


def _day_of(change: Change, gate: GateState) -> date | None:
    return max(_days(change, gate), default=None)


def _days(change: Change, gate: GateState) -> Iterator[date]:
    for task in change.tasks.values():
        if task.stage == gate.stage and task.status != TaskStatus.DROPPED:
            yield task.due
