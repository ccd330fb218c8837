"""Single requests to Slack's Web API.

A request succeeds or raises a SlackFault, and is never sent twice.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from launch_kits.settings import Settings
from launch_kits.slack.api.faults import (
    RateLimited,
    ReadInPart,
    TokenRefused,
    Unclear,
    fault_of,
)
from launch_kits.slack.api.setup import web_client

if TYPE_CHECKING:
    from slack_sdk import WebClient

__all__ = ["PAGES", "Reply", "Wire", "items", "open_wire", "part", "text"]

#: seconds for connecting, and for each part of the answer
TIMEOUT = 10
#: seconds after which a request that timed out has certainly ended at Slack too
SETTLES_IN = 60.0
#: seconds between posts to one channel, a little more than Slack's limit:
#: https://docs.slack.dev/apis/web-api/rate-limits#posting-messages
PACE = 1.02
#: the most pages that are read
PAGES = 50

Reply = Mapping[str, object]


def open_wire(settings: Settings) -> Wire:
    """Open a connection with the token and address of the settings.

    The library does not repeat requests by itself: a post whose reply was lost would be posted
    twice. Raises SettingsError if SLACK_BASE_URL is unusable.
    """
    return Wire(web_client(settings, timeout=TIMEOUT))


class Wire:
    """Calls methods of Slack, and raises a SlackFault if a call fails.

    Threads may share it. It obeys ``Retry-After`` as long as the process lives. ``clock`` and
    ``sleep`` count seconds.
    """

    def __init__(
        self,
        web: WebClient,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._web = web
        self._clock = clock
        self._sleep = sleep
        #: method, or method and channel → the moment until which Slack accepts no calls
        self._limited: dict[str, float] = {}
        #: channel → the earliest moment for the next post
        self._open_at: dict[str, float] = {}
        #: seconds that a post takes without a delay
        self._quickest = float("inf")
        self._lock = threading.Lock()
        #: whether Slack accepted the token in the last call
        self.accepted = False
        #: Slack's own time at its last answer, in seconds since 1970; 0 if it is missing
        self.heard_at = 0.0
        #: the scopes of the token, as Slack's last answer named them; None if it did not
        self.scopes: frozenset[str] | None = None

    @property
    def token(self) -> str:
        """The token of the next call."""
        return self._web.token or ""

    def limit(self, name: str, *, seconds: float) -> None:
        """Obey a limit that another process was told."""
        self._limited[name] = max(self._limited.get(name, 0.0), self._clock() + seconds)

    def opens_in(self, channel: str) -> float:
        """Seconds until the next post to a channel is allowed."""
        opens = max(
            self._open_at.get(channel, 0.0), self._limited.get(_posts(channel), 0.0)
        )
        return max(opens - self._clock(), 0.0)

    def ask(self, method: str, **form: object) -> Reply:
        """Call a method that takes a form; raises SlackFault."""
        return self._call(method, limit=method, params=form)

    def pages(self, method: str, **form: object) -> Iterator[Reply]:
        """Call a method that answers in pages, and yield each page.

        Raises ReadInPart after `PAGES` pages if there are more: what was not found may be there.
        """
        cursor: object = None
        for _ in range(PAGES):
            reply = self.ask(method, **form, **({"cursor": cursor} if cursor else {}))
            yield reply
            cursor = part(reply, "response_metadata").get("next_cursor")
            if not cursor:
                return
        raise ReadInPart(f"{method} of Slack goes on after {PAGES} pages")

    def post(self, channel: str, **body: object) -> Reply:
        """Call ``chat.postMessage``, which Slack limits by channel.

        Waits until the last post to the channel is a second old. Raises SlackFault.
        """
        wait = self._reserve(channel)
        if wait > 0:
            self._sleep(wait)
        started = self._clock()
        try:
            return self._call(
                "chat.postMessage",
                limit=_posts(channel),
                json={"channel": channel, **body},
            )
        finally:
            self._took(channel, self._clock() - started)

    def update(self, channel: str, **body: object) -> Reply:
        """Call ``chat.update``; raises SlackFault."""
        return self._call(
            "chat.update", limit="chat.update", json={"channel": channel, **body}
        )

    def upload(self, url: str, data: bytes) -> None:
        """Send the content of a file to the address that Slack gave for it.

        The file is not visible yet. Raises SlackFault.
        """
        method = "the address for an upload"
        if urlsplit(url).scheme not in ("http", "https"):
            raise Unclear(f"Slack gave an unusable address for an upload: {url[:80]}")
        proxies = (
            {"http": self._web.proxy, "https": self._web.proxy}
            if self._web.proxy
            else {}
        )
        try:
            with build_opener(ProxyHandler(proxies)).open(
                Request(url, data=data),  # noqa: S310
                timeout=TIMEOUT,
            ) as answer:
                answer.read()
        except HTTPError as error:
            raise fault_of(
                method, status=error.code, headers=dict(error.headers), reply={}
            ) from None
        except (OSError, HTTPException) as error:
            raise _unclear(method, error) from error

    def _reserve(self, channel: str) -> float:
        """Reserve the next moment to post to a channel; returns the seconds until then."""
        with self._lock:
            now = self._clock()
            if self._limited.get(_posts(channel), 0.0) > now:
                return 0.0  # the limit refuses the post anyway
            opens = max(self._open_at.get(channel, 0.0), now)
            self._open_at[channel] = opens + PACE
            return opens - now

    def _took(self, channel: str, seconds: float) -> None:
        """Delay the next post to a channel by the delay of this one.

        A post may have been delayed before it reached Slack, and the next one could then arrive
        less than a second after it.
        """
        with self._lock:
            # grows slowly, in case the network has become slower
            self._quickest = min(seconds, self._quickest * 1.001)
            self._open_at[channel] = self._open_at.get(channel, 0.0) + min(
                seconds - self._quickest, PACE
            )

    def _call(
        self,
        method: str,
        *,
        limit: str,
        params: dict[str, object] | None = None,
        json: dict[str, object] | None = None,
    ) -> Reply:
        from slack_sdk.errors import SlackApiError

        wait = self._limited.get(limit, 0.0) - self._clock()
        if wait > 0:
            raise RateLimited(
                f"Slack limits {method}: again in {wait:.0f} s",
                retry_after=wait,
                limit=limit,
            )
        try:
            answer = self._web.api_call(method, params=params, json=json)
        except SlackApiError as error:
            refusal = error.response
            fault = fault_of(
                method,
                status=refusal.status_code,
                headers=refusal.headers,
                reply=refusal.data if isinstance(refusal.data, dict) else {},
            )
            if isinstance(fault, RateLimited):
                fault.limit = limit
                self.limit(limit, seconds=fault.retry_after)
            elif isinstance(fault, TokenRefused):
                self.accepted = False
            raise fault from None
        except (OSError, HTTPException) as error:
            raise _unclear(method, error) from error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        self.heard_at = _time(headers)
        self.scopes = _scopes(headers)
        self.accepted = True
        return answer.data if isinstance(answer.data, dict) else {}


def part(reply: Reply, name: str) -> Reply:
    """A part of a reply; empty if it is missing."""
    value = reply.get(name)
    return value if isinstance(value, dict) else {}


def items(reply: Reply, name: str) -> list[Reply]:
    """A list of parts of a reply; empty if it is missing."""
    value = reply.get(name)
    return (
        [item for item in value if isinstance(item, dict)]
        if isinstance(value, list)
        else []
    )


def text(reply: Reply, name: str) -> str:
    """A required text of a reply; raises Unclear if it is missing."""
    value = reply.get(name)
    if not isinstance(value, str) or not value:
        raise Unclear(f'an answer from Slack lacks "{name}"')
    return value


def _posts(channel: str) -> str:
    """The name of the limit on posts to a channel."""
    return f"chat.postMessage {channel}"


def _time(headers: Mapping[str, str]) -> float:
    try:
        return parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError):
        return 0.0


def _scopes(headers: Mapping[str, str]) -> frozenset[str] | None:
    named = headers.get("x-oauth-scopes")
    return None if named is None else frozenset(named.replace(" ", "").split(","))


def _unclear(method: str, error: Exception) -> Unclear:
    reason = getattr(error, "reason", error)
    late = isinstance(reason, TimeoutError)
    words = (
        "did not answer in time"
        if late
        else f"could not be reached, or its answer was lost ({reason})"
    )
    return Unclear(f"Slack {words} on {method}", settles_in=SETTLES_IN if late else 0.0)
