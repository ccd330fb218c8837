"""A browser without a screen that visits the launch room."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import httpx
from starlette.testclient import TestClient

from launch_kits.database.store import Store
from launch_kits.room.forgery import COOKIE, FIELD
from launch_kits.room.routes import LaunchRoom
from launch_kits.server.application import application
from launch_kits.settings import Settings
from tests.launches import NOW

__all__ = ["WORDS_OF_THE_PROGRAM", "Visit", "confirmed", "text_of"]

HOST = "http://127.0.0.1:8080"
#: days and weeks as programs write them, keys of tasks, and references of claims
WORDS_OF_THE_PROGRAM = re.compile(
    r"\b20\d\d-(?:\d\d-\d\d|W\d\d)|battlecard:|\b(?:osprey|kite)\.[a-z]\d+\b"
)


class _Text(HTMLParser):
    """The text of a page, without its markup."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def text_of(page: str) -> str:
    """The text of a page, on one line."""
    reader = _Text()
    reader.feed(page)
    return " ".join(" ".join(reader.found).split())


@dataclass
class Visit:
    """The launch room of a store, and one visitor's browser."""

    store: Store
    settings: Settings
    now: datetime = NOW
    #: launches that were followed up
    followed: list[str] = field(default_factory=list)
    peer: str = "127.0.0.1"
    host: str = HOST

    def __post_init__(self) -> None:
        self.room = LaunchRoom(self.settings, clock=lambda: self.now)
        self.app = application(self.room.routes, error_page=self.room.error_page)
        self.browser = self.another()

    def another(
        self, *, peer: str | None = None, host: str | None = None
    ) -> TestClient:
        """Another browser, with no cookies."""
        return TestClient(
            self.app,
            base_url=host or self.host,
            client=(peer or self.peer, 50_000),
            follow_redirects=False,
        )

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.browser.get(path, **more)

    def text(self, path: str) -> str:
        """The text of a page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return text_of(answer.text)

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of a page, with its token."""
        if not self.cookie(COOKIE):
            self.get("/launches")
        token = {FIELD: self.cookie(COOKIE)}
        return self.browser.post(path, data={**token, **fields})

    def cookie(self, name: str) -> str:
        """The value of a cookie of this server, over https or not; empty without it."""
        found = self.browser.cookies
        return found.get(f"__Host-{name}") or found.get(name) or ""

    def sign_in(self, email: str) -> None:
        """Choose a member of a team."""
        answer = self.send("/sign-in", email=email)
        assert answer.status_code == 303, answer.text

    def said(self, answer: httpx.Response) -> str:
        """The sentence that the next page shows after an act."""
        assert answer.status_code == 303, text_of(answer.text)
        page = self.get(answer.headers["location"]).text
        found = re.search(r'class="said" role="status">([^<]*)<', page)
        return html.unescape(found[1]) if found else ""

    def close(self) -> None:
        self.browser.close()
        self.room.close()


def confirmed(
    visit: Visit, address: str, shown: httpx.Response, **fields: str
) -> httpx.Response:
    """Confirm an effect that was shown."""
    seen = re.search(r'name="seen" value="([^"]+)"', shown.text)
    assert seen, text_of(shown.text)
    return visit.send(address, seen=seen[1], confirm="yes", **fields)
