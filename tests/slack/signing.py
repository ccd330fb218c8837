"""Requests that are signed as Slack's are."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping

SECRET = "not-so-secret"
#: a request's body and headers → the answer's status and body
Send = Callable[[bytes, Mapping[str, str]], tuple[int, str]]


def signature(body: bytes, *, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    """The headers with which Slack proves that a request is its own."""
    stamp = str(int(time.time()) - age)
    digest = hmac.new(
        secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256
    ).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}"}
