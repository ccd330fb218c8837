from __future__ import annotations

import hashlib
import hmac
import time

import pytest

from launch_kits.slack.inbound.signatures import is_signed

SECRET = "not-so-secret"
BODY = "payload=1"


def signed(*, age: int = 0, stamp: str | None = None) -> dict[str, str]:
    """The headers of the body, signed some seconds ago."""
    stamp = stamp or str(int(time.time()) - age)
    text = f"v0:{stamp}:{BODY}".encode()
    digest = hmac.new(SECRET.encode(), text, hashlib.sha256).hexdigest()
    return {
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
    }


def test_a_request_that_slack_signed_now_is_signed() -> None:
    assert is_signed(BODY, signed(), secret=SECRET)


@pytest.mark.parametrize(
    ("body", "headers", "secret"),
    [
        ("payload=2", signed(), SECRET),
        (BODY, signed(), "another"),
        (BODY, signed(), None),
        (BODY, signed(), ""),
        (BODY, {}, SECRET),
        (BODY, signed(age=301), SECRET),
        (BODY, signed(stamp="now"), SECRET),
        (BODY, signed(stamp="9" * 13), SECRET),
    ],
    ids=[
        "another body",
        "another secret",
        "no secret",
        "empty secret",
        "no headers",
        "old",
        "no number",
        "long number",
    ],
)
def test_others_are_not(body: str, headers: dict[str, str], secret: str | None) -> None:
    assert not is_signed(body, headers, secret=secret)
