from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from sqlmodel import delete

from launch_kits.database.records import DigestDue, Launch
from launch_kits.database.store import Store
from launch_kits.plan import levelling
from launch_kits.verbs import done
from tests import remembered
from tests.launches import NOW, SLUG, brief_with, changed, opened, status, waits
from tests.plan.test_brief_load import rollout_of
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
    before = rows(store)
    links = waits(store)
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


def test_a_plan_levelled_before_has_the_same_dates_and_another_is_levelled_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remembered.forget()
    before = rollout_of().load.levelled.levelling
    monkeypatch.setattr(levelling, "search", _fail)
    again = rollout_of().load.levelled
    assert again.levelling is before
    assert replace(again, demand=dict(again.demand)).levelling is before
    fewer = dict([*again.demand.items()][1:])
    with pytest.raises(AssertionError, match="opened before"):
        _ = replace(again, demand=fewer).levelling
    unknown = replace(again, demand={**again.demand, "x": {"y": _Nameless()}})
    with pytest.raises(AssertionError, match="opened before"):
        _ = unknown.levelling


class _Nameless(Fraction):
    """An amount whose text does not tell it."""

    __repr__ = object.__repr__
