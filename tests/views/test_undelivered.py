from __future__ import annotations

from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from launch_kits.views.undelivered import Undelivered, read_undelivered
from tests.launches import SLUG, notices


def test_only_dead_notices_are_undelivered(falcon: Store) -> None:
    first = notices(falcon)[0]
    with falcon.read() as session:
        assert read_undelivered(session, SLUG) == ()
    with falcon.write() as session:
        first.status = NoticeStatus.DEAD
        first.attempts = 3
        first.error = "no such channel"
        session.merge(first)
    with falcon.read() as session:
        assert read_undelivered(session, SLUG) == (
            Undelivered(first.key, first.to, 3, "no such channel"),
        )
