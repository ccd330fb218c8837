"""The pages of a launch's channel as canvases: created once, and edited if they change.

If Slack refuses a canvas, the page is uploaded as PDF instead.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, and_, col, or_, select

from launch_kits.database.records import (
    CardCanvas,
    Launch,
    LaunchCanvas,
    LaunchStatus,
    Notice,
    NoticeKind,
    NoticeStatus,
)
from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError
from launch_kits.slack.api.faults import (
    NotAllowed,
    RateLimited,
    Rejected,
    SlackFault,
    TokenRefused,
)
from launch_kits.slack.outbound.client import SlackClient
from launch_kits.slack.outbound.page_files import PageFiles
from launch_kits.slack.outbound.pages import ChannelPage, cards_of, page_of
from launch_kits.slack.outbound.shared_channels import SharedChannels
from launch_kits.views.notices.context import ContextLoader

__all__ = ["CanvasKeeper", "look_again"]

#: how long to wait until an administrator may have allowed canvases
AGAIN = timedelta(days=1)
#: Slack's code for a canvas that a person deleted
GONE = "canvas_not_found"
#: Slack's code for a channel with a canvas that is not ours
TAKEN = "channel_canvas_already_exists"
#: the code of a card's canvas whose creation has an unknown end, if the app may not look for it
UNKNOWN = "unknown_end"
#: the reason that is kept then
UNKNOWN_END = "it is not known whether Slack created the canvas"
#: after this time a canvas that is not there was not created
SETTLED = timedelta(minutes=10)
#: the text of a canvas in a channel that another organisation can read, and its digest
KEPT_OUT = "This page is not shown in a channel that another organisation can read.\n"
TAKEN_OUT = "taken out"

_log = logging.getLogger(__name__)


def look_again(session: Session, launches: Collection[str]) -> None:
    """Let the pages of launches be compared again, although the launches did not change."""
    rows = update(LaunchCanvas).where(col(LaunchCanvas.launch).in_(launches))
    session.exec(rows.values(revision=-1))


class CanvasKeeper:
    """Keeps the canvases of launches and their cards; one process at a time does."""

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
        self._store = store
        self._client = client
        self._contexts = contexts
        self._now = now
        self._ours = ours
        self._files = PageFiles(store, client, now=now)
        self._shared = SharedChannels(store, client)

    def keep_all(self, *, launch: str | None = None) -> None:
        """Bring the pages of the launches that changed up to date; raises nothing.

        A workspace without canvases is asked again after a day, and gets files until then. A canvas
        that a person deleted is not created again, and a channel's own canvas is never changed.
        Pages stay out of a channel that another organisation can read.
        """
        for slug, channel, ts in self._changed(launch):
            if not self._ours():
                return
            try:
                self._keep(slug, channel, ts)
            except TokenRefused:
                return
            except SlackFault as fault:
                reason = {"launch": slug, "reason": str(fault)}
                _log.info("a page waits for the next delivery", extra=reason)
            except DatabaseError:
                raise
            # a fault of ours in one launch must not hold up the others
            except Exception:  # noqa: BLE001
                _log.exception("a page could not be made", extra={"launch": slug})

    def _changed(self, launch: str | None) -> list[tuple[str, str, str]]:
        """The running launches that changed, with the place of their headlines."""
        again = and_(
            col(LaunchCanvas.error).is_not(None),
            col(LaunchCanvas.again_at) <= self._now(),
        )
        query = (
            select(Launch.slug, Notice.channel, Notice.ts)
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
                    again,
                ),
            )
        )
        if launch is not None:
            query = query.where(Launch.slug == launch)
        with self._store.read() as session:
            rows = session.exec(query.order_by(Launch.slug)).all()
        return [(slug, channel, ts) for slug, channel, ts in rows if channel and ts]

    def _keep(self, slug: str, channel: str, ts: str) -> None:
        context = self._contexts.of(slug, now=self._now())
        if self._shared.keep_out(channel, context, now=self._now()):
            self._take_out(slug)
            self._compared(slug, context.view.revision)
            return
        to = f"#{context.view.channel}"
        reader = context.reader(to, now=self._now())
        quiet = context.hours(to, now=self._now()) > self._now()
        waits = False
        links: dict[str, str] = {}

        def keep(page: ChannelPage) -> bool:
            if self._keep_canvas(slug, page, channel=channel):
                return False
            return quiet or self._files.keep(slug, page, channel=channel, ts=ts)

        for card in cards_of(self._store, context):
            waits |= keep(card)
            links |= self._link_of(slug, card)
        # it comes last, since it links to the canvases of the cards
        waits |= keep(page_of(context, reader=reader, links=links))
        if not waits:
            self._compared(slug, context.view.revision)

    def _link_of(self, slug: str, page: ChannelPage) -> Mapping[str, str]:
        """The address of a card's canvas, by the key of its task; nothing without a canvas."""
        row = self._row(slug, page)
        there = row.canvas_id is not None and GONE not in (row.error or "")
        link = self._client.canvas_link(row.canvas_id or "") if there else None
        return {page.task: link} if link else {}

    def _compared(self, slug: str, revision: int) -> None:
        """Note the revision of a launch with which its pages were compared."""
        with self._store.write() as session:
            row = session.get(LaunchCanvas, slug) or LaunchCanvas(launch=slug)
            row.revision = revision
            session.add(row)

    def _take_out(self, slug: str) -> None:
        """Empty the canvases of a launch whose channel another organisation can read."""
        with self._store.read() as session:
            mine: list[LaunchCanvas | CardCanvas] = [
                *session.exec(select(LaunchCanvas).where(LaunchCanvas.launch == slug)),
                *session.exec(select(CardCanvas).where(CardCanvas.launch == slug)),
            ]
        for row in mine:
            if row.canvas_id is None or row.digest == TAKEN_OUT:
                continue
            try:
                self._client.edit_canvas(row.canvas_id, KEPT_OUT)
            except Rejected as refused:
                _log.info("a canvas is left alone", extra={"reason": str(refused)})
            row.digest = TAKEN_OUT
            self._save(row)

    def _keep_canvas(self, slug: str, page: ChannelPage, *, channel: str) -> bool:
        """Bring the canvas of a page up to date; False if a file is to take its place."""
        row = self._row(slug, page)
        if row.error is not None and self._waits(row):
            return GONE in row.error
        try:
            if row.canvas_id is None:
                self._create(row, page, channel=channel)
            elif row.digest != page.digest:
                self._client.edit_canvas(row.canvas_id, page.markdown)
        except TokenRefused:
            raise
        except (Rejected, NotAllowed) as refused:
            code = refused.code if isinstance(refused, Rejected) else ""
            row.error = str(refused)
            row.again_at = None if code == GONE else self._now() + AGAIN
            self._save(row)
            return code == GONE
        row.error = row.again_at = None
        row.digest = page.digest
        self._save(row)
        return True

    def _waits(self, row: LaunchCanvas | CardCanvas) -> bool:
        """Whether a canvas that Slack refused is not tried again yet."""
        if row.again_at is None:
            # earlier versions never looked for a canvas with an unknown end
            return row.error != UNKNOWN_END
        return row.again_at > self._now()

    def _row(self, slug: str, page: ChannelPage) -> LaunchCanvas | CardCanvas:
        with self._store.read() as session:
            if page.card:
                key = (slug, page.card)
                return session.get(CardCanvas, key) or CardCanvas(
                    launch=slug, card=page.card
                )
            return session.get(LaunchCanvas, slug) or LaunchCanvas(launch=slug)

    def _create(
        self, row: LaunchCanvas | CardCanvas, page: ChannelPage, *, channel: str
    ) -> None:
        """Create a canvas, or find the channel's own if an earlier try had an unclear end."""
        begun = row.begun_at is not None and row.error in (None, UNKNOWN_END)
        if isinstance(row, LaunchCanvas):
            there = self._client.channel_canvas(channel)
            if there is not None:
                if not begun:
                    text = "the channel has a canvas of its own, which stays as it is"
                    raise Rejected(text, code=TAKEN)
                row.canvas_id = there
                self._client.edit_canvas(there, page.markdown)
                return
            create = self._client.create_canvas
        else:
            if begun and self._adopt(row, page, channel=channel):
                return
            create = self._client.create_tab
        row.begun_at = self._now()
        row.error = None
        self._save(row)
        try:
            row.canvas_id = create(channel, page.markdown, title=page.title)
        except RateLimited:
            row.begun_at = None
            self._save(row)
            raise

    def _adopt(
        self, row: LaunchCanvas | CardCanvas, page: ChannelPage, *, channel: str
    ) -> bool:
        """Take the canvas that an earlier try created; False if it created none.

        Raises SlackFault as long as Slack may still be at work on it.
        """
        try:
            there = self._client.canvases_of(channel, title=page.title)
        except NotAllowed as fault:
            if isinstance(fault, TokenRefused):
                raise
            raise Rejected(UNKNOWN_END, code=UNKNOWN) from fault
        with self._store.read() as session:
            known = set(session.exec(select(CardCanvas.canvas_id)).all())
        mine = [each for each in there if each not in known]
        if mine:
            row.canvas_id = mine[0]
            self._client.edit_canvas(mine[0], page.markdown)
        elif row.begun_at is not None and self._now() < row.begun_at + SETTLED:
            raise SlackFault("Slack may still create the canvas")
        return bool(mine)

    def _save(self, row: LaunchCanvas | CardCanvas) -> None:
        with self._store.write() as session:
            session.merge(row)
