from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.views.room_links import RoomPlace, read_link
from launch_kits.views.room_pages import RoomPages

BASE = "https://launches.example.com"
PAGES = RoomPages(BASE)
KEYS = st.from_regex(r"\A[a-z0-9_]{1,9}(:[a-z0-9_-]{1,9})?\Z")


@given(KEYS)
def test_the_addresses_of_pages_are_read_back(key: str) -> None:
    slug = "falcon-2"
    for address, place in (
        (PAGES.launch(slug), RoomPlace(slug)),
        (PAGES.gates(slug), RoomPlace(slug, "gates")),
        (PAGES.task(slug, key), RoomPlace(slug, "tasks", key)),
        (PAGES.document(slug, key), RoomPlace(slug, "documents", key)),
        (PAGES.card(slug, key), RoomPlace(slug, "cards", key)),
        (PAGES.question(slug, 7), RoomPlace(slug, "desk")),
        (f"{PAGES.task(slug, key)}?from=mail", RoomPlace(slug, "tasks", key)),
    ):
        assert read_link(address, base=BASE) == place


@pytest.mark.parametrize(
    "url",
    [
        BASE,
        f"{BASE}/",
        f"{BASE}/launches",
        f"{BASE}/launches/",
        f"{BASE}/launches//tasks",
        f"{BASE}/launches/a/b/c/d",
        f"{BASE}/me",
        "https://example.com/launches/falcon-2",
        "https://[broken/launches/falcon-2",
    ],
)
def test_other_addresses_are_about_no_launch(url: str) -> None:
    assert read_link(url, base=BASE) is None


def test_without_an_address_of_the_room_nothing_is_read() -> None:
    assert read_link(PAGES.launch("falcon-2"), base=None) is None
