"""The addresses of sent messages, asked of Slack once a list links to them."""

from __future__ import annotations

from launch_kits import outbox
from launch_kits.database.store import Store
from launch_kits.slack.api.faults import RateLimited, SlackFault, TokenRefused
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.views.notices.links import unlinked
from launch_kits.views.notices.message import NoticeMessage

__all__ = ["MessageLinks"]

#: addresses that are asked for one list; further lines have none until a later list
MOST = 12


class MessageLinks:
    """Finds the addresses of the messages that a list, or a message about a task, links to."""

    def __init__(self, store: Store, client: SlackClient) -> None:
        self._store, self._client = store, client

    def find(self, to: str, message: NoticeMessage) -> bool:
        """Ask for the addresses that are not known yet; returns whether any was found.

        A list without links is better than none, so that faults of single addresses are passed
        over. Raises RateLimited and TokenRefused.
        """
        subjects = {
            item.subject
            for group in message.groups
            for item in group.items
            if item.subject is not None
        }
        if message.subject and message.actions:
            subjects.add(message.subject)
        if not subjects:
            return False
        with self._store.read() as session:
            missing = unlinked(session, to, subjects)[:MOST]
        found = {}
        for notice in missing:
            try:
                url = self._client.permalink(str(notice.channel), str(notice.ts))
            except (RateLimited, TokenRefused):
                raise
            except SlackFault:
                continue
            found[notice.key] = url
        if found:
            with self._store.write() as session:
                for key, url in found.items():
                    outbox.note(session, key, permalink=url)
        return bool(found)
