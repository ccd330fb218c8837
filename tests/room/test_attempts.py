from __future__ import annotations

from launch_kits.room import attempts
from launch_kits.room.attempts import MOST, SPAN, Attempts
from tests.launches import NOW


def test_an_address_may_try_so_often_in_a_while():
    made = Attempts()
    assert all(made.allow("192.0.2.7", now=NOW) for _ in range(MOST))
    assert not made.allow("192.0.2.7", now=NOW)
    assert made.allow("192.0.2.8", now=NOW)
    assert made.allow("192.0.2.7", now=NOW + SPAN * 1.01)


def test_few_addresses_are_remembered(monkeypatch):
    monkeypatch.setattr(attempts, "ADDRESSES", 3)
    made = Attempts()
    for number in range(10):
        made.allow(str(number), now=NOW)
    assert len(made._made) == 3
