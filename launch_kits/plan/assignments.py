"""The assignments of a brief: the tasks of its kit with owners and final predecessors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from launch_kits.errors import PlanError
from launch_kits.inputs import kit as kits
from launch_kits.inputs.brief import Brief, Item
from launch_kits.inputs.kit import Stage
from launch_kits.inputs.titles import fill_in
from launch_kits.plan.graph import Predecessor

__all__ = ["Assignment", "assign"]


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
