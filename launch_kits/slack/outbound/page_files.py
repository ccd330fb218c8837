"""Pages as PDF in the thread of a launch's headline, if Slack takes no canvas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from launch_kits.database.records import PageFile
from launch_kits.database.store import Store
from launch_kits.outbox.restored import restored_from
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.slack.outbound.pages import ChannelPage

__all__ = ["PageFiles"]

#: the time between two files of one page, which may change with every task
EVERY = timedelta(days=1)


class PageFiles:
    """Uploads a page once, and again only if it changed, at most once a day."""

    def __init__(
        self, store: Store, client: SlackClient, *, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._client = client
        self._now = now

    def keep(self, launch: str, page: ChannelPage, *, channel: str, ts: str) -> bool:
        """Upload the PDF of a page, unless the thread has it; whether it has to wait.

        Raises SlackFault. After an unclear end, or if the database was restored, the file is looked
        for, by its name.
        """
        with self._store.read() as session:
            row = session.get(PageFile, (launch, page.card))
            forgotten = restored_from(session, now=self._now()) is not None
        same = row is not None and row.digest == page.digest
        if row is not None and row.sent_at is not None:
            if same:
                return False
            if self._now() - row.sent_at < EVERY:
                return True
        content = page.pdf()
        if content is None:
            return False
        name = f"{page.stem}-{page.digest[:8]}.pdf"
        found = None
        if same or forgotten:
            found = self._client.find_file(channel, ts, name=name, title=page.title)
        if not same:
            self._save(launch, page, sent_at=None)
        if found is None:
            self._client.upload(channel, ts, content, name=name, title=page.title)
        self._save(launch, page, sent_at=self._now())
        return False

    def _save(
        self, launch: str, page: ChannelPage, *, sent_at: datetime | None
    ) -> None:
        row = PageFile(
            launch=launch, page=page.card, digest=page.digest, sent_at=sent_at
        )
        with self._store.write() as session:
            session.merge(row)
