"""The act that undoes the visitor's last one."""

from __future__ import annotations

import re

from launch_kits.room.asked import Redirect, RoomRequest
from launch_kits.room.page import act
from launch_kits.room.returning import said_of, way_back
from launch_kits.verbs import changing, undo
from launch_kits.views.room_pages import HERE

__all__ = ["UNDO"]


def _undo(asked: RoomRequest) -> Redirect:
    context = asked.context()
    number = asked.field("event")
    # without a number none is meant, as by one that is gone
    event = int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 0
    with changing(asked.room.store, asked.slug, now=asked.now) as change:
        by = context.spelled(asked.email)
        outcome = undo(change, asked.slug, by=by, event=event, now=asked.now)
    back = way_back(asked, HERE.launch(asked.slug))
    return Redirect(back, said=said_of(asked, context, outcome), changed=asked.slug)


UNDO = act("/launches/{launch}/undo")(_undo)
