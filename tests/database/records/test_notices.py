from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from launch_kits.database.records import (
    Answered,
    DigestDue,
    Lease,
    Notice,
    NoticeKind,
    NoticeStatus,
    RateLimit,
)
from launch_kits.database.store import Store
from tests.launches import NOW, PMM, SLUG

ONCE = {
    DigestDue: {"person": PMM, "at": NOW},
    Answered: {"key": "click-1", "at": NOW},
    RateLimit: {"name": "chat.update", "until": NOW},
    Lease: {"name": "delivery", "by": "a", "until": NOW},
}


def write(store: Store, row: SQLModel) -> None:
    with store.write() as session:
        session.add(row)


@pytest.mark.parametrize("table", ONCE)
def test_what_delivery_remembers_is_kept_once(store: Store, table) -> None:
    write(store, table(**ONCE[table]))
    with pytest.raises(IntegrityError):
        write(store, table(**ONCE[table]))


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_new_notice_of_every_kind_is_pending_and_shows_nothing(
    falcon: Store, kind: NoticeKind
) -> None:
    key = f"{kind}:{SLUG}:-:{PMM}:test"
    given = {"kind": kind, "launch": SLUG, "to": PMM, "filed_at": NOW}
    write(falcon, Notice(key=key, send_after=NOW, **given))
    with falcon.read() as session:
        found = session.get(Notice, key)
    assert found is not None
    assert (found.status, found.attempts, found.changes) == (NoticeStatus.PENDING, 0, 0)
    assert (found.outdated, found.facts, found.lease_by) == (False, {}, None)
