"""The button that undoes an act, in the answer that tells of it."""

from __future__ import annotations

from sqlmodel import col, select

from launch_kits.database.records import Event, EventVerb
from launch_kits.slack.messages.answers import with_undo
from launch_kits.slack.messages.blocks import Message
from launch_kits.verbs import Change, Outcome

__all__ = ["undoable"]

#: acts that no one takes back
_FINAL = frozenset([EventVerb.CANCEL, EventVerb.UNDO])


def undoable(change: Change, outcome: Outcome, said: str) -> Message | str:
    """The answer about an act, with the button that undoes it if it can be undone.

    It is made within the transaction of the act, whose last event names it.
    """
    if not outcome.changed:
        return said
    slug = change.launch.slug
    change.session.flush()
    query = select(Event.id, Event.verb).where(Event.launch == slug)
    newest = change.session.exec(query.order_by(col(Event.id).desc())).first()
    if newest is None or newest[1] in _FINAL:
        return said
    return with_undo(said, slug, newest[0])
