from __future__ import annotations

import pytest
from sqlmodel import delete

from launch_kits.database.records import DigestDue, Launch
from launch_kits.database.store import Store
from launch_kits.verbs import done
from tests import remembered
from tests.launches import NOW, SLUG, brief_with, changed, opened, status, waits
from tests.verbs.kill_points import rows


def emptied(store: Store) -> Store:
    with store.write() as session:
        for table in (Launch, DigestDue):
            session.exec(delete(table))
    return store


def _fail(*_: object, **__: object) -> None:
    raise AssertionError("it was opened before")


def test_a_launch_opened_before_has_the_same_rows_and_goes_on(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered.forget()
    opened(store)
    before, links = rows(store), waits(store)
    monkeypatch.setattr("tests.launches.open_launch", _fail)
    opened(emptied(store))
    assert (rows(store), waits(store)) == (before, links)
    changed(done(store, SLUG, "positioning", now=NOW))
    assert status(store, "legal_review") == "ready"


def test_another_brief_and_a_second_launch_are_opened_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(store)
    monkeypatch.setattr("tests.launches.open_launch", _fail)
    with pytest.raises(AssertionError, match="opened before"):
        opened(store, brief_with(launch="falcon-3"))
    with pytest.raises(AssertionError, match="opened before"):
        opened(emptied(store), brief_with(product="Falcon 2.1"))
