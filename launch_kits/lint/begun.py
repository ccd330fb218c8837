"""A first day of work that is over: the plan from today may not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from launch_kits.errors import Fault
from launch_kits.lint.escapes import suppresses
from launch_kits.lint.subject import LintSubject
from launch_kits.lint.workload import remedy_for
from launch_kits.plan.rollout import Rollout
from launch_kits.workdays.in_words import count, listed

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = ["begun_too_late"]

CODE = "begin-past"
PLACE = ("begin_on",)

#: people who are named
NAMED = 3


def begun_too_late(subject: LintSubject) -> Iterator[Fault]:
    """Yield that the plan does not hold from today, though it does from its first day.

    A plan takes begin_on as written, and `start` takes today if that is later. The brief is counted
    alone.
    """
    rollout = subject.rollout
    today = subject.today
    if subject.running or not rollout.begin_on < today < rollout.launch_on:
        return
    if suppresses(subject.source, PLACE, CODE):
        return
    fault = _fault(rollout, replace(rollout, begin_on=today))
    if fault:
        message = (
            f"begin_on {rollout.begin_on} is over: started today, {today}, {fault}"
        )
        yield subject.source.fault(PLACE, CODE, message)


def _fault(written: Rollout, started: Rollout) -> str | None:
    """Say why the plan does not hold if it is started, and the remedy."""
    late_by = started.schedule.late_by
    if late_by > written.schedule.late_by:
        earliest = started.earliest_launch_on
        remedy = f"launch on {earliest}, or" if earliest else "move the launch, or"
        late = f"the plan would be {count(late_by, 'working day')} late"
        return f"{late}; {remedy} leave out or shorten work"
    if late_by or not written.load.levelling.holds:
        return None
    people = _short(started.load.levelled)
    if people is None:
        return None
    who = ", ".join(listed(people, most=NAMED))
    command = f"plan --level --begin {started.begin_on}"
    remedy = remedy_for(started.load.levelled, command=command)
    return f"people would be short of time ({who}); {remedy}"


def _short(plan: LevelledPlan) -> list[str] | None:
    """Return the owners who are short of time; None if the plan holds.

    Those who are short in every schedule are enough for a sentence. A search, which takes longer
    than all else that a check does, is needed only if there are none.
    """
    if plan.surely_short:
        return sorted(plan.surely_short)
    if plan.levelling.holds:
        return None
    short = plan.levelling.short_days
    return sorted(short, key=lambda person: (-short[person], person))
