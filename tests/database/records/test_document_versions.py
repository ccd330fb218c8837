from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from launch_kits.database.records import DocumentVersion
from launch_kits.database.store import Store
from tests.launches import NOW, SLUG


def test_a_version_of_a_document_exists_once(falcon: Store) -> None:
    def add() -> None:
        with falcon.write() as session:
            session.add(
                DocumentVersion(
                    launch=SLUG, task="a", number=1, digest="d", content={}, at=NOW
                )
            )

    add()
    with pytest.raises(IntegrityError):
        add()
