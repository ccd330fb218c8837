from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from launch_kits.database import delivery_lease
from launch_kits.database.delivery_lease import LEASE, delivering, renew
from launch_kits.database.records import Lease
from launch_kits.worker import delivery
from launch_kits.worker.delivery import Delivered
from tests.slack.conftest import NOW
from tests.slack.delivery_fixtures import *  # noqa: F403  fixtures


def held(store, by, *, now=NOW, patience=0.0):
    return delivering(store, by=by, now=lambda: now, patience=patience)


def test_one_at_a_time_delivers(store):
    with held(store, "a") as first, held(store, "b") as second:
        assert (first, second) == (True, False)
    with held(store, "b") as later:
        assert later
    with store.read() as session:
        assert session.exec(select(Lease)).all() == []


def test_another_waits_for_its_turn(store):
    begun = threading.Event()
    release = threading.Event()
    asked = []

    def clock():
        asked.append(NOW)
        if len(asked) == 3:  # it has waited
            release.set()
        return NOW

    def hold():
        with held(store, "a"):
            begun.set()
            release.wait(600)

    holder = threading.Thread(target=hold)
    holder.start()
    assert begun.wait(600)
    with delivering(store, by="b", now=clock, patience=120) as got:
        assert got
    holder.join()
    assert len(asked) >= 3


@pytest.mark.parametrize(
    "apart", [LEASE, -timedelta(days=300)], ids=["killed", "of another clock"]
)
def test_a_lease_whose_process_is_gone_lapses(store, apart):
    with held(store, "a"):
        with held(store, "b", now=NOW + LEASE - timedelta(seconds=1)) as soon:
            assert not soon
        with held(store, "b", now=NOW + apart) as later:
            assert later
            assert not renew(store, by="a", now=NOW + apart)
            assert renew(store, by="b", now=NOW + apart)


def test_clocks_may_differ_a_little(store):
    with held(store, "a"), held(store, "b", now=NOW - timedelta(seconds=20)) as got:
        assert not got


def test_a_renewed_lease_holds_longer(store):
    with held(store, "a"):
        renew(store, by="a", now=NOW + LEASE / 2)
        with held(store, "b", now=NOW + LEASE) as got:
            assert not got


def test_what_another_process_is_delivering_is_left_to_it(
    store, send, slack, file, monkeypatch
):
    monkeypatch.setattr(delivery, "PATIENCE", 0.0)
    # compares what was sent with the launch: owed once for each of its states
    send(NOW - timedelta(minutes=10))
    slack.calls.clear()
    file()
    with held(store, "another"):
        delivered = send(NOW)
    assert (delivered, slack.calls) == (Delivered(elsewhere=True), [])
    with held(store, "another"):
        assert send(NOW - timedelta(minutes=5)) == Delivered(), (
            "nothing is owed, so nobody waits"
        )
    assert send(NOW).sent == 1


def test_a_delivery_that_lost_its_turn_stops(store, send, slack, file, monkeypatch):
    monkeypatch.setattr(delivery_lease, "RENEW_EVERY", 0.0)
    monkeypatch.setattr(delivery_lease, "renew", lambda *_args, **_options: False)
    file()
    delivered = send(NOW)
    assert (delivered.sent, slack.calls) == (0, [])
    assert "another process took the delivery over" in delivered.problems[0]
