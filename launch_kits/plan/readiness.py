"""Readiness: the checks of a launch's gates, and whether they allow a go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from launch_kits.workdays.in_words import count

__all__ = ["CheckState", "GateState", "Verdict", "verdict", "waited_for"]

#: open tasks of a passed gate that are named
NAMED = 3


@dataclass(frozen=True, slots=True)
class CheckState:
    """One check of a gate, and who confirmed or waived it."""

    #: from 1, in the gate's order
    number: int
    title: str
    #: whether it counts only with a link to its evidence
    evidence: bool
    #: unique in its gate; the stored state of the check goes by it
    key: str = ""
    #: email
    checked_by: str | None = None
    checked_at: datetime | None = None
    #: the day of the launch on which it was checked
    checked_on: date | None = None
    link: str | None = None
    #: email
    waived_by: str | None = None
    #: last day on which the waiver counts
    waived_until: date | None = None
    waived_why: str | None = None
    #: the keys of the tasks whose results prove it, without the dropped ones
    tasks: tuple[str, ...] = ()
    #: those of them that are not done
    waits_for: tuple[str, ...] = ()
    #: the link of the one that was done last
    task_link: str | None = None

    @property
    def offered(self) -> bool:
        """Whether its tasks are done but no one has checked it."""
        return bool(self.tasks) and not self.waits_for and self.checked_by is None

    def holds(self, today: date) -> bool:
        """Return whether it was checked, or is waived on a day of the launch."""
        return self.checked_by is not None or self.is_waived(today)

    def is_waived(self, today: date) -> bool:
        """Return whether a waiver counts on a day of the launch.

        It still counts on its last day.
        """
        return self.waived_until is not None and today <= self.waived_until


@dataclass(frozen=True, slots=True)
class GateState:
    """The gate at the end of a stage."""

    stage: str
    title: str
    #: email of its owner
    owner: str
    #: whether the launch must not go while it is open
    hard: bool
    #: whether a go waits for it; false for the gate of a stage that begins on the launch day, or
    #: that is declared to come after it
    before_launch: bool
    checks: tuple[CheckState, ...]
    #: whether its kit puts it after the launch
    after_launch: bool = False
    #: the position of its stage in the kit, from 0
    position: int = 0
    #: the titles of the open tasks of its stage, without milestones and those that decide
    open_work: tuple[str, ...] = ()

    def open_checks(self, today: date) -> tuple[CheckState, ...]:
        """Return the checks that do not hold on a day of the launch."""
        return tuple(check for check in self.checks if not check.holds(today))

    def passed(self, today: date) -> bool:
        """Return whether every check holds on a day of the launch."""
        return not self.open_checks(today)

    def passed_early(self, today: date) -> bool:
        """Return whether every check holds although work of its stage is open."""
        return bool(self.open_work) and self.passed(today)

    @property
    def work_left(self) -> str:
        """Name the open tasks of its stage, the first few by their titles."""
        named = ", ".join(f'"{title}"' for title in self.open_work[:NAMED])
        more = len(self.open_work) - NAMED
        return f"{named} and {count(more, 'more task')}" if more > 0 else named


@dataclass(frozen=True, slots=True)
class Verdict:
    """The computed answer whether a launch is ready to go, with reasons."""

    go: bool
    #: open checks that prevent a go
    reasons: tuple[str, ...]
    #: facts to be known that do not prevent it
    concerns: tuple[str, ...]
    #: the checks of ``reasons``, each with the stage of its gate
    missing: tuple[tuple[str, CheckState], ...] = ()
    #: the gates before it that are passed although work of their stages is open
    early: tuple[GateState, ...] = ()


def verdict(
    gates: Iterable[GateState],
    *,
    overdue: Sequence[str] = (),
    today: date,
    up_to: int | None = None,
) -> Verdict:
    """Judge whether a launch is ready: no go while a check of a hard gate is open.

    ``overdue`` holds the titles of late tasks. ``today`` is a day in the time zone of the launch.
    ``up_to`` is the position of the stage of the task that decides: only gates up to it count,
    without it all gates before the launch. Gates after the launch never do. Returns the verdict
    with its reasons.
    """
    reasons: list[str] = []
    concerns: list[str] = []
    open_checks: list[tuple[str, CheckState]] = []
    early: list[GateState] = []
    for gate in gates:
        if not waited_for(gate, up_to=up_to):
            continue
        missing = gate.open_checks(today)
        told = reasons if gate.hard else concerns
        if gate.hard:
            open_checks += [(gate.stage, check) for check in missing]
        told += [f"{gate.title}: {check.title}{_lapsed(check)}" for check in missing]
        concerns += [
            f"{gate.title}: {check.title} is waived until {check.waived_until} by {check.waived_by}"
            for check in gate.checks
            if check.checked_by is None and check.is_waived(today)
        ]
        if gate.passed_early(today):
            early.append(gate)
            concerns.append(
                f"{gate.title} is passed, but its work is open: {gate.work_left}"
            )
    concerns += [f"overdue: {title}" for title in overdue]
    return Verdict(
        not reasons,
        tuple(reasons),
        tuple(concerns),
        missing=tuple(open_checks),
        early=tuple(early),
    )


def waited_for(gate: GateState, *, up_to: int | None) -> bool:
    """Whether the next go waits for a gate; ``up_to`` as `verdict` takes it."""
    if up_to is None:
        return gate.before_launch
    return gate.position <= up_to and not gate.after_launch


def _lapsed(check: CheckState) -> str:
    return f" (its waiver ended on {check.waived_until})" if check.waived_until else ""
