from __future__ import annotations

from datetime import timedelta

from launch_kits.database.store import Store
from launch_kits.outbox.restored import REMEMBERED, note_restored, restored_from
from tests.launches import NOW

BACKUP = NOW - timedelta(days=3)


def test_a_restored_database_remembers_its_backup_for_a_while(store: Store) -> None:
    with store.write() as session:
        assert restored_from(session, now=NOW) is None
        note_restored(session, backup_at=BACKUP, now=NOW)
    with store.read() as session:
        assert restored_from(session, now=NOW) == BACKUP
        assert restored_from(session, now=NOW + REMEMBERED) is None
