"""A real browser that visits the launch room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from launch_kits.server.http import Port
from tests.room.visiting import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["Opening", "serving", "sign_in"]

#: makes a page with a look: its size, its colours, its scripts
Opening = Callable[..., "Page"]
#: what a console says of an answer that the test wants
REFUSED = re.compile(r"the server responded with a status of (4\d\d|500)")
#: milliseconds for a step, for machines that are busy with other work
PATIENCE = 300_000


@contextmanager
def serving(visit: Visit, browser: Browser) -> Iterator[Opening]:
    """Serve a launch room, and open its pages; one that complains to its console fails."""
    port = Port("127.0.0.1", 0, visit.app)
    port.open()
    complaints: list[str] = []
    contexts = []

    def heard(said: str) -> None:
        if not REFUSED.search(said):
            complaints.append(said)

    def opens(**look: object) -> Page:
        url = f"http://127.0.0.1:{port.number}"
        contexts.append(browser.new_context(base_url=url, **look))
        contexts[-1].set_default_timeout(PATIENCE)
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and heard(said.text))
        return page

    try:
        yield opens
    finally:
        for context in contexts:
            context.close()
        port.close()
    assert complaints == []


def sign_in(page: Page, email: str) -> None:
    """Choose a member of a team."""
    page.goto("/sign-in")
    page.select_option("#email", email)
    page.get_by_role("button", name="This is me").press("Enter")
    page.get_by_role("heading", name="My page").wait_for()
