"""A stand-in for Slack's Web API on loopback.

It checks requests strictly, and can fail on demand.
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, Self
from urllib.parse import parse_qsl
from urllib.request import urlopen

from tests.slack.block_kit import problems
from tests.slack.stand_in_base import Channel, Refusal
from tests.slack.stand_in_canvases import Canvases
from tests.slack.stand_in_members import APP_BOT, APP_USER, Members
from tests.slack.stand_in_tokens import TOKEN, Tokens, basic

__all__ = ["TOKEN", "Channel", "Fault", "Refusal", "StandIn"]

#: the reply of a message that a person deleted, while others answer it
TOMBSTONE = {
    "subtype": "tombstone",
    "text": "This message was deleted.",
    "user": "USLACKBOT",
    "hidden": True,
}


@dataclass
class Fault:
    """The fault of the next ``times`` calls of a method, after ``after`` good ones.

    lost (done, and hung up) · drop (hung up) · late (done, and answered when ``until`` holds) ·
    limited (429, ``seconds``) · broken (HTTP 500) · page (HTML) · anything else: that error.
    """

    method: str
    kind: str
    times: int = 1
    after: int = 0
    seconds: float = 1
    channel: str | None = None
    until: Callable[[], bool] = lambda: True


class StandIn(Members, Tokens, Canvases):
    """A workspace with people and channels; ``calls`` and ``messages`` list its requests.

    ``pace`` is how many seconds apart it takes posts to one channel, ``latency`` how many seconds
    it takes to answer, ``weather`` what goes wrong with a call besides the ``faults`` that were
    ordered.
    """

    def __init__(
        self,
        *people: str,
        channels: tuple[Channel, ...] = (),
        pace: float = 0.0,
        latency: float = 0.0,
    ) -> None:
        for part in (Members, Tokens, Canvases):
            part.__init__(self)  # type: ignore[arg-type]
        self.pace = pace
        self.latency = latency
        self.weather: Callable[[str], str] = lambda _method: ""
        #: file id → its name, its content once that was uploaded, and whether the upload was
        #: completed
        self.files: dict[str, dict[str, Any]] = {}
        self.limited = 0
        self.people = {email: f"U{at}" for at, email in enumerate(people, 1)}
        self.channels = {channel.id: channel for channel in channels}
        self.faults: list[Fault] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        #: method and channel of each call that was done, in the order of the answers
        self.answered: list[tuple[str, object]] = []
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._server = _Server(
            ("127.0.0.1", 0), type("Handler", (_Handler,), {"slack": self})
        )
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    def dm(self, email: str) -> Channel:
        return self.channels[f"D{self.people[email]}"]

    def named(self, name: str) -> Channel:
        return next(
            channel for channel in self.channels.values() if channel.name == name
        )

    def messages(self, *, to: str) -> list[dict[str, Any]]:
        """The messages in a person's DM or in a ``#channel``, oldest first."""
        if to.startswith("#"):
            found = [
                channel for channel in self.channels.values() if channel.name == to[1:]
            ]
        else:
            found = [
                channel
                for key, channel in self.channels.items()
                if key == f"D{self.people.get(to)}"
            ]
        return [message for channel in found for message in channel.messages.values()]

    @property
    def posted(self) -> list[dict[str, Any]]:
        return [
            message
            for channel in self.channels.values()
            for message in channel.messages.values()
        ]

    def settle(self) -> None:
        """Wait until all earlier requests are done: their sender may have been killed."""
        with suppress(OSError), urlopen(self.url.removesuffix("api/"), timeout=600):
            pass
        while self._server.busy:
            time.sleep(0.002)

    def uploaded(self, *, to: str) -> list[dict[str, Any]]:
        """The files in a person's DM or in a ``#channel``, oldest first."""
        return [
            file
            for message in self.messages(to=to)
            for file in message.get("files", ())
        ]

    def called(self, method: str) -> int:
        return sum(name == method for name, _ in self.calls)

    # -- the deeds of people
    # ---------------------------------------------------------------------------------------------

    def say(
        self, email: str, channel: str, text: str, *, thread_ts: str | None = None
    ) -> dict[str, Any]:
        """Let a person write; returns the message. The text is as Slack keeps it: escaped."""
        with self._lock:
            found = self._channel(channel)
            said = self._say(found, thread_ts, text=text, user=self.people[email])
            return found.messages[said["ts"]]

    def delete(self, channel: str, ts: str) -> dict[str, Any]:
        """Let a person delete a message; returns it as it was.

        While others answer it in its thread, a message without its content stays in its place.
        """
        with self._lock:
            messages = self._channel(channel).messages
            found = messages[ts]
            if any(each.get("thread_ts") == ts for each in messages.values()):
                messages[ts] = {"ts": ts, **TOMBSTONE}
            else:
                del messages[ts]
            return found

    def rename(self, channel: str, name: str) -> None:
        """Let a person rename a channel."""
        with self._lock:
            self._channel(channel).name = name

    # -- the methods
    # ---------------------------------------------------------------------------------------------

    def answer(self, method: str, sent: dict[str, Any], token: str) -> dict[str, Any]:
        self.admit(method, token)
        found: Callable[..., dict[str, Any]] | None = getattr(
            self, "_" + method.replace(".", "_"), None
        )
        if found is None:
            raise Refusal("unknown_method")
        with self._lock:
            return {"ok": True, **found(**sent)}

    def _conversations_open(self, users: str) -> dict[str, Any]:
        email = self.email_of(users)
        if email is None:
            raise Refusal("user_not_found")
        if self.profile(email).deleted:
            raise Refusal("user_disabled")
        self.channels.setdefault(f"D{users}", Channel(f"D{users}", f"dm-{users}"))
        return {"channel": {"id": f"D{users}"}}

    def _conversations_create(self, name: str) -> dict[str, Any]:
        if any(channel.name == name for channel in self.channels.values()):
            raise Refusal("name_taken")
        key = f"C{next(self._numbers)}"
        self.channels[key] = Channel(key, name, creator=APP_USER)
        return {"channel": {"id": key, "name": name}}

    def _users_conversations(self, **given: str) -> dict[str, Any]:
        """The channels that the app is in; Slack leaves out whether it is."""
        found = self._conversations_list(own=True, **given)
        for each in found["channels"]:
            del each["is_member"]
        return found

    def _conversations_list(
        self,
        types: str,
        limit: str,
        exclude_archived: str,
        cursor: str = "0",
        *,
        own: bool = False,
    ) -> dict[str, Any]:
        kinds = types.split(",")
        seen = [
            _shown(each)
            for each in self.channels.values()
            if each.id.startswith("C")
            and (each.member or not own)
            and (
                "private_channel" in kinds and each.member
                if each.private
                else "public_channel" in kinds
            )
        ]
        page = min(int(limit), 2)
        end = int(cursor) + min(int(limit), 2)
        more = str(end) if end < len(seen) else ""
        return {
            "channels": seen[end - page : end],
            "response_metadata": {"next_cursor": more},
        }

    def _conversations_join(self, channel: str) -> dict[str, Any]:
        found = self._channel(channel)
        if found.archived:
            raise Refusal("is_archived")
        found.member = True
        return {"channel": {"id": channel}}

    def _conversations_invite(self, channel: str, users: str) -> dict[str, Any]:
        found = self._channel(channel)
        for user in users.split(","):
            if self.email_of(user) is None:
                raise Refusal("user_not_found")
            if user in found.invited:
                raise Refusal("already_in_channel")
        found.invited += users.split(",")
        return {"channel": {"id": channel}}

    def _conversations_info(self, channel: str) -> dict[str, Any]:
        found = self._channel(channel)
        canvas = {"canvas": {"file_id": found.canvas}} if found.canvas else {}
        return {"channel": {**_shown(found), "properties": canvas}}

    def _conversations_history(
        self,
        channel: str,
        limit: str,
        include_all_metadata: str = "0",
        cursor: str = "0",
    ) -> dict[str, Any]:
        roots = [
            message
            for message in self._channel(channel).messages.values()
            if "thread_ts" not in message
        ]
        return self._page(roots[::-1], cursor, limit, include_all_metadata)

    def _conversations_replies(
        self,
        channel: str,
        ts: str,
        limit: str,
        include_all_metadata: str = "0",
        cursor: str = "0",
    ) -> dict[str, Any]:
        messages = self._channel(channel).messages
        if ts not in messages:
            raise Refusal("thread_not_found")
        thread = [
            message
            for message in messages.values()
            if ts in (message["ts"], message.get("thread_ts"))
        ]
        return self._page(thread, cursor, limit, include_all_metadata)

    def _chat_postMessage(  # noqa: N802
        self,
        channel: str,
        text: str,
        blocks: object,
        metadata: object,
        thread_ts: str | None = None,
        **rest: object,
    ) -> dict[str, Any]:
        found = self._channel(channel)
        if not found.member:
            raise Refusal("not_in_channel")
        if found.archived:
            raise Refusal("is_archived")
        _check(text, blocks, metadata, rest, most=40_000)
        return self._say(
            found,
            thread_ts,
            text=text,
            blocks=blocks,
            metadata=metadata,
            edits=0,
            user=APP_USER,
            bot_id=APP_BOT,
        )

    def _say(
        self, channel: Channel, thread_ts: str | None, **content: object
    ) -> dict[str, Any]:
        if thread_ts is not None and thread_ts not in channel.messages:
            raise Refusal("thread_not_found")
        ts = f"{int(time.time())}.{next(self._numbers):06}"
        channel.messages[ts] = {
            "ts": ts,
            **content,
            **({"thread_ts": thread_ts} if thread_ts else {}),
        }
        return {"channel": channel.id, "ts": ts}

    def _chat_update(
        self,
        channel: str,
        ts: str,
        text: str,
        blocks: object,
        metadata: object,
        **rest: object,
    ) -> dict[str, Any]:
        message = self._message(channel, ts)
        if message.get("user") != APP_USER:
            raise Refusal("cant_update_message")
        _check(text, blocks, metadata, rest, most=4_000)
        message.update(
            text=text, blocks=blocks, metadata=metadata, edits=message["edits"] + 1
        )
        return {"channel": channel, "ts": ts}

    def _chat_getPermalink(self, channel: str, message_ts: str) -> dict[str, Any]:  # noqa: N802
        thread = self._message(channel, message_ts).get("thread_ts")
        link = f"https://stand-in.slack.com/archives/{channel}/p{message_ts.replace('.', '')}"
        if thread:
            link += f"?thread_ts={thread}&cid={channel}"
        return {"channel": channel, "permalink": link}

    def _pins_add(self, channel: str, timestamp: str) -> dict[str, Any]:
        found = self._channel(channel)
        self._message(channel, timestamp)
        if timestamp in found.pinned:
            raise Refusal("already_pinned")
        found.pinned.append(timestamp)
        return {}

    def _files_getUploadURLExternal(self, filename: str, length: str) -> dict[str, Any]:  # noqa: N802
        key = f"F{next(self._numbers)}"
        self.files[key] = {
            "id": key,
            "name": filename,
            "length": int(length),
            "content": None,
            "done": False,
        }
        return {
            "file_id": key,
            "upload_url": f"{self.url.removesuffix('api/')}upload/{key}",
        }

    def _files_completeUploadExternal(  # noqa: N802
        self, files: str, channel_id: str, thread_ts: str
    ) -> dict[str, Any]:
        found = []
        for asked in json.loads(files):
            file = self.files.get(asked["id"])
            if file is None or file["done"] or file["content"] is None:
                raise Refusal("file_not_found")
            file |= {"done": True, "title": asked["title"]}
            found.append(file)
        shown = [
            {key: file[key] for key in ("id", "name", "title")}
            | {"permalink": f"https://example.slack.com/files/{APP_USER}/{file['id']}"}
            for file in found
        ]
        self._say(
            self._channel(channel_id),
            thread_ts,
            text="",
            files=shown,
            user=APP_USER,
            bot_id=APP_BOT,
        )
        return {"files": shown}

    def take_file(self, key: str, content: bytes) -> int:
        """The HTTP status with which an upload is taken."""
        with self._lock:
            if key not in self.files or len(content) != self.files[key]["length"]:
                return 400
            self.files[key]["content"] = content
            return 200

    def too_soon(self, channel: str) -> bool:
        """Whether a post to a channel comes before its time; one that does not is counted."""
        with self._lock:
            found = self.channels.get(channel)
            now = time.monotonic()
            if found is None or not self.pace:
                return False
            if now < found.opens_at:
                self.limited += 1
                return True
            found.opens_at = now + self.pace
            return False

    def _message(self, channel: str, ts: str) -> dict[str, Any]:
        found = self._channel(channel).messages.get(ts)
        if found is None or found.get("subtype") == "tombstone":
            raise Refusal("message_not_found")
        return found

    @staticmethod
    def _page(
        messages: list[dict[str, Any]], cursor: str, limit: str, metadata: str
    ) -> dict[str, Any]:
        # pages of three, so that a few messages make several; never more than the app reads
        size = min(int(limit), max(3, len(messages) // 10))
        end = int(cursor) + size
        shown = [
            {
                key: value
                for key, value in message.items()
                if key != "metadata" or metadata == "1"
            }
            for message in messages[int(cursor) : end]
        ]
        return {
            "messages": shown,
            "response_metadata": {
                "next_cursor": str(end) if end < len(messages) else ""
            },
        }

    def fault(self, method: str, channel: str | None) -> Fault | None:
        with self._lock:
            for fault in self.faults:
                if (
                    fault.method != method
                    or fault.channel not in (None, channel)
                    or not fault.times
                ):
                    continue
                if fault.after:
                    fault.after -= 1
                    return None
                fault.times -= 1
                return fault
            kind = self.weather(method)
        return Fault(method, kind) if kind else None


def _shown(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_archived": channel.archived,
        "is_member": channel.member,
        "is_private": channel.private,
        "is_ext_shared": channel.foreign,
        "creator": channel.creator,
    }


def _check(
    text: str,
    blocks: object,
    metadata: object,
    rest: Mapping[str, object],
    *,
    most: int,
) -> None:
    if not text.strip():
        raise Refusal("no_text")
    if len(text) > most:
        raise Refusal("msg_too_long")
    if found := problems(blocks):
        raise Refusal("invalid_blocks", errors=found)
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    if not isinstance(payload, dict) or not all(
        isinstance(value, str) for value in payload.values()
    ):
        raise Refusal("invalid_metadata_format")
    if set(rest) - {"parse", "link_names", "unfurl_links", "unfurl_media"}:
        raise Refusal("invalid_arguments")


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    #: requests that were taken and not ended
    busy = 0
    counting = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.counting:
            self.busy += 1
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.counting:
                self.busy -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The sender of the request was killed."""


class _Handler(BaseHTTPRequestHandler):
    slack: StandIn

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"] or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            return  # whoever asked was killed
        if self.path.startswith("/upload/"):
            method = "upload"
            sent = {}
        else:
            kind_sent = self.headers["Content-Type"] or ""
            json_sent = kind_sent.startswith("application/json")
            sent = (
                json.loads(body or b"{}")
                if json_sent
                else dict(parse_qsl(body.decode(), keep_blank_values=True))
            )
            method = self.path.removeprefix("/api/")
        self.slack.calls.append((method, sent))
        fault = self.slack.fault(method, sent.get("channel"))
        if (
            method == "chat.postMessage"
            and not fault
            and self.slack.too_soon(str(sent.get("channel")))
        ):
            fault = Fault(method, "limited", seconds=self.slack.pace)
        kind = fault.kind if fault else ""
        if fault and kind not in ("lost", "late"):
            self.fail(kind, fault.seconds)
        elif method == "upload":
            status = self.slack.take_file(self.path.removeprefix("/upload/"), body)
            if kind != "lost":
                self.send(b"OK", status, "text/plain")
        else:
            self.work(
                method,
                sent,
                lost=kind == "lost",
                late=fault if kind == "late" else None,
            )

    def fail(self, kind: str, seconds: float) -> None:
        if kind == "drop":
            self.close_connection = True
        elif kind == "limited":
            self.reply(
                {"ok": False, "error": "ratelimited"},
                429,
                **{"Retry-After": str(math.ceil(seconds))},
            )
        elif kind == "broken":
            self.reply({"ok": False, "error": "internal_error"}, 500)
        elif kind == "page":
            self.send(b"<html>Bad gateway</html>", 502, "text/html")
        else:
            self.reply({"ok": False, "error": kind}, 200)

    def work(
        self, method: str, sent: dict[str, Any], *, lost: bool, late: Fault | None
    ) -> None:
        given = self.headers["Authorization"] or ""
        try:
            answer = self.slack.answer(
                method, {**sent, **basic(given)}, given.removeprefix("Bearer ")
            )
        except Refusal as refusal:
            answer = refusal.answer
        except TypeError as error:
            answer = {"ok": False, "error": "invalid_arguments", "errors": [str(error)]}
        time.sleep(self.slack.latency)
        while late and not late.until():
            time.sleep(0.01)
        self.slack.answered.append((method, sent.get("channel")))
        if lost:
            self.close_connection = True
        else:
            self.reply(answer, 200)

    def reply(self, answer: dict[str, Any], status: int, **headers: str) -> None:
        self.send(json.dumps(answer).encode(), status, "application/json", **headers)

    def send(self, body: bytes, status: int, kind: str, **headers: str) -> None:
        with suppress(OSError):  # no one waits for a late answer
            self.send_response(status)
            for name, value in {
                "Content-Type": kind,
                "Content-Length": str(len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass
