"""The rollout of a brief: the tasks of its kit with owners, predecessors and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from launch_kits.errors import Fault, PlanError
from launch_kits.inputs import kit as kits
from launch_kits.inputs.brief import Brief, Item
from launch_kits.inputs.kit import Stage
from launch_kits.inputs.titles import fill_in
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.plan import (
    Anchor,
    PlanInput,
    Predecessor,
    Schedule,
    Span,
    Work,
    earliest_launch_on,
    schedule,
)
from launch_kits.plan.calendars import Calendars
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

if TYPE_CHECKING:
    from launch_kits.plan.brief_load import BriefLoad

__all__ = ["Assignment", "Rollout", "anchor_doubts", "assign"]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task of the kit as this launch needs it: one owner, final key and final predecessors."""

    key: str
    stage: Stage
    task: kits.KitTask
    title: str
    #: the item of the brief that a fanned-out task is about
    item: Item | None
    #: emails
    owner: str
    backup: str | None
    approver: str | None
    after: tuple[Predecessor, ...]
    #: the part of its owner's working day that it takes
    share: float


@dataclass(frozen=True)
class Rollout:
    """A brief's tasks with their dates, computed when asked for."""

    brief: Brief
    begin_on: date
    release_on: date
    launch_on: date

    @classmethod
    def of(cls, brief: Brief, *, today: date) -> Rollout:
        """The rollout by the brief's own days; work begins today if it does not say."""
        return cls(
            brief,
            begin_on=brief.begin_on or today,
            release_on=brief.released_on,
            launch_on=brief.launch_on,
        )

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars of the launch and its owners."""
        return Calendars(self.brief)

    @cached_property
    def assignments(self) -> Sequence[Assignment]:
        """The tasks in the kit's order, then the brief's."""
        return assign(self.brief)

    @cached_property
    def work(self) -> Sequence[Work]:
        """The tasks as the planner takes them."""
        return [self._work(assignment) for assignment in self.assignments]

    def _work(self, assignment: Assignment) -> Work:
        task = assignment.task
        return Work(
            key=assignment.key,
            days=task.days,
            after=assignment.after,
            anchor=Anchor(task.anchor),
            due=Offset.parse(task.due) if task.due else None,
            not_before=Offset.parse(task.not_before) if task.not_before else None,
            calendar=self.calendars.of(assignment.owner),
            workdays=self.calendars.workdays_of(task.key),
        )

    @cached_property
    def plan_input(self) -> PlanInput:
        """The tasks with the launch's calendar and days."""
        return PlanInput(
            self.work,
            calendar=self.calendars.launch,
            begin_on=self.begin_on,
            release_on=self.release_on,
            launch_on=self.launch_on,
        )

    @cached_property
    def schedule(self) -> Schedule:
        """Every task's dates and float."""
        return schedule(self.plan_input)

    @cached_property
    def earliest_launch_on(self) -> date | None:
        """The first launch day on which the plan holds.

        It is None if there is none within 500 working days.
        """
        return earliest_launch_on(self.plan_input)

    @cached_property
    def load(self) -> BriefLoad:
        """The work that the brief alone asks of its people."""
        from launch_kits.plan.brief_load import BriefLoad

        return BriefLoad(self)

    def dated(self) -> Sequence[tuple[Assignment, Span]]:
        """Return every task with its dates."""
        return [
            (assignment, self.schedule.spans[assignment.key])
            for assignment in self.assignments
        ]

    def warnings(self, source: Yaml, *, today: date) -> list[Fault]:
        """Return warnings about the days of the launch.

        ``source`` is the brief as read. ``today`` is a day in the time zone of the launch.
        """
        doubts = anchor_doubts(
            self.calendars.launch,
            launch_on=self.launch_on,
            release_on=self.release_on,
            today=today,
        )
        if self.brief.begin_on is not None and self.brief.begin_on > self.launch_on:
            message = (
                f"begin_on {self.brief.begin_on} lies after launch_on "
                f"{self.launch_on}; correct one of the two"
            )
            doubts.append(("begin_on", "begin-after-launch", message))
        return [source.fault((key,), code, message) for key, code, message in doubts]


