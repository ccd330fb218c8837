from __future__ import annotations

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import text

from launch_kits.database.queries import find_task
from launch_kits.database.store import Store
from tests.launches import SLUG, task

GOOD = "https://docs.example.com/a"


def write_raw(store: Store, link: str) -> None:
    """Write a link as an earlier version would have, unchecked."""
    with store.write() as session:
        session.connection().execute(
            text("UPDATE task SET link = :link WHERE key = 'research'"), {"link": link}
        )


def test_a_link_to_the_web_comes_back(falcon: Store) -> None:
    write_raw(falcon, GOOD)
    assert task(falcon, "research").link == GOOD


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "x"])
def test_another_link_kept_earlier_is_read_as_none(falcon: Store, link: str) -> None:
    write_raw(falcon, link)
    assert task(falcon, "research").link is None


def test_another_link_cannot_be_written(falcon: Store) -> None:
    def write() -> None:
        with falcon.write() as session:
            find_task(session, SLUG, "research").link = "javascript:alert(1)"

    with pytest.raises((StatementError, ValueError)):
        write()
    assert task(falcon, "research").link is None
