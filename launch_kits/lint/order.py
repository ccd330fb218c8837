"""Due days out of order: too early for predecessors, or too late for successors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil, floor, inf

from launch_kits.errors import Fault
from launch_kits.inputs.kit import Kit, KitTask
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint.subject import task_places
from launch_kits.workdays.offsets import Offset, Unit

__all__ = ["due_days"]

#: working days by which calendar days may be counted too short, since the weekday of the anchor is
#: not known
FLOAT = 2
#: working days in one of a unit
WORKING_DAYS = {
    Unit.WORKING_DAYS: 1.0,
    Unit.WEEKS: 5.0,
    Unit.DAYS: 5 / 7,
}


class _Bounds:
    """The finishes that a kit's offsets from one anchor allow, in working days from it."""

    def __init__(self, order: Sequence[KitTask], anchor: str) -> None:
        self.anchor = anchor
        #: the latest finish that successors allow, and the task that says so
        self.allowed: dict[str, tuple[float, str]] = {}
        #: the earliest finish that predecessors and `not_before` allow, and the task that says so
        self.earliest: dict[str, tuple[float, str]] = {}
        for task in order:
            self._forward(task)
        for task in reversed(order):
            self._backward(task)

    def day(self, task: KitTask, written: str | None) -> float | None:
        """Return an offset as working days from the anchor, or None for another anchor."""
        if written is None or task.anchor != self.anchor:
            return None
        return _working_days(written)

    def _forward(self, task: KitTask) -> None:
        opens = self.day(task, task.not_before)
        start = -inf if opens is None else opens
        by = task.key
        for link in task.after:
            before, driver = self.earliest[link.task]
            reached = before + link.lag
            if task.days:
                reached += 1
            if reached > start:
                start = reached
                by = driver
        self.earliest[task.key] = (start + max(task.days - 1, 0), by)

    def _backward(self, task: KitTask) -> None:
        """Set the latest finish of a task's predecessors.

        Its successors must have set its own.
        """
        finish, _ = self.allowed.setdefault(task.key, (inf, task.key))
        due = self.day(task, task.due)
        by = task.key
        if due is None or finish < due:
            due = finish
            by = self.allowed[task.key][1]
        for link in task.after:
            latest = due - task.days - link.lag
            if latest < self.allowed.get(link.task, (inf, ""))[0]:
                self.allowed[link.task] = (latest, by)


def _working_days(written: str) -> float:
    offset = Offset.parse(written)
    return offset.amount * WORKING_DAYS[offset.unit]


def _in_order(kit: Kit) -> Sequence[KitTask]:
    """Return the tasks, each after its predecessors; those of a cycle are left out."""
    tasks = {task.key: task for _, task in kit.tasks()}
    open_links = {key: len(task.after) for key, task in tasks.items()}
    followers: defaultdict[str, list[str]] = defaultdict(list)
    for key, task in tasks.items():
        for link in task.after:
            followers[link.task].append(key)

    order = [key for key, task in tasks.items() if not task.after]
    # the list grows while it is read
    for key in order:
        for follower in followers[key]:
            open_links[follower] -= 1
            if open_links[follower] == 0:
                order.append(follower)
    return [tasks[key] for key in order]


def due_days(kit: Kit, source: Yaml) -> Iterator[Fault]:
    """Yield due days of a kit that no launch can keep, or that successors make void."""
    order = _in_order(kit)
    places = dict(task_places(kit))
    tasks = {task.key: task for task in order}
    for anchor in ("launch", "release"):
        bounds = _Bounds(order, anchor)
        for task in order:
            due = bounds.day(task, task.due)
            if due is None:
                continue
            earliest, driver = bounds.earliest[task.key]
            allowed, follower = bounds.allowed[task.key]
            where = (*places[task.key], "due")
            if due + _float(task, tasks[driver]) < earliest:
                message = (
                    f'task "{task.key}" is due {task.due}, but cannot end before '
                    f"T{_signed(ceil(earliest))}: "
                    f'"{driver}" does not begin before {tasks[driver].not_before}; '
                    "move one of the two dates"
                )
                yield source.fault(where, "due-too-early", message)
            elif due - _float(task, tasks[follower]) > allowed:
                message = (
                    f'task "{task.key}" is due {task.due}, too late for '
                    f'"{follower}", which waits for it; '
                    f"write T{_signed(floor(allowed))} or earlier, or leave its due out"
                )
                yield source.fault(where, "due-after-successor", message)


def _float(*tasks: KitTask) -> int:
    in_days = any("d" in f"{task.due} {task.not_before}" for task in tasks)
    return FLOAT if in_days else 0


def _signed(days: int) -> str:
    return f"{days:+d}" if days else "-0"
