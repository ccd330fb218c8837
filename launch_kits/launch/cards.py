"""Battlecards kept true: their owner hears before a card's review is due, and once when it is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from launch_kits.claims import Card
from launch_kits.kit import Each
from launch_kits.launch.change import Change
from launch_kits.positioning import Alternative
from launch_kits.records import NoticeKind, Task, TaskStatus

__all__ = ["AHEAD", "tell_of_cards"]

#: days before the last fresh one on which the owner hears of the review
AHEAD = timedelta(7)


def tell_of_cards(change: Change) -> None:
    """File what the owners of battlecards are to hear by today of their review, each thing once a review date."""
    for task, alternative, card in _cards(change):
        due = card.next_review_on
        if change.today > due:
            occasion, text = f"card-{due}-stale", f"is stale: its review was due {due}, and the card now says so on top"
        elif change.today >= due - AHEAD:
            occasion, text = f"card-{due}-soon", f"is to be reviewed by {due}"
        else:
            continue
        said = (
            f"The card on {alternative.name} {text}. Last verified {card.verified_on}: read its sources again, "
            "correct what has changed, and set verified_on"
        )
        change.tell(NoticeKind.NEWS, task.owner, task=task, occasion=occasion, facts={"text": said})


def _cards(change: Change) -> Iterator[tuple[Task, Alternative, Card]]:
    """Each competitor's card with the task whose owner keeps it: the battlecard, or another document about them."""
    for alternative in change.brief.competitors():
        about = [
            task
            for task in change.tasks.values()
            if task.each == Each.COMPETITORS and task.item == alternative.key and task.status != TaskStatus.DROPPED
        ]
        keeper = min(about, key=_how_unlikely, default=None)
        if keeper is not None and alternative.ledger is not None:
            yield keeper, alternative, alternative.ledger.card


def _how_unlikely(task: Task) -> tuple[bool, bool]:
    """Sorts the battlecard before other documents, and these before tasks without one."""
    return "battlecard" not in f"{task.template} {task.key}", task.template is None
