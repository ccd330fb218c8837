"""The reasons that a launch takes as long as it does, as a chain of work with its limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from launch_kits.plan.graph import Anchor
from launch_kits.workdays.offsets import Offset

__all__ = ["Dated", "Limit", "Reason", "Step", "Why"]


class Reason(StrEnum):
    """The reason that a task starts, or finishes, no earlier."""

    BEGIN_ON = "begin_on"
    TODAY = "today"
    WAITS_FOR = "waits_for"
    NOT_BEFORE = "not_before"
    BEGUN_ON = "begun_on"
    IN_REVIEW = "in_review"
    UNTIL = "until"


class Dated(Protocol):
    """The dates and float of an open task, in a plan or in a forecast."""

    @property
    def start(self) -> date:
        """The first day."""

    @property
    def finish(self) -> date:
        """The last day."""

    @property
    def float_days(self) -> int:
        """Spare working days."""


@dataclass(frozen=True, slots=True)
class Step:
    """One task of the chain; it is work, never a milestone."""

    task: str
    reason: Reason
    #: the predecessor that holds it, or the milestone whose own day holds it
    waits_for: str | None
    #: working days of the launch that must lie between, all along the way through milestones
    lag: int
    start: date
    finish: date
    float_days: int
    #: the day until which more time was granted, if it decides the finish
    until: date | None
    #: holidays and blackouts of the launch that fall into the wait and the work
    closed: tuple[date, ...]
    #: the launch's working days in them on which the task's owner does not work
    off: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit that the last task of a chain must keep."""

    #: the task or milestone that has a day of its own, or is the last before the anchor day
    task: str
    anchor: Anchor
    #: its own due date; None if it must fall before the anchor day
    due: Offset | None
    #: that due date, or the anchor day
    on: date


@dataclass(frozen=True, slots=True)
class Why:
    """A driving chain: each task starts as soon as the one before lets it."""

    #: from the first to the last
    steps: tuple[Step, ...]
    limit: Limit
