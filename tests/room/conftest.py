"""Fixtures of the launch room: the small launch, and a browser that visits it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from launch_kits.board.follow_up import FollowUp
from launch_kits.database.store import Store
from launch_kits.room import routes
from launch_kits.settings import Settings
from tests.browser import chromium
from tests.launches import opened
from tests.room.browsing import Opening, serving
from tests.room.visiting import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def kind() -> str:
    """One kind of database: the verbs and views below are tested on both."""
    return "sqlite"


@pytest.fixture
def arriving(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Visit]]:
    """Opens the launch room with settings of a test; changes are noted, not followed up."""
    made: list[Visit] = []

    def arriving(**env: str) -> Visit:
        given = {
            "LAUNCH_KITS_HOME": str(tmp_path),
            "LAUNCH_KITS_DATABASE_URL": store.url,
        }
        made.append(Visit(store, Settings.read({**given, **env})))
        return made[-1]

    def note(_store: Store, slug: str, **_: object) -> FollowUp:
        made[-1].followed.append(slug)
        return FollowUp()

    monkeypatch.setattr(routes, "follow_up", note)
    yield arriving
    for visit in made:
        visit.close()


@pytest.fixture
def visit(store: Store, arriving: Callable[..., Visit]) -> Visit:
    """The operator's browser, in the room of the small launch."""
    opened(store)
    return arriving()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def opens(visit: Visit, browser: Browser) -> Iterator[Opening]:
    """Opens pages of the room of the small launch in a real browser."""
    with serving(visit, browser) as opens:
        yield opens
