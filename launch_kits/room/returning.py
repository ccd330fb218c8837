"""The page to which an act leads back, and the sentence that tells its outcome there."""

from __future__ import annotations

import re

from launch_kits.room.asked import RoomRequest
from launch_kits.verbs import Outcome
from launch_kits.views import answers
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.text import capitalize

__all__ = ["own_address", "said_of", "way_back"]

#: an address within the launch room; two slashes would lead to another server
_OWN = re.compile(r"/(?![/\\])[A-Za-z0-9/:._?=&%#@+-]*")


def way_back(asked: RoomRequest, page: str) -> str:
    """The page that the form or the query names as `next`, else ``page``.

    An address outside the launch room is not followed.
    """
    return own_address(asked.field("next") or asked.wanted("next")) or page


def own_address(wanted: str) -> str | None:
    """An address within the launch room; None for any other text."""
    return wanted if _OWN.fullmatch(wanted) else None


def said_of(asked: RoomRequest, context: MessageContext, outcome: Outcome) -> str:
    """The outcome of a verb and its warnings, in the words of the visitor."""
    reader = asked.reader(context)
    parts = (outcome.message, *outcome.warnings)
    told = (answers.for_people(each, context.view, reader=reader) for each in parts)
    return " ".join(f"{capitalize(each).rstrip('.')}." for each in told)
