from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlmodel import col, update

from launch_kits.database.records import Task
from launch_kits.database.store import Store
from launch_kits.verbs import cancel
from launch_kits.views.landing import LaunchPast
from launch_kits.views.launch import read_launch
from launch_kits.views.listing import (
    LaunchListing,
    dump_listing,
    listing_of,
    load_listing,
)
from tests.launches import LEAD, NOW, PMM, SALES, SLUG, STRANGER, brief_with


def _listing(store: Store) -> LaunchListing:
    with store.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=Path())
    return listing_of(view, brief_with())


def test_a_listing_is_read_as_it_was_kept(falcon: Store) -> None:
    found = _listing(falcon)
    assert load_listing(dump_listing(found)) == found
    assert (found.lead, found.past) == ("Lee", None)
    cancel(falcon, SLUG, now=NOW)
    ended = _listing(falcon)
    assert ended.past == LaunchPast("cancelled", None, 0, date(2027, 1, 11))
    assert load_listing(dump_listing(ended)) == ended


def test_the_people_with_work_due_in_the_week_of_the_launch_are_known(
    falcon: Store,
) -> None:
    wanted = {LEAD: "Lee", PMM: "Pia", SALES: "Sam"}
    assert _listing(falcon).due == wanted
    with falcon.write() as session:
        mine = update(Task).where(col(Task.owner) == PMM)
        session.exec(mine.values(owner=STRANGER.upper()))
    assert _listing(falcon).due == {LEAD: "Lee", SALES: "Sam", STRANGER: None}


def test_a_reader_has_their_own_zone(falcon: Store) -> None:
    found = _listing(falcon)
    assert found.zone(None, outside=None) == "America/New_York"
    assert found.zone(SALES.upper(), outside=None) == "Asia/Singapore"
    assert found.zone(STRANGER, outside=None) == "America/New_York"
    assert found.zone(STRANGER, outside="Asia/Tokyo") == "Asia/Tokyo"
    assert found.zone(PMM, outside="Asia/Tokyo") == "America/New_York"
