"""The people who answer for the cards of competitors and for the FAQ."""

from __future__ import annotations

from collections.abc import Iterable

from launch_kits.claims.doubtable import is_faq
from launch_kits.database.records import Task, TaskStatus
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Each

__all__ = ["card_keeper", "line_owner"]


def card_keeper(tasks: Iterable[Task], key: str) -> Task | None:
    """The task whose owner keeps a competitor's card: the battlecard, else another about them."""
    about = [
        task
        for task in tasks
        if task.each == Each.COMPETITORS
        and task.item == key
        and task.status != TaskStatus.DROPPED
    ]
    return min(about, key=_how_unlikely, default=None)


def line_owner(brief: Brief, tasks: Iterable[Task], card: str) -> str:
    """The email of the person who answers for lines.

    ``card`` is the key of the competitor: the owner of its task, else the lead. For the reference
    of an entry it is the person who answers the desk.
    """
    if is_faq(card):
        return brief.holder(brief.kit_in_place.answered_by).email
    keeper = card_keeper(tasks, card)
    return keeper.owner if keeper else brief.lead.email


def _how_unlikely(task: Task) -> tuple[bool, bool]:
    """Sorts the battlecard before other documents, and these before tasks without one."""
    return "battlecard" not in f"{task.template} {task.key}", task.template is None
