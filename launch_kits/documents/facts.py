"""The facts that a document is made from.

They are the brief with its kit and ledgers, the tasks with their dates, and the reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from launch_kits.claims.lines import Cited, Mark
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.plan.task_facts import TaskFacts

if TYPE_CHECKING:
    from launch_kits.documents.timeline.picture import TimelineFacts

__all__ = ["DeskEntry", "Facts", "OpenGate", "Outlook", "SlipLine", "TaskFacts"]


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A day that slipped, or a task that delays the launch."""

    title: str
    #: of the launch's calendar
    days: int
    #: the reason given
    why: str | None = None


@dataclass(frozen=True, slots=True)
class OpenGate:
    """A hard gate that is open, with its open checks."""

    title: str
    stage_title: str
    owner_name: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """A running launch at one glance, for an executive."""

    #: such as ``at risk``
    state: str
    #: the day of the launch and its delay in words; None until it took place
    launched: str | None
    #: None if no day of the next 500 working days holds
    lands_on: date | None
    #: the tasks that delay it, the largest first; the days add up to the slip
    because: tuple[SlipLine, ...]
    #: the decisions that people wait for, a sentence each
    asks: tuple[str, ...]
    #: the due days that slipped most since the start, the largest first
    slips: tuple[SlipLine, ...]
    gates: tuple[OpenGate, ...]
    #: that people have no time for all work by its due days, in one sentence; None if they have
    short: str | None = None


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A question of a seller, and its answer if there is one."""

    question: str
    #: None if the question is open
    answer: str | None
    #: the source of the answer, if it is a link or a claim
    sources: tuple[Cited, ...]
    #: the source in words, if it is neither
    stated: str
    #: the person who answered, or who is to answer
    by: str
    #: the day of the answer, or the day on which it is due
    on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts that a document is made from."""

    #: with its kit and ledgers loaded
    brief: Brief
    #: all tasks of the launch, in the order of the kit
    tasks: Sequence[TaskFacts]
    #: the task that the document belongs to; None for a document without a task
    task: TaskFacts | None
    today: date
    reader: Audience
    begin_on: date
    release_on: date
    launch_on: date
    #: whether the plan meets all of its deadlines
    feasible: bool
    #: the picture of the launch; None for documents without one
    timeline: TimelineFacts | None = None
    #: None before the launch has started, and after it was cancelled
    outlook: Outlook | None = None
    #: the questions of sellers that the FAQ does not have
    desk: tuple[DeskEntry, ...] = ()
    #: the marks of claims in doubt, by references such as ``redis.w3``
    questioned: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def overrides(self) -> Mapping[str, str]:
        """Section of the task's document → text of the brief."""
        return self.brief.choice_of(self.task.key).sections if self.task else {}

    @property
    def chain(self) -> tuple[str, ...]:
        """The keys of the chain of open work with the least float."""
        return self.timeline.chain if self.timeline else ()

    @property
    def audience(self) -> Audience:
        """The readers for whom the document must be fit.

        Returns the audience of the reader or of the document's task, whichever is wider.
        """
        return self.reader.or_wider(self.task.audience) if self.task else self.reader
