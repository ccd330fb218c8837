"""Edits: keep a sent message true, with its document, its history and its pin."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.database.records import (
    Event,
    LaunchStatus,
    Notice,
    NoticeKind,
    TaskStatus,
)
from launch_kits.database.store import Store
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file
from launch_kits.slack.api.faults import NotAllowed, Rejected, TokenRefused, Unclear
from launch_kits.slack.messages.render import to_slack
from launch_kits.slack.outbound.client import HISTORY, SlackClient
from launch_kits.slack.outbound.conversation import Conversation, digest, payload
from launch_kits.verbs.offers import message_for
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.history import history
from launch_kits.views.notices.text import shorten

__all__ = ["MessageSync"]

#: the most bytes of a document that is uploaded, many times those of the longest one
LARGEST = 16 * 1024 * 1024


class MessageSync:
    """A sent message and its parts: the document, the history, the pin.

    Each part is recorded as soon as it is sent, and looked for after an unclear end.
    """

    def __init__(
        self, store: Store, client: SlackClient, *, ours: Callable[[], bool]
    ) -> None:
        """``ours`` says whether it is still this process that delivers."""
        self._store, self._client, self._ours = store, client, ours

    def owes(self, notice: Notice, context: MessageContext) -> bool:
        """Whether the message that was just sent still lacks a part."""
        return bool(
            (notice.kind == NoticeKind.HEADLINE and notice.pinned_at is None)
            or _document(notice, context)
            or self._events(notice)
        )

    def keep(
        self, notice: Notice, context: MessageContext, *, now: datetime
    ) -> tuple[bool, str | None]:
        """Bring a sent message and its parts up to date.

        Returns whether it was edited, and a complaint about the parts that failed, or None.
        Raises SlackFault: Rejected if the message itself cannot be edited, the others if it is to
        be tried again.
        """
        edited = self._edit(notice, context, now=now)
        parts = (self._pin, self._upload, self._tell)
        complaints = [
            said
            for part in parts
            if (said := _complaint(partial(part, notice, context, now)))
        ]
        return edited, "; ".join(complaints) or None

    def _edit(self, notice: Notice, context: MessageContext, *, now: datetime) -> bool:
        channel, _ = _place(notice)
        conversation = Conversation(self._client, channel, context=context)
        shown = conversation.edit(notice, message_for(notice, context, now=now))
        if shown is None:
            return False
        self._note(notice, shown=shown)
        return True

    def _pin(self, notice: Notice, _context: MessageContext, now: datetime) -> None:
        if notice.kind == NoticeKind.HEADLINE and notice.pinned_at is None:
            self._client.pin(*_place(notice))
            self._note(notice, pinned_at=now)

    def _upload(self, notice: Notice, context: MessageContext, _now: datetime) -> None:
        """Upload the document if the thread has another one.

        The key is in the title, and the content's hash in the name, so that a file is found
        again.
        """
        found = _document(notice, context)
        if found is None:
            return
        task, path = found
        try:
            content = read_file(path, most=LARGEST)
        except (NotAFile, TooLarge, OSError):
            # it went while we looked, or is none that we wrote; the thread keeps the last one
            return
        sha = hashlib.sha256(content).hexdigest()
        if not content or (notice.file_hash == sha and notice.file_id):
            return
        channel, ts = _place(notice)
        title, name = (
            f"{shorten(task.title)} · {notice.key}",
            f"{path.stem}-{sha[:8]}{path.suffix}",
        )
        file = None
        if notice.file_hash == sha:
            file = self._client.find_file(channel, ts, name=name, title=title)
        else:
            self._note(notice, file_hash=sha, file_id=None)
        if file is None:
            self._must_be_ours()
            file = self._client.upload(channel, ts, content, name=name, title=title)
        self._note(notice, file_id=file)

    def _tell(self, notice: Notice, context: MessageContext, now: datetime) -> None:
        """Post the history of the task into the thread, or edit it there."""
        events = self._events(notice)
        if not events:
            return
        task = context.view.task(notice.task) if notice.task else None
        title = task.title if task else notice.launch
        reader = context.reader(notice.to, now=now)
        message = to_slack(history(events, title=title, reader=reader))
        channel, ts = _place(notice)
        reply, shown = notice.history_ts, digest(message)
        if (
            reply is None and notice.history_shown is not None
        ):  # begun, with an unclear end
            age = now - notice.filed_at
            reply = self._client.find(
                channel, notice.key, age=age, thread_ts=ts, event_type=HISTORY
            )
        if reply is None:
            self._note(notice, history_shown="")
            self._must_be_ours()
            reply = self._client.post(
                channel,
                message,
                payload=payload(notice),
                thread_ts=ts,
                event_type=HISTORY,
            )
        elif notice.history_shown != shown:
            self._client.update(
                channel, reply, message, payload=payload(notice), event_type=HISTORY
            )
        self._note(notice, history_ts=reply, history_shown=shown)

    def _events(self, notice: Notice) -> Sequence[Event]:
        """Return the events since the notice was filed, as long as the task was the reader's."""
        if notice.kind != NoticeKind.TASK or notice.task is None:
            return ()
        query = select(Event).where(
            Event.launch == notice.launch, Event.task == notice.task
        )
        with self._store.read() as session:
            events = session.exec(
                query.where(Event.at > notice.filed_at).order_by(col(Event.id))
            ).all()
        given = [
            at
            for at, event in enumerate(events)
            if event.data.get("owner_before") == notice.to
        ]
        return events[: given[0] + 1] if given else events

    def _must_be_ours(self) -> None:
        """Raise Unclear if another process may be sending the same part."""
        if not self._ours():
            raise Unclear("another process took the delivery over")

    def _note(self, notice: Notice, **values: object) -> None:
        with self._store.write() as session:
            outbox.note(session, notice.key, **values)


def _document(notice: Notice, context: MessageContext) -> tuple[TaskView, Path] | None:
    """Return the task and the file to upload to a message, or None.

    HTML is preferred: any browser shows its tables, while Slack shows Markdown as source. The owner
    gets the document if it is written, the approver as long as they are asked about it.
    """
    task = context.view.task(notice.task) if notice.task else None
    if (
        task is None
        or task.document is None
        or context.view.status == LaunchStatus.CANCELLED
    ):
        return None
    wanted = {
        NoticeKind.TASK: notice.to.lower() == task.owner.lower(),
        NoticeKind.REVIEW: task.status is TaskStatus.REVIEW
        and "until" not in notice.facts,
    }
    if not wanted.get(NoticeKind(notice.kind), False):
        return None
    page = task.document.with_suffix(".html")
    return next(
        ((task, path) for path in (page, task.document) if path.is_file()), None
    )


def _complaint(do: Callable[[], None]) -> str | None:
    """Return why Slack refuses a part, or None; the other parts are sent all the same."""
    try:
        do()
    except TokenRefused:
        raise
    except (Rejected, NotAllowed) as fault:
        return str(fault)
    return None


def _place(notice: Notice) -> tuple[str, str]:
    """Return the channel and the ``ts`` of a sent message."""
    if notice.channel is None or notice.ts is None:
        raise ValueError(f"{notice.key} is marked as outdated, but was never posted")
    return notice.channel, notice.ts
