"""My page: the answers and the work that wait for the visitor, as Slack lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.room.asked import RoomRequest, Shown
from launch_kits.room.page import page
from launch_kits.room.task_verbs import TASK_VERBS, TaskVerb
from launch_kits.verbs.offers import permitted
from launch_kits.views.answer_kinds import (
    AnswerKind,
    AnswerSubject,
    ToDecide,
    subject_of,
)
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.message import Action
from launch_kits.views.personal_queue import QueuedAnswer, QueuedTask, read_queue
from launch_kits.views.room_pages import HERE

__all__ = ["MINE"]


#: entries of a list that are shown; the next follow as these are answered or done
MOST = 30

#: the subject of an answer, if it has a page of its own → the address of the page of a launch
_PAGES: Mapping[AnswerSubject, Callable[[str], str]] = {
    "gate": HERE.gates,
    "question": HERE.desk,
    "card": HERE.cards,
    "line": HERE.cards,
}


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A task or an answer of the visitor, with the sentence that asks for it and its buttons."""

    sentence: str
    launch: str
    product: str
    #: None for an answer that is not about a task
    task: TaskView | None
    #: label and verb of each button
    buttons: Sequence[tuple[str, TaskVerb]] = ()
    #: the day asked for, as a form sends it
    until: str = ""
    #: whether a go or no-go is wanted, which is given on the page of the gates
    decides: bool = False
    #: the address of the page on which it is answered; empty for that of the task
    page: str = ""


def _mine(asked: RoomRequest) -> Shown:
    version = asked.room.launches.version()
    queue = read_queue(
        asked.room.store, asked.room.launches, asked.email, now=asked.now, most=MOST
    )
    rest = queue.rest
    lists: Sequence[tuple[str, Sequence[QueuedTask | QueuedAnswer], int]] = (
        ("To answer", queue.answers, rest.answers),
        ("To do", queue.now, rest.now),
        ("Later", queue.later, rest.later),
    )
    values = {
        "sentence": queue.sentence,
        "lists": [
            (title, [*map(_entry, found)], more)
            for title, found, more in lists
            if found
        ],
        "live": ("*", version),
    }
    return Shown("mine.html", values)


def _entry(queued: QueuedTask | QueuedAnswer) -> QueueEntry:
    offered = permitted(queued.message, queued.launch, queued.to)
    ask = queued.ask if isinstance(queued, QueuedAnswer) else None
    until = ask.until if ask and ask.wanted is AnswerKind.MORE_TIME else None
    seen = queued.task_notice
    named = [(each.label, _verb(each, until)) for each in offered.actions]
    return QueueEntry(
        sentence=offered.sentence,
        launch=queued.launch.slug,
        product=queued.launch.product,
        task=seen.task if seen else None,
        buttons=[(label, verb) for label, verb in named if verb],
        until=until.isoformat() if until else "",
        decides=any(each.name == "decide" for each in offered.actions),
        page=_page(queued, ask) if ask else "",
    )


def _page(queued: QueuedTask | QueuedAnswer, ask: ToDecide) -> str:
    address = _PAGES.get(subject_of(ask.wanted))
    return address(queued.launch.slug) if address else ""


def _verb(action: Action, until: date | None) -> TaskVerb | None:
    """The verb of an action; an answer about a day has verbs of its own."""
    name = action.name
    if until:
        name = {"approve": "grant", "reject": "refuse"}.get(name, name)
    return TASK_VERBS.get(name)


MINE = page("/me")(_mine)
