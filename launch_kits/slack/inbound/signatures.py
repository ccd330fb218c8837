"""The signatures of Slack's requests."""

from __future__ import annotations

import re
from collections.abc import Mapping

from slack_sdk.signature import SignatureVerifier

__all__ = ["is_signed"]


def is_signed(body: str, headers: Mapping[str, str], *, secret: str | None) -> bool:
    """Whether Slack signed a request within five minutes; never without a secret.

    The names in ``headers`` are in lower case. Bolt checks this too, but only after it has read the
    body.
    """
    stamp = headers.get("x-slack-request-timestamp", "")
    if not secret or not re.fullmatch(r"[0-9]{1,12}", stamp):
        return False
    return SignatureVerifier(secret).is_valid(
        body, stamp, headers.get("x-slack-signature", "")
    )
