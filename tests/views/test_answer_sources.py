from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.store import Store
from launch_kits.inputs.brief import Brief
from launch_kits.views.answer_sources import answer_sources, shown_source
from tests.desk import LINK, with_desk
from tests.launches import launch

TODAY = date(2027, 1, 12)


@pytest.fixture
def brief(store: Store) -> Brief:
    return Brief.kept(launch(with_desk(store)).brief)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (None, ""),
        (LINK, LINK),
        ("osprey.y1", "https://osprey.example.com"),
        ("osprey.gone", ""),
        ("The price list", "The price list"),
        ("price.list", "price.list"),
    ],
)
def test_people_read_addresses_or_what_was_written_and_no_key_of_a_claim(
    brief: Brief, written: str | None, shown: str
) -> None:
    assert shown_source(written, brief, today=TODAY) == shown


def test_a_link_was_read_on_the_day_of_the_answer(brief: Brief) -> None:
    (found,) = answer_sources(LINK, brief, on=date(2027, 1, 11), today=TODAY)
    assert (found.url, found.stale) == (LINK, False)
    assert "2027-01-11" in repr(found)
