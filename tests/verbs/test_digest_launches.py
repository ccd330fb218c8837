from __future__ import annotations

import sys
from zoneinfo import ZoneInfo

import pytest

from launch_kits.database.records import SlackUser
from launch_kits.database.store import Store
from launch_kits.errors import DocumentError
from launch_kits.verbs import advance, begin, digest_launches
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.views.notices.outsiders import zone_of
from tests.launches import NOW, PMM, SLUG, STRANGER, at, brief_with, opened

TOKYO = ZoneInfo("Asia/Tokyo")
#: the package has a function of the name of this module
advancing = sys.modules["launch_kits.verbs.advance"]


def test_each_launch_is_read_once(falcon: Store) -> None:
    launches = RunningLaunches(NOW)
    with falcon.read() as session:
        assert launches.of(session, SLUG) is launches.of(session, SLUG)


def test_a_launch_that_changed_is_read_again(falcon: Store) -> None:
    launches = RunningLaunches(NOW)
    with falcon.read() as session:
        before = launches.view(session, SLUG)
    begin(falcon, SLUG, "research", by=PMM, now=NOW)
    with falcon.read() as session:
        after = launches.view(session, SLUG)
    assert after.revision > before.revision
    task = after.task("research")
    assert task is not None
    assert task.status == "doing"


def test_few_launches_are_kept(falcon: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest_launches, "MOST", 1)
    opened(falcon, brief_with(launch="kestrel"))
    launches = RunningLaunches(NOW)
    with falcon.read() as session:
        kestrel = launches.view(session, "kestrel")
        assert launches.view(session, "kestrel") is kestrel
        launches.view(session, SLUG)
        assert launches.view(session, "kestrel") is not kestrel


def test_a_launch_whose_transaction_failed_is_read_again(
    falcon: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    launches = RunningLaunches(at("01-13"))
    with falcon.read() as session:
        before = launches.view(session, SLUG)

    def fails(*_: object, **__: object) -> None:
        raise DocumentError("no")

    monkeypatch.setattr(advancing, "tell_once", fails)
    with pytest.raises(DocumentError):
        advance(falcon, SLUG, now=at("01-13"), launches=launches)
    with falcon.read() as session:
        assert launches.view(session, SLUG) is not before


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