def anchor_doubts(
    calendar: Calendar, *, launch_on: date, release_on: date, today: date
) -> list[tuple[str, str, str]]:
    """Check the anchor days of a launch.

    Returns for each doubt the key in the brief, the code, and the message. ``today`` is a day in
    the time zone of the launch.
    """
    found = []
    for key, day in (("launch_on", launch_on), ("release_on", release_on)):
        if key == "release_on" and release_on == launch_on:
            continue
        anchor = calendar.last_on_or_before(day)
        if anchor != day:
            message = (
                f"{key} {day} ({day:%A}) is not a working day; "
                f"the plan counts from {anchor} ({anchor:%A})"
            )
            found.append((key, "anchor-off-day", message))
        if day < today:
            message = f"{key} {day} is past: today is {today}; is the year right?"
            found.append((key, "anchor-past", message))
    if release_on > launch_on:
        message = (
            f"release_on {release_on} lies after launch_on {launch_on}; "
            "is the market told too early?"
        )
        found.append(("release_on", "release-after-launch", message))
    return found


def assign(brief: Brief) -> list[Assignment]:
    """Assign the tasks of the kit to owners.

    A task whose `when` does not hold, or that is fanned out over an empty list, is left out: its
    predecessors go to its successors, and the lags along the way add up. Returns the tasks in the
    kit's order. Raises PlanError if a title cannot be filled in.
    """
    kit = brief.kit_in_place
    kept: dict[str, Sequence[Item | None]] = {}
    for _, task in kit.tasks():
        needed = brief.needs(task.when)
        kept[task.key] = _items(brief, task) if needed else []
    tasks = {task.key: task for _, task in kit.tasks()}
    bridged = _bridge(tasks, kept)
    found: list[Assignment] = []
    for stage, task in kit.tasks():
        after = tuple(
            Predecessor(_final(key, item), lag)
            for key, lag in bridged[task.key].items()
            for item in kept[key]
        )
        found.extend(
            _assignment(brief, stage, task, item, after) for item in kept[task.key]
        )
    return found


def _items(brief: Brief, task: kits.KitTask) -> Sequence[Item | None]:
    return brief.items(task.each) if task.each else [None]


def _final(key: str, item: Item | None) -> str:
    return f"{key}:{item.key}" if item else key


def _bridge(
    tasks: Mapping[str, kits.KitTask], kept: Mapping[str, Sequence[Item | None]]
) -> dict[str, dict[str, int]]:
    """Return for each task its kept predecessors, each with its largest lag.

    Predecessors that are left out are replaced by their own.
    """
    bridged: dict[str, dict[str, int]] = {}

    def waits_for(key: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for link in tasks[key].after:
            reached = {link.task: 0} if kept[link.task] else bridged[link.task]
            for before, lag in reached.items():
                found[before] = max(found.get(before, 0), lag + link.lag)
        return found

    # predecessors first, without recursion: a chain may be as long as the kit
    for root in tasks:
        stack = [root]
        while stack:
            missing = [
                link.task for link in tasks[stack[-1]].after if link.task not in bridged
            ]
            if missing:
                stack.extend(missing)
            else:
                key = stack.pop()
                bridged[key] = waits_for(key)
    return bridged


def _assignment(
    brief: Brief,
    stage: Stage,
    task: kits.KitTask,
    item: Item | None,
    after: tuple[Predecessor, ...],
) -> Assignment:
    owner = brief.holder(task.role)
    backup = brief.team[owner.backup].email if owner.backup else None
    approver = brief.holder(task.review).email if task.review else None
    return Assignment(
        key=_final(task.key, item),
        stage=stage,
        task=brief.as_chosen(task, _final(task.key, item)),
        title=_title(task, brief, item),
        item=item,
        owner=owner.email,
        backup=backup,
        approver=approver,
        after=after,
        share=brief.kit_in_place.share_of(task),
    )


def _title(task: kits.KitTask, brief: Brief, item: Item | None) -> str:
    values = {
        name: brief.product if name == "product" else _part(item, name)
        for name in kits.title_names(task)
    }
    try:
        return fill_in(task.title, values)
    except ValueError as error:
        raise PlanError(
            f"kit {brief.kit_in_place.kit}: task {task.key}: {error}"
        ) from None


def _part(item: Item | None, name: str) -> str | None:
    value = getattr(item, name.removeprefix("item."))
    return None if value is None else str(value)
