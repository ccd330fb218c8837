"""The button that undoes an act, in the answer that tells of it."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import select

from launch_kits import verbs
from launch_kits.database.records import Event
from launch_kits.slack.api.payloads import ActionPlace, Click
from launch_kits.slack.inbound.session import SlackSession
from launch_kits.slack.messages.answers import read_undo, with_undo
from launch_kits.slack.messages.blocks import Message
from launch_kits.verbs import Change, Outcome
from launch_kits.views import answers
from launch_kits.views.notices.text import capitalize

__all__ = ["on_undo", "undo_of", "undoable"]


def undoable(change: Change, outcome: Outcome, said: str) -> Message | str:
    """The answer about an act, with the button that undoes it if it changed anything.

    It is made within the transaction of the act, whose last event names it.
    """
    if not outcome.changed:
        return said
    slug = change.launch.slug
    change.session.flush()
    newest = select(func.max(Event.id)).where(Event.launch == slug)
    return with_undo(said, slug, change.session.exec(newest).one() or 0)


def on_undo(slack: SlackSession, click: Click) -> None:
    """Undo the act of a button, if it is still its user's last one.

    Raises Refused with the reason, NotFound.
    """
    launch, event = read_undo(click.value)
    undo_of(slack, click.user, click.place, launch, event)


def undo_of(
    slack: SlackSession, user: str, place: ActionPlace, launch: str, event: int
) -> None:
    """Undo an act of a user, and say so; raises Refused, NotFound."""
    email = slack.email(user)
    with slack.changing(launch) as change:
        context = slack.context_of(change)
        reader = context.reader(context.spelled(email), now=change.now)
        outcome = verbs.undo(change, launch, by=email, event=event, now=change.now)
        said = answers.for_people(outcome.message, context.view, reader=reader)
        slack.owe(change.session, user, place, f"{capitalize(said)}.")
    slack.later(launch)
