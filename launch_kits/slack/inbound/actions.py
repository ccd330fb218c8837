"""Clicks and modals in Slack become verbs.

Each is checked, carried out once, and answered if it changes nothing.
"""

from __future__ import annotations

from launch_kits import verbs
from launch_kits.slack.api.payloads import ActionPlace, Click, Submission, as_day
from launch_kits.slack.inbound.action_verbs import VERBS, Values
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.inbound.task_modals import (
    asked_again,
    extension,
    is_denied,
    modal_of,
    why_not,
)
from launch_kits.slack.inbound.undoing import undoable
from launch_kits.slack.messages.blocks import Message
from launch_kits.verbs import Change
from launch_kits.verbs.handout import waits_for_hand_out
from launch_kits.verbs.transaction import reading
from launch_kits.views import answers
from launch_kits.views.notices.text import capitalize
from launch_kits.views.personal_queue import task_notice_of

__all__ = [
    "BUTTONS",
    "FORMS",
    "act",
    "on_click",
    "on_pick",
    "on_submit",
    "open_task",
]

#: buttons that carry out a verb at once
BUTTONS = ("task_begin", "task_unblock", "task_approve", "task_ack")
#: buttons that open a modal first
FORMS = (
    "task_done",
    "task_block",
    "task_reply",
    "task_extend",
    "task_reject",
    "task_open",
)


def on_click(slack: SlackSession, click: Click) -> None:
    """Carry out the verb of a button, or open its modal."""
    place = click.place
    if click.action in BUTTONS:
        act(slack, click.user, click.action, place, {})
        return
    if click.action == "task_open":
        open_task(slack, click.user, place, trigger=click.trigger)
        return
    email = slack.email(click.user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        shown = modal_of(slack, change, click.action, place, email)
    if isinstance(shown, str):
        slack.answer(click.user, place, shown)
        return
    slack.open(click.trigger, shown)


def open_task(
    slack: SlackSession, user: str, place: ActionPlace, *, trigger: str
) -> None:
    """Show a person a task with all that they can do with it, also if it is closed.

    Raises NotFound.
    """
    email = slack.email(user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        shown = modal_of(slack, change, "task_open", place, email)
        later = _is_for_later(change, place)
    if isinstance(shown, str):
        slack.answer(user, place, shown)
        return
    slack.open(trigger, shown)
    if later and verbs.ask_for(
        slack.store, place.launch, place.task, by=email, now=slack.now()
    ):
        # an owner who opens a task asks for it, and gets its message
        slack.later(place.launch)


def _is_for_later(change: Change, place: ActionPlace) -> bool:
    """Whether the owner of a task has not been told of it yet."""
    tasks = (task for task in change.tasks.values() if task.key == place.task)
    return any(map(waits_for_hand_out, tasks))


def on_pick(slack: SlackSession, click: Click) -> None:
    """Show in the modal the effect of the picked day."""
    place = click.place
    email = slack.email(click.user)
    with reading(slack.store, place.launch, now=slack.now()) as change:
        context = slack.context_of(change)
        email = context.spelled(email)
        task_notice = task_notice_of(context, place.task, to=email, now=change.now)
        picked = as_day(click.picked)
        if task_notice is None or picked is None:
            return
        view = extension(change, task_notice, place, email, picked)
    slack.web.send("views.update", view_id=click.view, hash=click.hash, view=view)


def on_submit(slack: SlackSession, submission: Submission) -> None:
    """Carry out the verb of a modal."""
    picked = {name: slack.picked(member) for name, member in submission.members.items()}
    values = {**submission.values, **picked}
    act(slack, submission.user, submission.name, submission.place, values)


def act(
    slack: SlackSession, user: str, action: str, place: ActionPlace, values: Values
) -> None:
    """Carry out a verb, and show its outcome at the place of the click.

    It reads the launch once: the check, the verb and the view are one transaction. It makes one
    view: of the launch after the verb, or of the one that lets the person do nothing.
    Raises NotFound, Refused, NotYours.
    """
    email = slack.email(user)
    with slack.changing(place.launch) as change:
        email = change.actor(email, email)
        why = _why_not(slack, change, action, place, email)
        if why is not None:
            slack.owe(change.session, user, place, why)
            return
        outcome = VERBS[action](change, place, email, values)
        shown = slack.context_of(change)
        reader = shown.reader(email, now=change.now)
        said = answers.for_people(outcome.message, shown.view, reader=reader)
        unseen = action == "task_ack" or place.fleeting or not outcome.changed
        told = said if place.home else f"{capitalize(said)}."
        answer = undoable(change, outcome, told)
        if place.home or unseen or isinstance(answer, Message):
            # a message shows what was done to it, and only its answer can be undone
            slack.owe(change.session, user, place, answer)
    if outcome.changed:
        slack.later(place.launch)
    slack.show_message(place, shown)


def _why_not(
    slack: SlackSession, change: Change, action: str, place: ActionPlace, email: str
) -> str | None:
    """The reason why a person may not do this; a view is made only to tell it."""
    if not is_denied(change, action, place, email):
        return None
    context = slack.context_of(change)
    task_notice = task_notice_of(context, place.task, to=email, now=change.now)
    again = asked_again(change, place.task)
    return (
        why_not(task_notice, action, place, email, again=again) if task_notice else None
    )
