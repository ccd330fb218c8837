from __future__ import annotations

from zoneinfo import ZoneInfo

from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from launch_kits.verbs import cancel
from launch_kits.verbs.digest_launches import RunningLaunches, launches_of
from launch_kits.views.notices.outsiders import zone_of
from tests.launches import LEAD, NOW, OPS, PMM, SLUG, STRANGER, opened

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


def test_the_launches_of_a_person_are_those_of_their_team_that_run(
    store: Store,
) -> None:
    opened(store)
    with store.read() as session:
        found = {who: launches_of(session, who) for who in (PMM, LEAD, OPS, STRANGER)}
        assert found == {PMM: [SLUG], LEAD: [SLUG], OPS: [SLUG], STRANGER: []}
        assert launches_of(session, "%") == []
    cancel(store, SLUG, now=NOW)
    with store.read() as session:
        assert launches_of(session, PMM) == []
