from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from launch_kits.database.queries import find_launch
from launch_kits.errors import DatabaseError
from launch_kits.room import live as module
from launch_kits.room.live import Live
from tests.launches import SLUG, opened


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.01)


def change(store) -> None:
    with store.write() as session:
        find_launch(session, SLUG, lock=True).revision += 1


async def until(happened) -> None:
    while not happened():  # noqa: ASYNC110  the database is looked at in a thread
        await asyncio.sleep(0.005)


def test_all_pages_hear_of_a_change_and_cost_one_look(store):
    opened(store)
    live = Live(store, lambda _: None)

    async def run() -> list[str]:
        pages = [live.events() for _ in range(200)]
        for page in pages:
            assert await anext(page) == "retry: 3000\n\n"
        looks = live.looks
        await until(lambda: live.looks >= looks + 2)
        change(store)
        told = await asyncio.gather(*(anext(page) for page in pages))
        for page in pages:
            await page.aclose()
        await live._looking
        return told

    told = asyncio.run(run())
    assert set(told) == {f'event: changed\ndata: ["{SLUG}"]\n\n'}
    assert live.looks < 100, "not one for each page"


def test_without_pages_the_database_is_left_alone(store):
    live = Live(store, lambda _: None)

    async def run() -> None:
        page = live.events()
        await anext(page)
        await page.aclose()
        await live._looking
        again = live.events()
        await anext(again)
        await until(lambda: live.looks)
        await again.aclose()
        await live._looking

    asyncio.run(run())
    assert live._pages == set()


def test_a_silent_page_is_kept_open(store, monkeypatch):
    monkeypatch.setattr(module, "BEAT", 0.01)
    live = Live(store, lambda _: None)

    async def run() -> str:
        page = live.events()
        await anext(page)
        beat = await anext(page)
        await page.aclose()
        await live._looking
        return beat

    assert asyncio.run(run()) == ": open\n\n"


def test_a_database_that_fails_for_a_while_ends_nothing(store, monkeypatch):
    opened(store)
    live = Live(store, lambda _: None)
    read, fails = live._revisions, [True]

    def sometimes():
        return None if fails[0] else read()

    monkeypatch.setattr(live, "_revisions", sometimes)

    async def run() -> str:
        page = live.events()
        await anext(page)
        await until(lambda: live.looks >= 2)
        fails[0] = False
        await until(lambda: live.looks >= 5)
        change(store)
        told = await anext(page)
        await page.aclose()
        await live._looking
        return told

    assert SLUG in asyncio.run(run())


def test_a_database_that_does_not_answer_is_no_revision(store):
    def read():
        raise DatabaseError("gone")

    broken = SimpleNamespace(read=read)
    assert Live(broken, lambda _: None)._revisions() is None


def test_strangers_hear_nothing(arriving):
    visit = arriving()
    stranger = visit.another(host="http://tunnel.example")
    assert stranger.get("/live").status_code == 401
