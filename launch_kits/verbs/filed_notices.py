"""The notices that one transaction files, and the people who are told by them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from launch_kits import outbox
from launch_kits.database.records import Notice, NoticeKind, NoticeStatus

__all__ = ["FiledNotices"]


class FiledNotices:
    """The notices of a launch that a transaction files."""

    def __init__(self, session: Session, launch: str, now: datetime) -> None:
        self._session = session
        self._launch = launch
        self._now = now
        self._notices: dict[str, Notice] = {}

    def enqueue(
        self,
        kind: NoticeKind,
        to: str,
        *,
        task: str | None,
        occasion: str,
        send_after: datetime,
        facts: dict[str, Any] | None,
    ) -> Notice:
        """File a notice for a reader as it is; one that is there already stays."""
        notice = outbox.enqueue(
            self._session,
            kind=kind,
            launch=self._launch,
            task=task,
            to=to,
            occasion=occasion,
            now=self._now,
            send_after=send_after,
            facts=facts,
        )
        if notice.filed_at == self._now:
            self._notices[notice.key] = notice
        return notice

    def tells(self, person: str, occasion: str) -> bool:
        """Whether a person, or one who acts for them, is told of an occasion."""
        return any(
            each.key.endswith(f":{occasion}")
            and person in (each.to, each.facts.get("for"))
            for each in self._notices.values()
        )

    @property
    def people(self) -> tuple[str, ...]:
        """The people with a notice that was not taken back, by email, each once.

        One that went into a digest that waits is told by it.
        """
        told = (
            each.to
            for each in self._notices.values()
            if each.status == NoticeStatus.PENDING or outbox.merged_into(each)
        )
        return tuple(dict.fromkeys(to for to in told if not to.startswith("#")))
