"""Living messages: compare what sent messages show with what would be written now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from launch_kits import outbox
from launch_kits.database.records import (
    LaunchStatus,
    Notice,
    NoticeKind,
)
from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError
from launch_kits.verbs.offers import message_for
from launch_kits.views.notices.closing import closing
from launch_kits.views.notices.context import ContextLoader, MessageContext
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.workdays.calendar import end_of_day

__all__ = ["close_if_over", "compare", "mark_untrue"]

_log = logging.getLogger(__name__)

#: the digest of a notice's message, as its channel shows it; None if that is not known
Shown: TypeAlias = Callable[[Notice, NoticeMessage, MessageContext], str | None]


def mark_untrue(
    store: Store,
    contexts: ContextLoader,
    *,
    shown: Shown,
    now: Callable[[], datetime],
    launch: str | None = None,
    go_on: Callable[[], bool] = lambda: True,
) -> list[str]:
    """Mark the sent messages that say something else than what would be written now.

    Looks only at launches that changed since the last time, or in which a reader's day has begun:
    of one launch or of all. Stops early if ``go_on`` says no. Returns a problem for each launch
    that could not be compared.
    """
    with store.read() as session:
        due = outbox.to_compare(session, now=now(), launch=launch)
    problems = []
    for slug in due:
        if not go_on():
            break
        try:
            compare(store, contexts.of(slug, now=now()), shown=shown, now=now())
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  a fault of ours in one launch must not hold up the others
            _log.exception("messages could not be compared", extra={"launch": slug})
            problems.append(
                f"{slug}: its messages could not be compared: {type(error).__name__}"
            )
    return problems


def compare(
    store: Store, context: MessageContext, *, shown: Shown, now: datetime
) -> None:
    """Mark the sent messages of a launch that say something else than ``context`` does."""
    view = context.view
    with store.read() as session:
        messages = outbox.live_messages(session, view.slug)
    untrue = []
    plain = []
    for notice in messages:
        message = message_for(notice, context, now=now)
        if notice.keeps_text and not _has_buttons(notice, message):
            plain.append(notice.key)
        over = closing(notice, view) is not None
        if over or _differs(notice, shown(notice, message, context)):
            untrue.append(notice.key)
    readers = {notice.to for notice in messages}
    again_at = _again_at(context, readers, now=now)
    with store.write() as session:
        # its first row locks the launch, which comes before any notice
        outbox.note_compared(
            session, view.slug, revision=view.revision, again_at=again_at
        )
        outbox.mark(session, untrue)
        outbox.close(session, plain, {})


def _differs(notice: Notice, now_shown: str | None) -> bool:
    """Whether a message shows something else; one of the week tells of its own day."""
    week = notice.kind == NoticeKind.DIGEST and "week" in notice.facts
    return not week and (notice.shown is None or notice.shown != now_shown)


def _has_buttons(notice: Notice, message: NoticeMessage) -> bool:
    items = (item for group in message.groups for item in group.items)
    offered = bool(message.actions) or any(item.actions for item in items)
    return "week" not in notice.facts and offered


def close_if_over(
    store: Store, notice: Notice, context: MessageContext, *, now: datetime
) -> None:
    """Close a sent message if nothing is left to do about it, and note the reader's day."""
    if notice.closed is not None:
        return
    over = closing(notice, context.view)
    if over is None:
        return
    today = context.reader(notice.to, now=now).today
    notice.closed = {**over, "on": today.isoformat()}
    with store.write() as session:
        outbox.close(session, [notice.key], notice.closed)


def _again_at(
    context: MessageContext, readers: Iterable[str], *, now: datetime
) -> datetime:
    """The next instant at which messages may say something else although nothing happens.

    The day of a reader, an owner or the launch begins, or a person goes away or is back. The
    headline of a launch that has ended names its days with another year from January on.
    """
    brief = context.brief
    view = context.view
    if view.status != LaunchStatus.RUNNING:
        today = now.astimezone(brief.zone()).date()
        return end_of_day(date(today.year, 12, 31), brief.zone())
    zones: set[ZoneInfo] = {brief.zone()}
    people = {*readers, *(task.owner for task in view.tasks)}
    zones |= {context.reader(person, now=now).zone for person in people}
    zones |= {brief.zone(person.email) for person in brief.team.values()}
    days = [end_of_day(now.astimezone(zone).date(), zone) for zone in zones]
    turns = view.away.turns_at() if view.away else None
    return min([*days, *([turns] if turns else [])])
