"""The tokens of the stand-in: valid, expired, revoked, and exchanged for new ones.

https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

import base64
from itertools import count
from typing import Any

from tests.slack.stand_in_base import Refusal

TOKEN = "xoxb-stand-in"
CLIENT_ID = "1.2"
CLIENT_SECRET = "not-so-secret-either"
REFRESH_TOKEN = "xoxe-1-stand-in"
#: methods that ask for no token
OPEN = ("oauth.v2.access",)


class Tokens:
    """Bot tokens, and the refresh token that is exchanged for the next."""

    def __init__(self) -> None:
        #: token → why it is refused; empty for a valid one
        self.tokens: dict[str, str] = {TOKEN: ""}
        #: the only refresh token that is taken; an exchange makes another
        self.refresh_token = REFRESH_TOKEN
        self._exchanges = count(1)

    def expire(self, why: str = "token_expired") -> None:
        """Refuse every token given so far, as expired, revoked, or of an app that is gone."""
        self.tokens = dict.fromkeys(self.tokens, why)

    def admit(self, method: str, token: str) -> None:
        """Raise Slack's refusal of a token."""
        if method in OPEN:
            return
        if why := self.tokens.get(token, "invalid_auth"):
            raise Refusal(why)

    def _oauth_v2_access(
        self,
        grant_type: str,
        refresh_token: str,
        client_id: str = "",
        client_secret: str = "",
    ) -> dict[str, Any]:
        if client_id != CLIENT_ID:
            raise Refusal("invalid_client_id")
        if client_secret != CLIENT_SECRET:
            raise Refusal("bad_client_secret")
        if grant_type != "refresh_token":
            raise Refusal("invalid_grant_type")
        if refresh_token != self.refresh_token:
            raise Refusal("invalid_refresh_token")
        number = next(self._exchanges)
        self.refresh_token = f"xoxe-1-stand-in-{number}"
        token = f"xoxe.xoxb-1-stand-in-{number}"
        self.tokens[token] = ""
        return {
            "access_token": token,
            "expires_in": 43_200,
            "refresh_token": self.refresh_token,
            "token_type": "bot",
            "app_id": "A1",
            "team": {"id": "T1", "name": "Stand-in"},
        }


def basic(authorization: str) -> dict[str, str]:
    """The client's id and secret in an ``Authorization: Basic …`` header, if it is one."""
    kind, _, given = authorization.partition(" ")
    if kind != "Basic":
        return {}
    client_id, _, secret = base64.b64decode(given).decode().partition(":")
    return {"client_id": client_id, "client_secret": secret}
