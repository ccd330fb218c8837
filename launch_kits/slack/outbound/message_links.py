"""The addresses of sent messages, asked of Slack once a list links to them."""

from __future__ import annotations

from dataclasses import dataclass

from launch_kits import outbox
from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.slack.api.faults import (
    RateLimited,
    Rejected,
    SlackFault,
    TokenRefused,
)
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.views.notices.links import LINKING, unlinked
from launch_kits.views.notices.message import NoticeMessage

__all__ = ["LinksFound", "MessageLinks", "is_linking"]

#: addresses that are asked for one list; further lines have none until a later list
MOST = 12


@dataclass(frozen=True, slots=True)
class LinksFound:
    """Whether an address was found, and the fault if Slack did not tell one that it has."""

    found: bool = False
    silent: SlackFault | None = None


class MessageLinks:
    """Finds the addresses of the messages that a list, or a message about a task, links to."""

    def __init__(self, store: Store, client: SlackClient) -> None:
        self._store = store
        self._client = client

    def find(self, to: str, message: NoticeMessage) -> LinksFound:
        """Ask for the addresses that are not known yet.

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
            return LinksFound()
        with self._store.read() as session:
            missing = unlinked(session, to, subjects)[:MOST]
        found: dict[str, str] = {}
        silent = None
        for notice in missing:
            try:
                url = self._client.permalink(str(notice.channel), str(notice.ts))
            except (RateLimited, TokenRefused):
                raise
            except Rejected:
                continue
            except SlackFault as fault:
                silent = fault
                continue
            found[notice.key] = url
        if found:
            with self._store.write() as session:
                for key, url in found.items():
                    outbox.note(session, key, permalink=url)
        return LinksFound(found=bool(found), silent=silent)


def is_linking(notice: Notice, message: NoticeMessage) -> bool:
    """Whether a message links to the messages about tasks."""
    return bool(message.groups) or notice.kind in LINKING
