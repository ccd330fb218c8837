"""Links into Slack itself: the Home tab of the app, and the page of a launch.

They are facts of the notice, so that a message shows the same whichever process compares it.
https://docs.slack.dev/interactivity/deep-linking
"""

from __future__ import annotations

from launch_kits import outbox
from launch_kits.database.records import LaunchCanvas, Notice, NoticeKind
from launch_kits.database.store import Store
from launch_kits.inputs.links import is_web_link
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.views.notices.links import HOME, PAGE

__all__ = ["DeepLinks"]


class DeepLinks:
    """Finds the links of headlines and digests."""

    def __init__(self, store: Store, client: SlackClient) -> None:
        self._store = store
        self._client = client

    def note(self, notice: Notice) -> None:
        """Note the known links, in the facts of a headline or a digest.

        A digest keeps those of its sending. Without Slack's word on the app there are none.
        """
        if notice.kind not in (NoticeKind.HEADLINE, NoticeKind.DIGEST):
            return
        headline = notice.kind == NoticeKind.HEADLINE
        links = {HOME: self._client.home_link()}
        if headline:
            links[PAGE] = self._page(notice.launch)
        facts = {key: fact for key, fact in notice.facts.items() if key not in links}
        facts |= {key: link for key, link in links.items() if link}
        if facts != notice.facts:
            notice.facts = facts
            with self._store.write() as session:
                outbox.note(session, notice.key, facts=facts)

    def _page(self, launch: str) -> str | None:
        """The address of the canvas of a launch; None without one."""
        with self._store.read() as session:
            row = session.get(LaunchCanvas, launch)
        if row is None or row.canvas_id is None or row.error is not None:
            return None
        page = self._client.canvas_link(row.canvas_id)
        return page if page and is_web_link(page) else None
