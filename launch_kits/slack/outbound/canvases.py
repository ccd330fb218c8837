"""The canvas of a launch's channel: created once, and edited if its page changes."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import col, or_, select

from launch_kits.database.records import (
    Launch,
    LaunchCanvas,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
)
from launch_kits.database.store import Store
from launch_kits.slack.api.faults import (
    NotAllowed,
    Rejected,
    SlackFault,
    TokenRefused,
)
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.views.launch_page import launch_page
from launch_kits.views.notices.context import ContextLoader, MessageContext

__all__ = ["CanvasKeeper"]

#: how long to wait until an administrator may have allowed canvases
AGAIN = timedelta(days=1)
#: Slack's code for a canvas that a person deleted
GONE = "canvas_not_found"
#: Slack's code for a channel with a canvas that is not ours
TAKEN = "channel_canvas_already_exists"

_log = logging.getLogger(__name__)


class CanvasKeeper:
    """Keeps the canvases of launches; one process at a time does."""

    def __init__(
        self,
        store: Store,
        client: SlackClient,
        contexts: ContextLoader,
        *,
        now: Callable[[], datetime],
        ours: Callable[[], bool],
    ) -> None:
        """``ours`` says whether it is still this process that delivers."""
        self._store, self._client, self._contexts = store, client, contexts
        self._now, self._ours = now, ours

    def keep_all(self, *, launch: str | None = None) -> None:
        """Bring the canvases of the launches that changed up to date; raises nothing.

        A workspace without canvases is asked again after a day. A canvas that a person deleted is
        not created again, and a channel's own canvas is never changed.
        """
        for slug, channel in self._changed(launch):
            if not self._ours():
                return
            try:
                self._keep(slug, channel)
            except TokenRefused:
                return
            except SlackFault as fault:
                reason = {"launch": slug, "reason": str(fault)}
                _log.info("a canvas waits for the next delivery", extra=reason)

    def _changed(self, launch: str | None) -> list[tuple[str, str]]:
        """The running launches that changed, with the channels of their headlines."""
        query = (
            select(Launch.slug, Notice.channel)
            .join(Notice, col(Notice.launch) == col(Launch.slug))
            .join(
                LaunchCanvas,
                col(LaunchCanvas.launch) == col(Launch.slug),
                isouter=True,
            )
            .where(
                Launch.status == LaunchStatus.RUNNING,
                Notice.kind == NoticeKind.HEADLINE,
                Notice.status == NoticeStatus.SENT,
                col(Notice.ts).is_not(None),
                or_(
                    col(LaunchCanvas.launch).is_(None),
                    col(LaunchCanvas.revision) != col(Launch.revision),
                ),
                or_(
                    col(LaunchCanvas.error).is_(None),
                    col(LaunchCanvas.again_at) <= self._now(),
                ),
            )
        )
        if launch is not None:
            query = query.where(Launch.slug == launch)
        with self._store.read() as session:
            rows = session.exec(query.order_by(Launch.slug)).all()
        return [(slug, channel) for slug, channel in rows if channel]

    def _keep(self, slug: str, channel: str) -> None:
        context = self._contexts.of(slug, now=self._now())
        reader = context.reader(f"#{context.view.channel}", now=self._now())
        page = launch_page(context.view, reader=reader)
        digest = hashlib.sha256(page.encode()).hexdigest()[:16]
        with self._store.read() as session:
            row = session.get(LaunchCanvas, slug) or LaunchCanvas(launch=slug)
        try:
            if row.canvas_id is None:
                self._create(row, context, page, channel=channel)
            elif row.digest != digest:
                self._client.edit_canvas(row.canvas_id, page)
        except TokenRefused:
            raise
        except (Rejected, NotAllowed) as refused:
            gone = isinstance(refused, Rejected) and refused.code == GONE
            row.error = str(refused)
            row.again_at = None if gone else self._now() + AGAIN
            self._save(row)
            return
        row.error = row.again_at = None
        row.digest, row.revision = digest, context.view.revision
        self._save(row)

    def _create(
        self, row: LaunchCanvas, context: MessageContext, page: str, *, channel: str
    ) -> None:
        """Create the canvas, or find it if an earlier try had an unclear end."""
        view = context.view
        there = self._client.channel_canvas(channel)
        if there is not None:
            if row.begun_at is None or row.error is not None:
                text = f"#{view.channel} has a canvas of its own, which stays as it is"
                raise Rejected(text, code=TAKEN)
            row.canvas_id = there
            self._client.edit_canvas(there, page)
            return
        row.begun_at, row.error = self._now(), None
        self._save(row)
        row.canvas_id = self._client.create_canvas(channel, page, title=view.product)

    def _save(self, row: LaunchCanvas) -> None:
        with self._store.write() as session:
            session.merge(row)
