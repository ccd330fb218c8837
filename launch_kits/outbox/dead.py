"""Notices that could not be delivered, and another try."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import (
    Launch,
    LaunchStatus,
    Notice,
    NoticeStatus,
)
from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused, suggest
from launch_kits.workdays.in_words import count

__all__ = ["requeue", "retry", "undelivered"]


def requeue(session: Session, keys: Iterable[str], *, now: datetime) -> int:
    """Let dead notices be sent again; returns their number.

    They keep their attempts: one that may have been sent is looked for first.
    """
    dead = (col(Notice.key).in_(list(keys)), col(Notice.status) == NoticeStatus.DEAD)
    result = session.exec(
        update(Notice)
        .where(*dead)
        .values(status=NoticeStatus.PENDING, send_after=now, error=None)
    )
    return int(result.rowcount)


def undelivered(store: Store) -> str | None:
    """The number of dead notices of running launches, with the remedy.

    None without any.
    """
    dead = (
        select(func.count())
        .select_from(Notice)
        .join(Launch, col(Launch.slug) == col(Notice.launch))
    )
    dead = dead.where(
        Notice.status == NoticeStatus.DEAD, Launch.status == LaunchStatus.RUNNING
    )
    with store.read() as session:
        number = session.exec(dead).one()
    if not number:
        return None
    return (
        f"{count(number, 'notice')} could not be delivered: "
        "`launch-kits outbox` says why, "
        "`launch-kits outbox retry` tries again"
    )


def retry(
    store: Store, keys: Sequence[str] = (), *, launch: str | None = None, now: datetime
) -> Mapping[str, int]:
    """Let dead notices be sent again: named ones, a launch's, or all.

    Returns the number of each launch.

    They keep their attempts, so a notice that may have been sent is looked for first. Raises
    NotFound for an unknown launch or key, Refused for a notice that is not dead; nothing is changed
    then.
    """
    with store.write() as session:
        if launch is not None:
            find_launch(session, launch)
        query = select(Notice.key, Notice.launch, Notice.status)
        found = session.exec(
            query if launch is None else query.where(Notice.launch == launch)
        ).all()
        status = {key: status for key, _, status in found}
        for key in keys:
            if key not in status:
                hint = (
                    suggest(key, status)
                    or "; `launch-kits outbox --json` shows their keys"
                )
                raise NotFound(f'no notice "{key}"{hint}')
            if status[key] != NoticeStatus.DEAD:
                raise Refused(
                    f'notice "{key}" is {status[key]}, not dead; there is nothing to try again'
                )
        chosen = {
            key: slug
            for key, slug, now_is in found
            if now_is == NoticeStatus.DEAD and (not keys or key in keys)
        }
        launches = Counter(chosen.values())
        for slug in sorted(
            launches
        ):  # held first, as verbs do, so that the board catches up
            find_launch(session, slug, lock=True).revision += 1
        requeue(session, chosen, now=now)
    return launches
