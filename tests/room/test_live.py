from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from launch_kits.database.queries import find_launch
from launch_kits.errors import DatabaseError
from launch_kits.room import live as module
from launch_kits.room.live import Live
from tests.launches import SLUG, brief_with, opened


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.01)


def change(store) -> None:
    with store.write() as session:
        find_launch(session, SLUG, lock=True).revision += 1


async def opened_page(live: Live, about: str = SLUG) -> tuple[Any, str]:
    """A page that was told its version."""
    page = live.events(about)
    assert await anext(page) == "retry: 3000\n\n"
    return page, await anext(page)


def test_all_pages_hear_of_a_change_and_cost_one_look(store):
    opened(store)
    live = Live(store, lambda _: None)

    async def run() -> tuple[str, list[str]]:
        pages = [live.events(SLUG) for _ in range(200)]
        for _ in range(2):
            first = [await anext(page) for page in pages]
        change(store)
        told = await asyncio.gather(*(anext(page) for page in pages))
        for page in pages:
            await page.aclose()
        await live._looking
        return first[0], told

    first, told = asyncio.run(run())
    before = int(first.split()[-1])
    assert set(told) == {f"event: version\ndata: {before + 1}\n\n"}
    assert live.looks < 100, "not one for each page"


def test_a_page_hears_of_its_own_launch_alone(store):
    opened(store)
    opened(store, brief_with(launch="heron-3"))
    live = Live(store, lambda _: None)

    async def run() -> tuple[bool, str]:
        other, _ = await opened_page(live, "heron-3")
        every, first = await opened_page(live, "*")
        change(store)
        told = await anext(every)
        quiet = not live_page(live, "heron-3").news.qsize()
        for page in (other, every):
            await page.aclose()
        await live._looking
        return quiet, int(told.split()[-1]) - int(first.split()[-1])

    assert asyncio.run(run()) == (True, 1)


def live_page(live: Live, about: str):
    return next(page for page in live._pages if page.about == about)


def test_without_pages_the_database_is_left_alone(store):
    live = Live(store, lambda _: None)

    async def run() -> None:
        for _ in range(2):
            page, _ = await opened_page(live, "*")
            await page.aclose()
            await live._looking

    asyncio.run(run())
    assert live._pages == set()


def test_a_silent_page_is_kept_open(store, monkeypatch):
    monkeypatch.setattr(module, "BEAT", 0.05)
    live = Live(store, lambda _: None)

    async def run() -> str:
        page = live.events("*")
        told = [await anext(page) for _ in range(3)]
        await page.aclose()
        await live._looking
        return told[-1]

    assert asyncio.run(run()) == ": open\n\n"


def test_a_database_that_fails_for_a_while_ends_nothing(store, monkeypatch):
    opened(store)
    live = Live(store, lambda _: None)
    read = live._revisions
    fails = [True]

    def sometimes():
        return None if fails[0] else read()

    monkeypatch.setattr(live, "_revisions", sometimes)

    async def run() -> str:
        page = live.events(SLUG)
        await anext(page)
        while live.looks < 2:  # noqa: ASYNC110  the database is looked at in a thread
            await asyncio.sleep(0.005)
        fails[0] = False
        told = await anext(page)
        await page.aclose()
        await live._looking
        return told

    assert "version" in asyncio.run(run())


def test_a_database_that_does_not_answer_is_not_a_revision():
    def read():
        raise DatabaseError("gone")

    broken = SimpleNamespace(read=read)
    assert Live(broken, lambda _: None)._revisions() is None


def test_strangers_hear_nothing(arriving):
    visit = arriving()
    stranger = visit.another(host="http://tunnel.example")
    assert stranger.get("/live").status_code == 401


def test_a_page_ends_when_its_visitor_is_signed_out(store, monkeypatch):
    opened(store)
    monkeypatch.setattr(module, "BEAT", 0.05)
    live = Live(store, lambda _: None)
    known = [True, True, True, False]

    async def run() -> list[str]:
        return [each async for each in live.events(SLUG, lambda: known.pop(0))]

    told = asyncio.run(run())
    assert told[2:] == [": open\n\n", ": open\n\n"]
    assert known == []
