"""Slack as delivery uses it: post once, edit, upload, find."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from launch_kits.inputs.links import is_web_link
from launch_kits.settings import Settings
from launch_kits.slack.api.faults import Rejected
from launch_kits.slack.api.transport import Reply, items, open_wire, part, text
from launch_kits.slack.messages.blocks import Message
from launch_kits.slack.outbound.directory import Directory, is_shared
from launch_kits.slack.outbound.message_history import (
    MessagesThere,
    messages_of,
    messages_there,
)

__all__ = ["HISTORY", "NOTICE", "SharedFile", "SlackClient", "connect"]

#: the event types in the metadata of our messages: a notice, which has exactly one message, and
#: a reply with the history of a task
NOTICE = "launch_kits_notice"
HISTORY = "launch_kits_history"
#: the type of a canvas among files
CANVAS = "application/vnd.slack-docs"
#: the newest files of a channel, among which a canvas is looked for
MOST_FILES = 200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file in a thread."""

    id: str
    #: its address for members of the workspace; None if Slack did not tell it
    link: str | None


@lru_cache(maxsize=4)
def connect(settings: Settings) -> SlackClient:
    """Return the process's client for these settings, which remembers people.

    Raises SettingsError for a bad address.
    """
    return SlackClient(open_wire(settings))


class SlackClient(Directory):
    """The Web API in the terms of delivery.

    Every call that does not succeed raises a SlackFault.
    """

    @property
    def accepted(self) -> bool:
        """Whether Slack accepted the token in the last call."""
        return self._wire.accepted

    @property
    def token(self) -> str:
        """The token of the next call."""
        return self._wire.token

    def limit(self, name: str, *, seconds: float) -> None:
        """Respect a rate limit that another process was told of."""
        self._wire.limit(name, seconds=seconds)

    def opens_in(self, channel: str) -> float:
        """Return the seconds until the next post to a channel."""
        return self._wire.opens_in(channel)

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

    def permalink(self, channel: str, ts: str) -> str:
        """Return the web address of a message."""
        found = self._wire.ask("chat.getPermalink", channel=channel, message_ts=ts)
        return text(found, "permalink")

    def pin(self, channel: str, ts: str) -> None:
        """Pin a message to its channel, unless it is."""
        try:
            self._wire.ask("pins.add", channel=channel, timestamp=ts)
        except Rejected as refused:
            if refused.code != "already_pinned":
                raise

    def upload(
        self, channel: str, thread_ts: str, content: bytes, *, name: str, title: str
    ) -> SharedFile:
        """Upload a file into a thread.

        The file is invisible until the last of the three calls.
        """
        there = self._wire.ask(
            "files.getUploadURLExternal", filename=name, length=len(content)
        )
        file = text(there, "file_id")
        self._wire.upload(text(there, "upload_url"), content)
        files = json.dumps([{"id": file, "title": title}])
        reply = self._wire.ask(
            "files.completeUploadExternal",
            files=files,
            channel_id=channel,
            thread_ts=thread_ts,
        )
        shared = next(iter(items(reply, "files")), {})
        return SharedFile(file, _link_of(shared))

    def create_canvas(self, channel: str, markdown: str, *, title: str) -> str:
        """Create the canvas of a channel; returns its id."""
        method = "conversations.canvases.create"
        return self._create(method, channel, markdown, title=title)

    def create_tab(self, channel: str, markdown: str, *, title: str) -> str:
        """Create a canvas as a tab of a channel; returns its id."""
        return self._create("canvases.create", channel, markdown, title=title)

    def _create(self, method: str, channel: str, markdown: str, *, title: str) -> str:
        content = json.dumps({"type": "markdown", "markdown": markdown})
        made = self._wire.ask(
            method, channel_id=channel, document_content=content, title=title
        )
        return text(made, "canvas_id")

    def edit_canvas(self, canvas: str, markdown: str) -> None:
        """Replace the whole content of a canvas."""
        content = {"type": "markdown", "markdown": markdown}
        changes = json.dumps([{"operation": "replace", "document_content": content}])
        self._wire.ask("canvases.edit", canvas_id=canvas, changes=changes)

    def is_shared(self, channel: str) -> bool:
        """Whether another organisation can read a channel, or is invited to."""
        found = self._wire.ask("conversations.info", channel=channel)
        return is_shared(part(found, "channel"))

    def channel_canvas(self, channel: str) -> str | None:
        """Return the id of a channel's canvas, or None if it has none."""
        found = part(self._wire.ask("conversations.info", channel=channel), "channel")
        canvas = part(part(found, "properties"), "canvas").get("file_id")
        return canvas if isinstance(canvas, str) and canvas else None

    def canvases_of(self, channel: str, *, title: str) -> list[str]:
        """Return the ids of the canvases of a channel that have a title, newest first."""
        reply = self._wire.ask("files.list", channel=channel, count=MOST_FILES)
        return [
            text(file, "id")
            for file in items(reply, "files")
            if file.get("mimetype") == CANVAS and file.get("title") == title
        ]

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
        for message in messages_of(self._wire, channel, age=age, thread_ts=thread_ts):
            metadata = part(message, "metadata")
            if (
                metadata.get("event_type") == event_type
                and part(metadata, "event_payload").get("key") == key
            ):
                return text(message, "ts")
        return None

    def there(self, channel: str, *, age: timedelta) -> MessagesThere:
        """Return the messages that are in a channel, back to a day before an age."""
        return messages_there(self._wire, channel, age=age)

    def find_file(
        self, channel: str, thread_ts: str, *, name: str, title: str
    ) -> SharedFile | None:
        """Return the file with a name and a title in a thread, or None."""
        for message in messages_of(self._wire, channel, thread_ts=thread_ts):
            for file in items(message, "files"):
                if (file.get("name"), file.get("title")) == (name, title):
                    return SharedFile(text(file, "id"), _link_of(file))
        return None


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


def _link_of(file: Reply) -> str | None:
    """The address of a file, or None if a reply does not have a safe one."""
    link = file.get("permalink")
    return link if isinstance(link, str) and is_web_link(link) else None
