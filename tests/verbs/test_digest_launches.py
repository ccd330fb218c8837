from __future__ import annotations

from zoneinfo import ZoneInfo

from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.views.notices.outsiders import zone_of
from tests.launches import NOW, SLUG, STRANGER

TOKYO = ZoneInfo("Asia/Tokyo")


def test_each_launch_is_read_once(falcon: Store) -> None:
    launches = RunningLaunches(NOW)
    with falcon.read() as session:
        assert launches.of(session, SLUG) is launches.of(session, SLUG)


def test_zones_are_known_after_a_session_without_opening_it_again(
    falcon: Store,
) -> None:
    with falcon.write() as session:
        told = {"name": "Sora", "zone": "Asia/Tokyo", "read_at": NOW}
        session.add(SlackUser(id="U9", email=STRANGER, **told))
    launches = RunningLaunches(NOW)
    with falcon.write() as session:
        calendars, _ = launches.of(session, SLUG)
        assert zone_of(session, STRANGER.upper()) == TOKYO
    assert calendars.zone(STRANGER.upper()) == TOKYO
    assert zone_of(session, STRANGER) is None
    assert not session.in_transaction()
