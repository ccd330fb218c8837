from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from launch_kits.database.records import RoomLink
from launch_kits.errors import NotFound
from launch_kits.inputs.audience import Audience
from launch_kits.room.links import (
    LIFE,
    NOTED,
    LinkKind,
    links_of,
    make_link,
    read_link,
    revoke_link,
)
from tests.launches import LEAD, NOW, SLUG, opened


def made(store, **more):
    given = {
        "kind": LinkKind.LAUNCH,
        "audience": Audience.PARTNER,
        "by": LEAD,
        "now": NOW,
    }
    return make_link(store, SLUG, **{**given, **more})


def read(store, secret, *, kind="launch", now=NOW, peer="192.0.2.7"):
    return read_link(store, secret, kinds=[kind], peer=peer, now=now)


def test_a_link_opens_what_it_was_made_for(store):
    opened(store)
    secret = made(store, task="battlecard:kite")
    found = read(store, secret)
    assert (found.launch, found.audience, found.task) == (
        SLUG,
        "partner",
        "battlecard:kite",
    )
    with store.read() as session:
        rows = session.exec(select(RoomLink)).all()
    assert secret not in repr([row.model_dump() for row in rows])


def test_a_link_ends_by_time_and_by_hand(store):
    opened(store)
    secret = made(store)
    lasting = made(store, life=None)
    assert read(store, secret, now=NOW + LIFE - timedelta(seconds=1))
    for asked in ((secret, NOW + LIFE), ("guessed", NOW)):
        with pytest.raises(NotFound, match="does not work any more"):
            read(store, asked[0], now=asked[1])
    with pytest.raises(NotFound, match="does not work any more"):
        read(store, secret, kind="calendar")
    number = read(store, lasting, now=NOW + LIFE * 9).id
    revoke_link(store, SLUG, number, now=NOW)
    with pytest.raises(NotFound, match="does not work any more"):
        read(store, lasting)
    for slug in (SLUG, "heron-3"):
        with pytest.raises(NotFound, match="no such link"):
            revoke_link(store, slug, number, now=NOW)


def test_reads_are_noted_once_in_a_while(store):
    opened(store)
    secret = made(store)
    made(store)
    for minutes in (0, 1, 2):
        read(store, secret, now=NOW + timedelta(minutes=minutes))
    read(store, secret, peer="192.0.2.8")
    later = NOW + NOTED * 2
    read(store, secret, now=later)
    uses = links_of(store, SLUG, now=later)
    assert sorted(use.reads for use in uses) == [0, 3]
    assert max(use.last_read_at for use in uses if use.last_read_at) == later


def test_links_that_are_over_are_not_listed(store):
    opened(store)
    made(store)
    assert links_of(store, SLUG, now=NOW + LIFE) == []


def test_an_unknown_launch_has_no_link(store):
    with pytest.raises(NotFound):
        made(store)
