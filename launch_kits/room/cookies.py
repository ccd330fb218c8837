"""The cookies of the launch room."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

__all__ = ["FLOW", "SAID", "SESSION", "Cookies"]

#: the cookie of a session, and the one with a sentence for the next page
SESSION: Final = "launch_kits_session"
SAID: Final = "launch_kits_said"
#: the cookie of a sign-in that is under way
FLOW: Final = "launch_kits_flow"
#: browsers take a cookie of such a name only from this very server over https, so that no other
#: site of the same domain can give a visitor a session of its choice
OF_THIS_HOST = "__Host-"


class Cookies:
    """Reads and writes cookies of a server at a public address."""

    def __init__(self, url: str | None) -> None:
        self._secure = (url or "").startswith("https:")
        self._prefix = OF_THIS_HOST if self._secure else ""

    def read(self, request: Request, name: str) -> str | None:
        """The value of a cookie; None if the browser sends none."""
        return request.cookies.get(self._prefix + name)

    def keep(
        self, response: Response, name: str, value: str, *, seconds: int | None = None
    ) -> None:
        """Let the browser keep a value, until it is closed or for some seconds.

        No script and no other site can read it.
        """
        response.set_cookie(
            self._prefix + name,
            value,
            max_age=seconds,
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )

    def drop(self, response: Response, name: str) -> None:
        """Let the browser forget a value."""
        self.keep(response, name, "", seconds=0)
