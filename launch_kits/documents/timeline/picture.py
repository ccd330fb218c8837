"""What the picture of a launch shows, without any place on the page."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from launch_kits.plan.task_facts import TaskFacts
from launch_kits.statuses import TASK_STATUSES, TaskLook, TaskStatus
from launch_kits.workdays.in_words import count, day

__all__ = ["TimelineFacts", "TimelineGate", "look_of"]

#: where work is drawn while its launch lands later: its limits may hold from that day only
EARLIEST = "open work is drawn on its earliest days"


@dataclass(frozen=True, slots=True)
class TimelineGate:
    """The gate at the end of a stage."""

    stage: str
    title: str
    #: whether the launch must not go while it is open
    hard: bool
    #: the last due day of its stage
    on: date
    open_checks: int


@dataclass(frozen=True, slots=True)
class TimelineFacts:
    """A launch, or a plan for one, as its picture shows it."""

    product: str
    today: date
    begin_on: date
    release_on: date
    launch_on: date
    #: in the kit's order
    tasks: tuple[TaskFacts, ...]
    #: keys of the tasks that are overdue, or of a plan those that cannot be done in time
    late: AbstractSet[str]
    gates: tuple[TimelineGate, ...]
    #: keys of the critical chain, from the first task to the last
    chain: tuple[str, ...]
    #: the day on which the launch lands as things stand, if that is not the launch day
    lands_on: date | None = None
    #: the day on which the launch took place; None before that
    launched_on: date | None = None
    cancelled: bool = False
    #: whether it is narrow and no taller than it needs to be, for a page with other text
    compact: bool = False

    @property
    def title(self) -> str:
        """The name of the picture."""
        return f"{self.product}: timeline"

    @property
    def description(self) -> str:
        """The picture in words, for those who cannot see it."""
        titles = {task.key: task.title for task in self.tasks}
        counts = [
            f"{sum(look_of(self, task) is look for task in self.tasks)} {look}"
            for look in (TaskLook.DONE, TaskLook.LATE, TaskLook.BLOCKED)
        ]
        said = [
            f"{count(len(self.tasks), 'task')}, {', '.join(counts)}.",
            f"Today is {day(self.today)}. {self._begins}.",
            f"{self._anchors}.",
        ]
        if self.lands_on:
            lands_on = day(self.lands_on)
            said.append(f"As things stand the launch lands on {lands_on}; {EARLIEST}.")
        if self.chain:
            names = ", then ".join(titles[key] for key in self.chain)
            said.append(f"The critical chain: {names}.")
        said += [
            f"Gate on {day(gate.on)}: {gate.title}, {count(gate.open_checks, 'check')} open."
            for gate in self.gates
        ]
        return " ".join(said)

    @property
    def _begins(self) -> str:
        verb = "began" if self.begin_on < self.today else "begins"
        return f"Work {verb} on {day(self.begin_on)}"

    @property
    def _anchors(self) -> str:
        """The release and the launch: their days, and the end of the launch."""
        release = day(self.release_on)
        launch = day(self.launch_on)
        if self.cancelled:
            return f"The launch, set for {launch}, was cancelled"
        if self.launched_on is None:
            return f"The release is on {release}, the launch on {launch}"
        took_place = f"it took place on {day(self.launched_on)}"
        return f"The launch was set for {launch}; {took_place}"

    @property
    def heading(self) -> str:
        """The line under the name of the product."""
        begins = "began" if self.begin_on < self.today else "begins"
        parts = [
            count(len(self.tasks), "task"),
            f"work {begins} {day(self.begin_on)}",
            f"release {day(self.release_on)}",
            f"launch {day(self.launch_on)}",
        ]
        if self.cancelled:
            parts.append("cancelled")
        elif self.launched_on:
            parts[-1] = f"launched {day(self.launched_on)}"
        elif self.lands_on:
            parts.append(f"lands on {day(self.lands_on)}; {EARLIEST}")
        return " · ".join(parts)


def look_of(facts: TimelineFacts, task: TaskFacts) -> TaskLook:
    """The look of a task: late, if its status is shown so, or else that of its status."""
    status = TASK_STATUSES[task.status or TaskStatus.WAITING]
    if status.shown_late and task.key in facts.late:
        return TaskLook.LATE
    return status.look
