"""The actions and links of the lines of a list, for its reader as things are now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.actions import CHECKS, OPEN, REPLAN, actions_for
from launch_kits.views.notices.asked_message import asked_actions
from launch_kits.views.notices.message import (
    Action,
    Item,
    ItemGroup,
    NoticeMessage,
    Subject,
)
from launch_kits.views.passed_plans import passed_plans

__all__ = ["Links", "offer_items", "without_buttons"]

#: lines with buttons in one message; the others are answered in their own messages, or at Home
MOST = 6

#: a launch, a task and the day asked for → the address of a reader's message
Links = Mapping[Subject, str]


@dataclass(frozen=True, slots=True)
class _Offer:
    """A reader, the launches of the list, and the addresses of the reader's messages."""

    to: str
    #: when the list was written
    since: datetime
    view: Callable[[str], LaunchView | None]
    links: Links
    #: keeps the actions that the reader may take
    permit: Callable[..., tuple[Action, ...]]
    #: counts the lines that got buttons
    given: count[int]

    def group(self, group: ItemGroup) -> ItemGroup:
        return replace(group, items=[self.item(item) for item in group.items])

    def item(self, item: Item) -> Item:
        subject = item.subject
        if subject is None:
            return item
        actions = self.actions(item, subject)
        if actions and next(self.given) >= MOST:
            actions = ()
        return replace(item, actions=actions, link=self.links.get(subject))

    def actions(self, item: Item, subject: Subject) -> tuple[Action, ...]:
        launch = self.view(subject.launch)
        if launch is None or _is_back(item, launch):
            return ()
        task = launch.task(subject.task)
        fitting = self._fitting(item, subject, launch, task)
        if task is None:
            return fitting
        more_time = subject.until is not None
        return self.permit(fitting, launch, task, self.to, more_time=more_time)

    def _fitting(
        self,
        item: Item,
        subject: Subject,
        launch: LaunchView,
        task: TaskView | None,
    ) -> tuple[Action, ...]:
        """Return the actions that fit a line; none if it is over.

        Questions of sellers, and new content of a document, wait for an answer after the launch
        too.
        """
        if item.ask is not None and launch.status != LaunchStatus.CANCELLED:
            return asked_actions(item.ask, launch, task, to=self.to)
        if launch.status != LaunchStatus.RUNNING:
            return ()
        if not subject.task:
            return _about_launch(item, launch)
        if task is None or not task.open:
            return ()
        if item.others or task.status is TaskStatus.REVIEW:
            return (OPEN,)
        return actions_for(task, to=self.to, since=self.since)


def offer_items(
    message: NoticeMessage,
    *,
    to: str,
    since: datetime,
    view: Callable[[str], LaunchView | None],
    links: Links,
    permit: Callable[..., tuple[Action, ...]],
) -> NoticeMessage:
    """Return the message with the actions that its reader may take on each line.

    ``since`` is the instant at which the message was filed. ``view`` gives a launch by its slug,
    None for one that cannot be read. ``permit`` is `offers.permitted_actions`.
    """
    offer = _Offer(to, since, view, links, permit, count())
    return replace(message, groups=[offer.group(group) for group in message.groups])


def without_buttons(message: NoticeMessage) -> NoticeMessage:
    """Return the message with the links of its lines alone."""
    groups = [
        replace(group, items=[replace(item, actions=()) for item in group.items])
        for group in message.groups
    ]
    return replace(message, groups=groups)


def _about_launch(item: Item, launch: LaunchView) -> tuple[Action, ...]:
    """The action of a line without a task; none once its planned days can be kept again."""
    if item.passed:
        return (REPLAN,) if passed_plans(launch) else ()
    return (CHECKS,)


def _is_back(item: Item, launch: LaunchView) -> bool:
    """Whether the reader had a line for a person who is back."""
    person = item.instead_of
    away = launch.away
    return person is not None and away is not None and away.of(person) is None
