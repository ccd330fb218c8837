"""Responses to Slack, kept so that a process started later gives the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from sqlmodel import select

from launch_kits.database.records import Answered
from launch_kits.database.store import Store

__all__ = ["Answer", "answered_once"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request of Slack over HTTP."""

    status: int
    body: str
    headers: Mapping[str, str]


def answered_once(
    store: Store,
    signature: str,
    dispatch: Callable[[], Answer],
    *,
    now: Callable[[], datetime],
) -> Answer:
    """Dispatch a request, unless a process before this one did and its answer said something.

    Answers without a body need not be kept: their deeds are recognised by themselves. One with the
    faults of a modal did nothing, and would be checked again by the facts of now.
    """
    key = f"reply:{signature}"
    kept = _kept(store, key)
    if kept is not None:
        return Answer(**kept)
    answer = dispatch()
    if answer.status == HTTPStatus.OK and answer.body:
        response = {
            "status": answer.status,
            "body": answer.body,
            "headers": dict(answer.headers),
        }
        with store.write() as session:
            session.merge(Answered(key=key, at=now(), response=response))
    return answer


def _kept(store: Store, key: str) -> Mapping[str, Any] | None:
    with store.read() as session:
        query = select(Answered.response).where(Answered.key == key)
        return session.exec(query).first()
