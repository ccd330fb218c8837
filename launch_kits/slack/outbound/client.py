"""Slack as delivery uses it: find people and channels, post once, edit, upload."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import lru_cache

from launch_kits.settings import Settings
from launch_kits.slack.api.faults import NotAllowed, Rejected, SlackFault, TokenRefused
from launch_kits.slack.api.transport import Reply, Wire, items, open_wire, part, text
from launch_kits.slack.messages.blocks import Message

__all__ = ["HISTORY", "NOTICE", "SlackClient", "connect"]

#: the event types in the metadata of our messages: a notice, which has exactly one message, and
#: a reply with the history of a task
NOTICE, HISTORY = "launch_kits_notice", "launch_kits_history"
#: messages and channels a page
MESSAGES, CHANNELS = 200, 999
#: seconds by which a search reaches further back than it has to
MARGIN = 86_400.0

_log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def connect(settings: Settings) -> SlackClient:
    """Return the process's client for these settings, which remembers people.

    Raises SettingsError for a bad address.
    """
    return SlackClient(open_wire(settings))


class SlackClient:
    """The Web API in the terms of delivery.

    Every call that does not succeed raises a SlackFault.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._people: dict[str, str] = {}
        self._unknown: set[str] = set()
        self._dms: dict[str, str] = {}
        self._channels: dict[str, str] = {}

    def look_again(self) -> None:
        """Forget the channels, and the people unknown to Slack: both may have changed."""
        self._channels.clear()
        self._unknown.clear()

    @property
    def accepted(self) -> bool:
        """Whether Slack accepted the token in the last call."""
        return self._wire.accepted

    def limit(self, name: str, *, seconds: float) -> None:
        """Respect a rate limit that another process was told of."""
        self._wire.limit(name, seconds=seconds)

    def opens_in(self, channel: str) -> float:
        """Return the seconds until the next post to a channel."""
        return self._wire.opens_in(channel)

    def user(self, email: str) -> str | None:
        """Return the id of the person with an email, or None if Slack has none."""
        if email in self._unknown:
            return None
        if email not in self._people:
            try:
                found = self._wire.ask("users.lookupByEmail", email=email)
            except Rejected as refused:
                if refused.code not in ("users_not_found", "user_not_found"):
                    raise
                self._unknown.add(email)
                return None
            self._people[email] = text(part(found, "user"), "id")
        return self._people[email]

    def dm(self, email: str) -> str | None:
        """Return the id of the direct messages with a person, or None if Slack has none."""
        if email not in self._dms:
            user = self.user(email)
            if user is None:
                return None
            try:
                opened = self._wire.ask("conversations.open", users=user)
            except Rejected as refused:
                _log.info(
                    "a person cannot be written to",
                    extra={"email": email, "code": refused.code},
                )
                self._people.pop(email, None)
                self._unknown.add(email)
                return None
            self._dms[email] = text(part(opened, "channel"), "id")
        return self._dms[email]

    def channel(self, name: str, *, lead: str | None = None) -> str:
        """Return the id of a channel by its name without the #.

        Creates a missing channel and invites the lead; the app joins a public one. Raises
        Rejected if the channel is archived, or private and without the app.
        """
        found = self._channels.get(name)
        if found is None:
            try:
                created = self._wire.ask("conversations.create", name=name)
            except TokenRefused:
                raise
            except (Rejected, NotAllowed) as refused:
                # taken, perhaps a moment ago by another process; or not ours to create, but there
                # all the same
                found = self._existing(name, refused)
            else:
                found = text(part(created, "channel"), "id")
                self._invite(lead, found)
            self._channels[name] = found
        return found

    def post(
        self,
        channel: str,
        message: Message,
        *,
        payload: Mapping[str, str],
        thread_ts: str | None = None,
        event_type: str = NOTICE,
    ) -> str:
        """Post a message once; returns its ``ts``.

        ``payload`` goes into the metadata, so that the message can be found.
        """
        thread: dict[str, object] = {"thread_ts": thread_ts} if thread_ts else {}
        content = {
            **_content(message, payload, event_type),
            "unfurl_links": False,
            "unfurl_media": False,
            **thread,
        }
        return text(self._wire.post(channel, **content), "ts")

    def update(
        self,
        channel: str,
        ts: str,
        message: Message,
        *,
        payload: Mapping[str, str],
        event_type: str = NOTICE,
    ) -> None:
        """Edit a message in place."""
        self._wire.update(channel, ts=ts, **_content(message, payload, event_type))

    def pin(self, channel: str, ts: str) -> None:
        """Pin a message to its channel, unless it is."""
        try:
            self._wire.ask("pins.add", channel=channel, timestamp=ts)
        except Rejected as refused:
            if refused.code != "already_pinned":
                raise

    def upload(
        self, channel: str, thread_ts: str, content: bytes, *, name: str, title: str
    ) -> str:
        """Upload a file into a thread; returns its id.

        The file is invisible until the last of the three calls.
        """
        there = self._wire.ask(
            "files.getUploadURLExternal", filename=name, length=len(content)
        )
        file = text(there, "file_id")
        self._wire.upload(text(there, "upload_url"), content)
        files = json.dumps([{"id": file, "title": title}])
        self._wire.ask(
            "files.completeUploadExternal",
            files=files,
            channel_id=channel,
            thread_ts=thread_ts,
        )
        return file

    def find(
        self,
        channel: str,
        key: str,
        *,
        age: timedelta,
        thread_ts: str | None = None,
        event_type: str = NOTICE,
    ) -> str | None:
        """Return the ``ts`` of the message that carries a notice's key, or None.

        ``age`` is the time since the notice was filed. The search stops at messages a day older
        than that, by Slack's own clock, since the clock of this machine may be wrong.
        """
        for message in self._messages(channel, age=age, thread_ts=thread_ts):
            metadata = part(message, "metadata")
            if (
                metadata.get("event_type") == event_type
                and part(metadata, "event_payload").get("key") == key
            ):
                return text(message, "ts")
        return None

    def find_file(
        self, channel: str, thread_ts: str, *, name: str, title: str
    ) -> str | None:
        """Return the id of the file with a name and a title in a thread, or None."""
        for message in self._messages(channel, thread_ts=thread_ts):
            for file in items(message, "files"):
                if (file.get("name"), file.get("title")) == (name, title):
                    return text(file, "id")
        return None

    def _messages(
        self,
        channel: str,
        *,
        age: timedelta = timedelta(0),
        thread_ts: str | None = None,
    ) -> Iterator[Reply]:
        """Return the messages of a thread, or of a channel if no thread is given.

        Those of a channel come newest first, back to a day before an age.
        """
        method, form = (
            "conversations.history",
            {"channel": channel, "include_all_metadata": True, "limit": MESSAGES},
        )
        if thread_ts:
            method, form = "conversations.replies", {**form, "ts": thread_ts}
        for reply in self._wire.pages(method, **form):
            messages = items(reply, "messages")
            yield from messages
            oldest = (
                self._wire.heard_at - max(age, timedelta(0)).total_seconds() - MARGIN
            )
            if not thread_ts and messages and float(text(messages[-1], "ts")) < oldest:
                return

    def _existing(self, name: str, refused: SlackFault) -> str:
        try:
            found = self._named(name, types="public_channel,private_channel")
        except NotAllowed:
            found = self._named(name, types="public_channel")
        if found is None:
            if isinstance(refused, Rejected) and refused.code == "name_taken":
                unseen = f"the app cannot see #{name}, which exists: invite it there, or name another in the brief"
                raise Rejected(unseen, code="not_in_channel")
            raise refused
        if found.get("is_archived"):
            remedy = f"#{name} is archived: unarchive it, or name another channel in the brief"
            raise Rejected(remedy, code="is_archived")
        channel = text(found, "id")
        if not found.get("is_member"):
            self._wire.ask("conversations.join", channel=channel)
        return channel

    def _named(self, name: str, *, types: str) -> Reply | None:
        pages = self._wire.pages(
            "conversations.list", types=types, exclude_archived=False, limit=CHANNELS
        )
        return next(
            (
                found
                for page in pages
                for found in items(page, "channels")
                if found.get("name") == name
            ),
            None,
        )

    def _invite(self, lead: str | None, channel: str) -> None:
        """Invite the lead to the channel that was created; a failure is only logged."""
        try:
            user = self.user(lead) if lead else None
            if user:
                self._wire.ask("conversations.invite", channel=channel, users=user)
        except SlackFault as fault:
            _log.info(
                "the lead could not be invited",
                extra={"channel": channel, "reason": str(fault)},
            )


def _content(
    message: Message, payload: Mapping[str, str], event_type: str
) -> dict[str, object]:
    metadata = {"event_type": event_type, "event_payload": dict(payload)}
    # nothing in the text is looked through for names of people and channels
    return {
        "text": message.text,
        "blocks": list(message.blocks),
        "metadata": metadata,
        "parse": "none",
        "link_names": False,
    }
