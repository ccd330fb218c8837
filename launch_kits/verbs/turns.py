"""Turns that a lead is told of: a launch at risk, and days that pass with work left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlmodel import col, select

from launch_kits.database.records import (
    Notice,
    NoticeKind,
    NoticeStatus,
    Task,
    TaskStatus,
)
from launch_kits.outbox import merged_into
from launch_kits.plan import State
from launch_kits.plan.readiness import GateState
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.verbs.digest_news import inform, put_first
from launch_kits.verbs.digest_told import digests_of
from launch_kits.verbs.transaction import Change
from launch_kits.views.gates import read_gates
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.news_events import NewsEvent
from launch_kits.views.running_plan import RunningPlan, read_plan
from launch_kits.views.task_graph import is_overdue

__all__ = ["tell_of_gates", "tell_of_state"]

#: working days within which a launch that turns at risk again is not told of again
AGAIN = 5


def tell_of_state(change: Change, launches: RunningLaunches | None = None) -> None:
    """Tell the lead that a launch took a turn.

    It is at risk, on track again, or its day passed with work left.

    The state of the start is known to them, since they accepted it. ``launches`` are those of the
    sweep, if it is one.
    """
    launch = change.launch
    if launches is None:
        plan = read_plan(
            launch, graph=change.graph, calendars=change.calendars, today=change.today
        )
    else:
        plan = launches.view(change.session, launch.slug).plan
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
    elif state is State.ON_TRACK and before == State.AT_RISK:
        _tell_on_track(change, plan)
    elif state is State.LATE:
        _tell_day_passed(change)


def tell_of_gates(change: Change) -> None:
    """Tell of gates whose day passed with open checks, and of waivers that ended.

    Each is told once: to the lead, and of a waiver also to the owner of the gate, whose digest
    asks for the checks. Waivers that a person hears of in one step are one message.
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
            if not _is_told(change, change.lead, occasion):
                inform(change, change.lead, occasion=occasion, facts=facts)
    _tell_of_waivers(change, gates)


def _tell_of_waivers(change: Change, gates: Iterable[GateState]) -> None:
    ended: dict[str, list[dict[str, str]]] = {}
    for gate in gates:
        for each in gate.checks:
            until = each.waived_until
            if each.checked_by or until is None or until >= change.today:
                continue
            row = {
                "gate": gate.title,
                "check": each.title,
                "until": until.isoformat(),
                "occasion": f"waiver-{gate.stage}-{each.key}-{until}",
            }
            for person in dict.fromkeys((change.lead, gate.owner)):
                if not _is_told(change, person, row["occasion"]):
                    ended.setdefault(person, []).append(row)
    for person, rows in ended.items():
        facts: dict[str, Any] = {
            "event": NewsEvent.WAIVER_ENDED,
            "gate": rows[0]["gate"],
            "ended": rows,
        }
        occasion = f"waivers-{change.today}"
        change.tell(NoticeKind.NEWS, person, occasion=occasion, facts=facts)


def _is_told(change: Change, person: str, occasion: str) -> bool:
    """Whether a person, or one who acted for them, was told of an occasion of the launch."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        Notice.kind == NoticeKind.NEWS,
        col(Notice.key).contains(f":{occasion}", autoescape=True)
        | col(Notice.key).contains(":waivers-"),
    )
    return any(
        person in (each.to, each.facts.get("for"))
        for each in change.session.exec(query).all()
        if ":waivers-" not in each.key
        or any(row.get("occasion") == occasion for row in rows_of(each.facts, "ended"))
    )


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
                **_in_review(tasks[key]),
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


def _in_review(task: Task) -> dict[str, str | None]:
    """The approver of a task in review, as a fact."""
    return {"with": task.awaited} if task.status == TaskStatus.REVIEW else {}


def _tell_on_track(change: Change, plan: RunningPlan) -> None:
    """Tell the lead that a risk is over.

    They know it if the launch was planned again since: that is their act, or news of its own.
    """
    last = _last_turn(change)
    if last is None or last.facts.get("event") != NewsEvent.AT_RISK:
        return
    if change.launch.planned_at > last.filed_at:
        return
    on = plan.launched_on
    facts = {
        "event": NewsEvent.ON_TRACK,
        "product": change.launch.product,
        "launch_on": change.launch.launch_on.isoformat(),
        "launched_on": on.isoformat() if on else None,
    }
    inform(change, change.lead, occasion=f"on-track-{change.today}", facts=facts)


def _told_lately(change: Change) -> bool:
    """Whether the lead heard of a risk in the last working days.

    If they heard since that it is on track again, they hear of the next risk.
    """
    last = _last_turn(change)
    if last is None or last.facts.get("event") != NewsEvent.AT_RISK:
        return False
    day = change.day(last.filed_at)
    since = change.calendars.launch.shift(change.today, -AGAIN)
    return day is not None and day > since


def _last_turn(change: Change) -> Notice | None:
    """The last news that the lead got, or will get, of a risk that began or ended."""
    query = select(Notice).where(
        Notice.launch == change.launch.slug,
        Notice.kind == NoticeKind.NEWS,
        col(Notice.key).contains(":at-risk-") | col(Notice.key).contains(":on-track-"),
    )
    found = change.session.exec(
        query.order_by(col(Notice.filed_at), col(Notice.key))
    ).all()
    told = [
        each
        for each in found
        if each.status not in (NoticeStatus.DROPPED, NoticeStatus.DEAD)
        or merged_into(each) is not None
    ]
    return told[-1] if told else None


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
