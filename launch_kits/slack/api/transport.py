"""One request to Slack's Web API at a time.

Answered, refused, put off or unclear, and never sent twice.
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
from launch_kits.slack.api.faults import RateLimited, TokenRefused, Unclear, fault_of
from launch_kits.slack.api.setup import web_client

if TYPE_CHECKING:
    from slack_sdk import WebClient

__all__ = ["PAGES", "Reply", "Wire", "items", "open_wire", "part", "text"]

#: seconds for connecting, and for each wait on the answer
TIMEOUT = 10
#: seconds after which a request that timed out is surely over at Slack's side too
SETTLES_IN = 60.0
#: seconds between posts to one channel:
#: https://docs.slack.dev/apis/web-api/rate-limits#posting-messages, and a little
PACE = 1.02
#: pages looked through at most
PAGES = 50

Reply = Mapping[str, object]


def open_wire(settings: Settings) -> Wire:
    """A connection with the token and address of the settings. Raises SettingsError for an unusable
    SLACK_BASE_URL.

    The library tries nothing again by itself: a post whose reply was lost would be posted twice.
    """
    return Wire(web_client(settings, timeout=TIMEOUT))


class Wire:
    """Calls a method and raises a SlackFault where it does not succeed; threads may share it.

    Obeys ``Retry-After`` for as long as the process lives. ``clock`` and ``sleep`` count seconds.
    """

    def __init__(
        self,
        web: WebClient,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._web, self._clock, self._sleep = web, clock, sleep
        #: method, or method and channel → the moment until which Slack wants to be left alone
        self._limited: dict[str, float] = {}
        #: channel → the moment from which the next post may follow
        self._open_at: dict[str, float] = {}
        #: seconds that a post takes when nothing delays it
        self._quickest = float("inf")
        self._lock = threading.Lock()
        #: whether Slack took the token the last time that it was asked anything
        self.accepted = False
        #: Slack's own time at its last answer, in seconds since 1970; 0 where it does not say
        self.heard_at = 0.0

    def limit(self, name: str, *, seconds: float) -> None:
        """Leave alone what another process was told to leave alone."""
        self._limited[name] = max(self._limited.get(name, 0.0), self._clock() + seconds)

    def opens_in(self, channel: str) -> float:
        """Seconds after which the next post to a channel may follow."""
        opens = max(
            self._open_at.get(channel, 0.0), self._limited.get(_posts(channel), 0.0)
        )
        return max(opens - self._clock(), 0.0)

    def ask(self, method: str, **form: object) -> Reply:
        """A method that takes a form."""
        return self._call(method, limit=method, params=form)

    def pages(self, method: str, **form: object) -> Iterator[Reply]:
        """A method that answers in pages, each as it comes."""
        cursor: object = None
        for _ in range(PAGES):
            reply = self.ask(method, **form, **({"cursor": cursor} if cursor else {}))
            yield reply
            cursor = part(reply, "response_metadata").get("next_cursor")
            if not cursor:
                return

    def post(self, channel: str, **body: object) -> Reply:
        """``chat.postMessage``, which Slack limits by channel.

        Waits until the last post there is a second old.
        """
        wait = self._turn(channel)
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
        """``chat.update``."""
        return self._call(
            "chat.update", limit="chat.update", json={"channel": channel, **body}
        )

    def upload(self, url: str, data: bytes) -> None:
        """The content of a file, to the address that Slack gave for it; nobody sees it yet."""
        method = "the address for an upload"
        if urlsplit(url).scheme not in ("http", "https"):
            raise Unclear(f"Slack gave no address of the web for an upload: {url[:80]}")
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

    def _turn(self, channel: str) -> float:
        """Take the next turn to post to a channel; gives the seconds until then."""
        with self._lock:
            now = self._clock()
            if self._limited.get(_posts(channel), 0.0) > now:
                return 0.0  # nothing will be sent
            opens = max(self._open_at.get(channel, 0.0), now)
            self._open_at[channel] = opens + PACE
            return opens - now

    def _took(self, channel: str, seconds: float) -> None:
        """Let the next post to a channel wait for as long as this one was delayed, maybe before
        Slack saw it.

        Else the next could come less than a second after it.
        """
        with self._lock:
            # grows again by and by, for a network that has become slower
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
            said = error.response
            reply = said.data if isinstance(said.data, dict) else {}
            fault = fault_of(
                method, status=said.status_code, headers=said.headers, reply=reply
            )
            if isinstance(fault, RateLimited):
                fault.limit = limit
                self.limit(limit, seconds=fault.retry_after)
            elif isinstance(fault, TokenRefused):
                self.accepted = False
            raise fault from None
        except (OSError, HTTPException) as error:
            raise _unclear(method, error) from error
        self.heard_at, self.accepted = _time(answer.headers), True
        return answer.data if isinstance(answer.data, dict) else {}


def part(reply: Reply, name: str) -> Reply:
    """A part of a reply, empty where it is missing."""
    value = reply.get(name)
    return value if isinstance(value, dict) else {}


def items(reply: Reply, name: str) -> list[Reply]:
    """A list of parts of a reply, empty where it is missing."""
    value = reply.get(name)
    return (
        [item for item in value if isinstance(item, dict)]
        if isinstance(value, list)
        else []
    )


def text(reply: Reply, name: str) -> str:
    """A text that every such reply has; raises Unclear where it is missing."""
    value = reply.get(name)
    if not isinstance(value, str) or not value:
        raise Unclear(f'an answer of Slack\'s lacks "{name}"')
    return value


def _posts(channel: str) -> str:
    """The name of the limit on posts to a channel."""
    return f"chat.postMessage {channel}"


def _time(headers: Mapping[str, str]) -> float:
    try:
        return parsedate_to_datetime(
            {name.lower(): value for name, value in headers.items()}["date"]
        ).timestamp()
    except (KeyError, ValueError):
        return 0.0


def _unclear(method: str, error: Exception) -> Unclear:
    reason = getattr(error, "reason", error)
    late = isinstance(reason, TimeoutError)
    words = (
        "did not answer in time"
        if late
        else f"could not be reached, or its answer was lost ({reason})"
    )
    return Unclear(f"Slack {words} on {method}", settles_in=SETTLES_IN if late else 0.0)
