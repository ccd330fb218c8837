"""The parts of a sent message: its document and its history in the thread, and its pin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.database.records import (
    Event,
    Notice,
    NoticeKind,
)
from launch_kits.database.store import Store
from launch_kits.outbox.restored import restored_from
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file
from launch_kits.slack.api.faults import NotAllowed, Rejected, TokenRefused, Unclear
from launch_kits.slack.messages.render import to_slack
from launch_kits.slack.outbound.client import HISTORY, SlackClient
from launch_kits.slack.outbound.conversation import digest, payload
from launch_kits.slack.outbound.documents import (
    LARGEST,
    document_of,
    fingerprint,
    shows,
)
from launch_kits.slack.outbound.shared_channels import SharedChannels
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.desk import answer_in_thread
from launch_kits.views.notices.history import history
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.text import shorten
from launch_kits.views.reader import Reader

__all__ = ["DELETED", "MessageParts", "place_of"]

#: how long after their own act a reply disturbs no one
OWN_ACT = timedelta(minutes=10)
#: Slack's codes for a message that a person deleted
DELETED = frozenset(["message_not_found", "thread_not_found"])


class MessageParts:
    """The document, the history and the pin of sent messages.

    Each part is recorded as soon as it is sent, and looked for after an unclear end, or if the
    database was restored.
    """

    def __init__(
        self, store: Store, client: SlackClient, *, ours: Callable[[], bool]
    ) -> None:
        """``ours`` says whether it is still this process that delivers."""
        self._store = store
        self._client = client
        self._ours = ours
        self._shared = SharedChannels(store, client)

    def owed(self, notice: Notice, context: MessageContext) -> bool:
        """Whether the message that was just sent still lacks a part."""
        return bool(
            (notice.kind == NoticeKind.HEADLINE and notice.pinned_at is None)
            or document_of(notice, context)
            or self._events(notice)
            or _answer(notice, context.reader(notice.to, now=notice.filed_at))
        )

    def send(
        self, notice: Notice, context: MessageContext, *, now: datetime
    ) -> tuple[str | None, datetime | None]:
        """Send the parts that are missing or out of date.

        New posts wait for the hours of the reader, unless they follow an act of their own. Returns
        a complaint about the parts that failed, or None, and the instant until which others wait,
        or None. Raises SlackFault: Rejected if the message was deleted, others if it is to be
        tried again.
        """
        opens = context.hours(notice.to, now=now)
        quiet = opens > now and not self._follows_own_act(notice, now)
        complaints = []
        waits = False
        for part in (self._pin, self._invite, self._upload, self._tell):
            try:
                waits |= part(notice, context, now, quiet=quiet)
            except TokenRefused:
                raise
            except (Rejected, NotAllowed) as fault:
                if isinstance(fault, Rejected) and fault.code in DELETED:
                    raise
                complaints.append(str(fault))
        return "; ".join(complaints) or None, opens if waits else None

    def _pin(
        self, notice: Notice, _context: MessageContext, now: datetime, *, quiet: bool
    ) -> bool:
        """Pin the headline; Slack posts a line about it. Returns whether that has to wait."""
        if notice.kind != NoticeKind.HEADLINE or notice.pinned_at is not None:
            return False
        if quiet:
            return True
        self._client.pin(*place_of(notice))
        self._note(notice, pinned_at=now)
        return False

    def _invite(
        self, notice: Notice, _context: MessageContext, _now: datetime, *, quiet: bool
    ) -> bool:
        """Invite the lead to the channel if that failed before.

        It is owed until it is done, as a fact of the headline. Returns whether it has to wait.
        """
        channel, _ = place_of(notice)
        lead = notice.facts.get("invite")
        if notice.kind != NoticeKind.HEADLINE or not isinstance(lead, str):
            return False
        if quiet:
            return True
        user = self._client.user(lead)
        try:
            if user is not None:
                self._client.invite(channel, user)
        except Rejected as refused:
            if refused.code != "already_in_channel":
                raise
        left = {name: each for name, each in notice.facts.items() if name != "invite"}
        self._note(notice, facts=left)
        return False

    def _upload(
        self, notice: Notice, context: MessageContext, now: datetime, *, quiet: bool
    ) -> bool:
        """Upload the document if the thread has another one; returns whether that has to wait.

        It stays out of a channel that another organisation can read.

        A hash of its text is in the name, so that a file is found again in its thread.
        """
        found = document_of(notice, context)
        if found is None:
            return False
        task, path = found
        try:
            content = read_file(path, most=LARGEST)
        except (NotAFile, TooLarge, OSError):
            # it went while we looked, or is none that we wrote; the thread keeps the last one
            return False
        sha = fingerprint(task, content)
        if not content or (notice.file_id and shows(notice.file_hash, task, content)):
            return False
        channel, ts = place_of(notice)
        if self._shared.keep_out(channel, context, now=now):
            return False
        if quiet:
            return True
        title = shorten(task.title)
        name = f"{path.stem}-{sha[:8]}{path.suffix}"
        file = None
        if notice.file_hash == sha or self._may_be_forgotten(now):
            file = self._client.find_file(channel, ts, name=name, title=title)
        if notice.file_hash != sha:
            self._note(notice, file_hash=sha, file_id=None, file_link=None)
        if file is None:
            self._must_be_ours()
            file = self._client.upload(channel, ts, content, name=name, title=title)
        self._note(notice, file_id=file.id, file_link=file.link)
        # the message links to it, and is edited once more
        notice.file_link = file.link
        return False

    def _tell(
        self, notice: Notice, context: MessageContext, now: datetime, *, quiet: bool
    ) -> bool:
        """Post the history of the task, or the answer, into the thread, or edit it there.

        Returns whether that has to wait.
        """
        told = self._told(notice, context, now)
        if told is None:
            return False
        message = to_slack(told)
        channel, ts = place_of(notice)
        reply = notice.history_ts
        shown = digest(message)
        begun = notice.history_shown is not None  # with an unclear end
        if reply is None and (begun or (not quiet and self._may_be_forgotten(now))):
            age = now - notice.filed_at
            reply = self._client.find(
                channel, notice.key, age=age, thread_ts=ts, event_type=HISTORY
            )
        if reply is None and quiet:
            return True
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
        return False

    def _told(
        self, notice: Notice, context: MessageContext, now: datetime
    ) -> NoticeMessage | None:
        """Return the reply in the thread, or None if there is nothing to tell."""
        reader = context.reader(notice.to, now=now)
        events = self._events(notice)
        if not events:
            return _answer(notice, reader)
        task = context.view.task(notice.task) if notice.task else None
        title = task.title if task else notice.launch
        return history(events, title=title, reader=reader)

    def _follows_own_act(self, notice: Notice, now: datetime) -> bool:
        """Whether the reader did something about the task a moment ago."""
        query = select(Event.at, Event.by).where(
            Event.launch == notice.launch,
            Event.task == notice.task,
            Event.at > now - OWN_ACT,
        )
        with self._store.read() as session:
            acts = session.exec(query).all()
        return any(by.lower() == notice.to.lower() and at <= now for at, by in acts)

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

    def _may_be_forgotten(self, now: datetime) -> bool:
        """Whether the database was restored, and may not know of a part that went out."""
        with self._store.read() as session:
            return restored_from(session, now=now) is not None

    def _must_be_ours(self) -> None:
        """Raise Unclear if another process may be sending the same part."""
        if not self._ours():
            raise Unclear("another process took the delivery over")

    def _note(self, notice: Notice, **values: object) -> None:
        with self._store.write() as session:
            outbox.note(session, notice.key, **values)


def _answer(notice: Notice, reader: Reader) -> NoticeMessage | None:
    """Return the answer to a question that the launch's channel was told of."""
    if notice.kind != NoticeKind.QUESTION or not notice.to.startswith("#"):
        return None
    return answer_in_thread(notice, reader=reader)


def place_of(notice: Notice) -> tuple[str, str]:
    """Return the channel and the ``ts`` of a sent message."""
    if notice.channel is None or notice.ts is None:
        raise ValueError(f"{notice.key} is marked as outdated, but was never posted")
    return notice.channel, notice.ts
